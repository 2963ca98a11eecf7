import type { MemberState } from './member.ts';

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
