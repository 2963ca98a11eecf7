import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creators, judgeChange } from '../../src/admission/quorums.ts';

const IDS = [1, 2, 3, 4, 5, 6, 7];
const lists = subsets(IDS).filter((list) => list.length > 0);

function subsets(ids: readonly number[]): number[][] {
  const [first, ...rest] = ids;
  if (first === undefined) return [[]];
  return subsets(rest).flatMap((subset) => [subset, [first, ...subset]]);
}
const isQuorum = (part: readonly number[], whole: readonly number[]) => part.length * 2 > whole.length;
const quorumsOf = (counted: readonly number[], whole: readonly number[]) =>
  subsets(counted).filter((part) => isQuorum(part, whole));
const meet = (one: readonly number[], other: readonly number[]) => one.some((id) => other.includes(id));

/** Every quorum of counted servers of the new list meets every quorum of the old. */
function everyQuorumMeets(list: readonly number[], known: readonly number[], chosen: readonly number[]) {
  const counted = list.filter((id) => known.includes(id) || chosen.includes(id));
  const old = quorumsOf(known, known);
  return quorumsOf(counted, list).every((quorum) => old.every((one) => meet(quorum, one)));
}

describe('who may begin with empty data', () => {
  it('every quorum of counted servers meets every old quorum, for all lists up to seven that are judged safe', () => {
    fc.assert(
      fc.property(fc.constantFrom(...lists), fc.constantFrom(...lists), (list, known) => {
        fc.pre(judgeChange(list, new Set(known)) === 'safe');
        expect(everyQuorumMeets(list, known, creators(list, new Set(known)))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('always leaves enough counted servers for a quorum, so that no start waits for ever', () => {
    for (const list of lists) {
      for (const known of [[], [1], [1, 2, 3], [1, 2, 3, 4, 5]]) {
        const counted =
          list.filter((id) => known.includes(id)).length + creators(list, new Set(known)).length;
        expect(counted * 2 > list.length).toBe(true);
      }
    }
  });

  it('is not kept by a rule that lets everybody begin', () => {
    const everybody = (list: number[], known: number[]) => list.filter((id) => !known.includes(id));
    expect(everyQuorumMeets([1, 2, 3], [1], everybody([1, 2, 3], [1]))).toBe(false);
  });
});

describe('a changed list', () => {
  it.each([
    [[1], [1, 2, 3], 'safe'],
    [[1, 2, 3], [1, 2, 3, 4, 5], 'safe'],
    [[1, 2, 3], [1, 2, 3], 'safe'],
    [[1, 2, 3], [1, 2], 'safe'],
    [[1, 2, 3], [1, 2, 4], 'safe'],
    [[1, 2, 3, 4, 5], [1, 2, 3], 'after-serving'],
    [[1, 2, 3], [1], 'unsafe'],
    [[1, 2, 3], [1, 4, 5], 'unsafe'],
    [[1, 2, 3, 4, 5, 6], [1, 2, 3], 'unsafe'],
    [[], [1, 2, 3], 'safe'],
  ] as const)('from %j to %j is %s', (known, list, verdict) => {
    expect(judgeChange(list, new Set(known))).toBe(verdict);
  });

  it('is called safe only when every quorum of those who stay meets every old one', () => {
    for (const list of lists) {
      for (const known of lists.filter(({ length }) => length < 6)) {
        if (judgeChange(list, new Set(known)) !== 'safe') continue;
        expect(everyQuorumMeets(list, known, creators(list, new Set(known)))).toBe(true);
      }
    }
  });
});
