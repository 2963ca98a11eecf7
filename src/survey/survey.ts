import { withLags } from './lag.ts';
import type { MemberAnswers, MemberState, SurveyMember } from './member.ts';
import { judgeQuorum, type QuorumState } from './quorum.ts';
import { readMember } from './read-member.ts';

/** What all members of an ensemble say of themselves, as of one moment. */
export interface Survey {
  readonly quorum: QuorumState;
  readonly members: readonly MemberState[];
}

/** Asks every member at once and puts their answers together; `ask` never rejects and keeps its own time. */
export async function survey(
  members: readonly SurveyMember[],
  ask: (member: SurveyMember) => Promise<MemberAnswers>,
): Promise<Survey> {
  const states = await Promise.all(
    members.map(async (member) => readMember(member, await ask(member), members.length)),
  );
  const withLag = withLags(states);
  return { quorum: judgeQuorum(withLag), members: withLag };
}

/** Well is an ensemble with one quorum whose members are all well. */
export function isWell({ members }: Survey): boolean {
  const leaders = members.filter(({ mode }) => mode === 'leader').length;
  return leaders <= 1 && members.every(({ problems }) => problems.length === 0);
}
