import type { MemberAnswers, MemberState, SurveyMember } from './member.ts';
import { type CommittedMembers, judgeMembership, type MembershipState } from './membership.ts';
import { judgeQuorum, type QuorumState } from './quorum.ts';
import { readMember } from './read-member.ts';

/** What all members of an ensemble say of themselves, as of one moment. */
export interface Survey {
  readonly quorum: QuorumState;
  readonly members: readonly MemberState[];
  /** Where the ensemble decides on its members itself. */
  readonly membership?: MembershipState;
}

/** Asks every member at once and puts their answers together; `ask` never rejects and keeps its own time. */
export async function survey(
  members: readonly SurveyMember[],
  ask: (member: SurveyMember) => Promise<MemberAnswers>,
  committed?: CommittedMembers,
): Promise<Survey> {
  const states = await Promise.all(
    members.map(async (member) => readMember(member, await ask(member), members.length)),
  );
  const withLag = withLags(states);
  const membership = committed === undefined ? {} : { membership: judgeMembership(committed, withLag) };
  return { quorum: judgeQuorum(withLag), members: withLag, ...membership };
}

/** Well is an ensemble with one quorum whose members are all well. */
export function isWell({ members }: Survey): boolean {
  const leaders = members.filter(({ mode }) => mode === 'leader').length;
  return leaders <= 1 && members.every(({ problems }) => problems.length === 0);
}

const COUNTER_BITS = 32n;

/** Adds to every member how many transactions it is behind the leader, where both say their last one. */
export function withLags(members: readonly MemberState[]): MemberState[] {
  const leader = members.find(({ mode }) => mode === 'leader')?.zxid;
  return members.map((member) => ({ ...member, lag: transactionsBehind(leader, member.zxid) }));
}

/**
 * The distance of two zxids in transactions, undefined across epochs: the upper half of a zxid counts leaders, the
 * lower one the transactions of each (ZxidUtils). A member that was asked a moment later may seem ahead: that is 0.
 */
export function transactionsBehind(leader: string | undefined, member: string | undefined) {
  if (leader === undefined || member === undefined) return undefined;
  const [first, second] = [BigInt(leader), BigInt(member)];
  if (first >> COUNTER_BITS !== second >> COUNTER_BITS) return undefined;
  return Math.max(0, Number(first - second));
}
