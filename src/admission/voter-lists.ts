import { quorumSize } from '../ensemble/member.ts';

/** The ids of the voters of one list. */
export type VoterList = readonly number[];

/** True when both lists have the same ids, whatever their order. */
export function sameVoters(one: VoterList, other: VoterList): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}

/**
 * True when every majority of one list meets every majority of the other, so that no two leaders can be elected by them:
 * two majorities miss each other when the ids that only one list has leave too few to be taken from those in both.
 */
export function majoritiesMeet(one: VoterList, other: VoterList): boolean {
  const common = one.filter((id) => other.includes(id)).length;
  const fromCommon = (list: VoterList) => Math.max(0, quorumSize(list.length) - (list.length - common));
  return fromCommon(one) + fromCommon(other) > common;
}

/** True when one list is the other and one voter more. */
export function differByOne(one: VoterList, other: VoterList): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.length === short.length + 1 && short.every((id) => long.includes(id));
}

/** Lists without repetition. */
export function distinct(lists: readonly VoterList[]): VoterList[] {
  return lists.filter((list, place) => lists.findIndex((each) => sameVoters(each, list)) === place);
}

/** The lists between two, one voter more or less at a time: first those who come, lowest first, then those who go. */
export function stepsBetween(from: VoterList, to: VoterList): VoterList[] {
  const come = to.filter((id) => !from.includes(id)).toSorted((a, b) => a - b);
  const go = from.filter((id) => !to.includes(id)).toSorted((a, b) => b - a);
  const grown = come.map((_, place) => [...from, ...come.slice(0, place + 1)]);
  const full = grown.at(-1) ?? from;
  const shrunk = go.map((_, place) => full.filter((id) => !go.slice(0, place + 1).includes(id)));
  return [...grown, ...shrunk].slice(0, -1);
}

/** The ids as a person reads them: `1, 2, 3`. */
export function listWords(ids: VoterList): string {
  return ids.toSorted((a, b) => a - b).join(', ');
}
