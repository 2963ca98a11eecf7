import { quorumSize } from '../ensemble/member.ts';

/**
 * How many voters outside `known` must start with empty data, so that they and the members with known data form a quorum of `voters`
 * (QuorumMaj: more than half); none where the known ones are enough.
 */
export function creatorsNeeded(voters: readonly number[], known: ReadonlySet<number>): number {
  const holding = voters.filter((id) => known.has(id)).length;
  return Math.max(0, quorumSize(voters.length) - holding);
}

/** Those who may begin with empty data: the lowest ids that no volume knows; the others join when these serve. */
export function creators(voters: readonly number[], known: ReadonlySet<number>): number[] {
  const unknown = voters.filter((id) => !known.has(id)).toSorted((a, b) => a - b);
  return unknown.slice(0, creatorsNeeded(voters, known));
}

/**
 * What a new list of voters does to the writes of the old one: `safe` when each quorum of the new list meets each
 * quorum of the old; `after-serving` when that holds only if those who stay have served together with the old list
 * first, which a StatefulSet that is scaled down does; `unsafe` when they cannot even do that.
 */
export function judgeChange(
  voters: readonly number[],
  known: ReadonlySet<number>,
): 'safe' | 'after-serving' | 'unsafe' {
  if (known.size === 0) return 'safe';
  const staying = voters.filter((id) => known.has(id)).length;
  const toMeet = known.size - quorumSize(known.size) + 1;
  if (Math.min(quorumSize(voters.length), staying) >= toMeet) return 'safe';
  return staying >= quorumSize(known.size) ? 'after-serving' : 'unsafe';
}
