import { describe, expect, it } from 'vitest';
import { decideList, type ListLook, type PeerList } from '../../src/admission/list-decision.ts';
import { listFindings } from '../../src/admission/list-findings.ts';
import {
  differByOne,
  majoritiesMeet,
  stepsBetween,
  type VoterList,
} from '../../src/admission/voter-lists.ts';

const IDS = [1, 2, 3, 4, 5, 6];
const lists = subsets(IDS).filter((list) => list.length > 0);
const majoritiesOf = (list: VoterList) => subsets(list).filter((part) => part.length * 2 > list.length);

function subsets(ids: VoterList): VoterList[] {
  const [first, ...rest] = ids;
  if (first === undefined) return [[]];
  return subsets(rest).flatMap((subset) => [subset, [first, ...subset]]);
}

describe('two lists', () => {
  it('meet when every majority of one has a member of every majority of the other, for all lists up to six', () => {
    for (const one of lists) {
      for (const other of lists) {
        const meet = majoritiesOf(one).every((part) =>
          majoritiesOf(other).every((theirs) => part.some((id) => theirs.includes(id))),
        );
        expect([one, other, majoritiesMeet(one, other)]).toEqual([one, other, meet]);
      }
    }
  });

  it('meet whenever they differ by one, and so do all that differ by one from the same odd list', () => {
    for (const list of lists) {
      const near = lists.filter((each) => differByOne(list, each));
      expect(near.every((each) => majoritiesMeet(list, each))).toBe(true);
      const all = near.every((one) => near.every((other) => majoritiesMeet(one, other)));
      expect(all).toBe(list.length % 2 === 1);
    }
  });

  it.each([
    [[1, 2, 3], [1, 2, 3, 4, 5], [[1, 2, 3, 4]]],
    [[1, 2, 3, 4, 5], [1, 2, 3], [[1, 2, 3, 4]]],
    [[1, 2, 3], [1, 2, 4], [[1, 2, 3, 4]]],
    [[1], [1, 2, 3], [[1, 2]]],
    [[1, 2, 3], [1, 2, 3, 4], []],
  ])('from %j to %j go over %j', (from, to, steps) => {
    expect(stepsBetween(from, to)).toEqual(steps);
  });
});

const ONE = [1];
const TWO = [1, 2];
const THREE = [1, 2, 3];
const FOUR = [1, 2, 3, 4];
const FIVE = [1, 2, 3, 4, 5];

const waits = (voters: VoterList, served: VoterList = []): PeerList => ({
  kind: 'heard',
  voters,
  served,
  serves: false,
});
const serves = (voters: VoterList, served = voters): PeerList => ({
  kind: 'heard',
  voters,
  served,
  serves: true,
});
const silent: PeerList = { kind: 'silent', why: 'does not resolve' };

interface Own extends Partial<ListLook> {
  readonly voters: VoterList;
}

/** Member 3 unless said otherwise, which has served with the list it was last started with. */
function decided(own: Own, peers: Record<number, PeerList> = {}) {
  const { begun } = own;
  const all = new Map(Object.entries(peers).map(([id, peer]) => [Number(id), peer]));
  return decideList({ myid: 3, begun, promised: [], served: begun ?? [], peers: all, ...own });
}

describe('a list that has not changed', () => {
  it.each<[string, Own, Record<number, PeerList>]>([
    ['hears nobody', { voters: THREE, begun: THREE }, {}],
    ['has the same ids in another order', { voters: [3, 1, 2], begun: THREE }, {}],
    ['hears one with another list', { voters: THREE, begun: THREE }, { 1: waits(FIVE), 2: silent }],
    [
      'hears one that says it serves with another',
      { voters: THREE, begun: THREE },
      { 1: serves(ONE), 2: silent },
    ],
    [
      'hears two of five that say they serve as an ensemble of their own',
      { voters: FIVE, begun: FIVE },
      { 1: serves([1, 2]), 2: serves([1, 2]), 4: serves(FIVE), 5: silent },
    ],
    ['is on a volume with data and no record', { voters: THREE, begun: undefined, served: THREE }, {}],
    ['is on an empty volume and hears nobody', { voters: THREE, begun: undefined }, {}],
    ['is of an observer', { voters: [1, 2], myid: 3, begun: THREE }, { 1: serves(THREE), 2: serves(THREE) }],
  ])('goes on when it %s', (_what, own, peers) => {
    expect(decided(own, peers).kind).toBe('go');
  });
});

describe('a changed list', () => {
  it.each<[string, Own, Record<number, PeerList>]>([
    ['3 to 4, and hears nobody', { voters: FOUR, begun: THREE }, {}],
    ['5 to 4, and hears nobody', { voters: FOUR, begun: FIVE }, {}],
    [
      '3 to 4 with one silent',
      { voters: FOUR, begun: THREE },
      { 1: silent, 2: serves(THREE), 4: serves(FOUR) },
    ],
    [
      '3 to 4 as the new one',
      { myid: 4, voters: FOUR, begun: undefined },
      { 1: serves(THREE), 2: serves(THREE), 3: silent },
    ],
    [
      '4 to 5, and all others serve with four or five',
      { voters: FIVE, begun: FOUR },
      { 1: serves(FOUR), 2: serves(FOUR), 4: serves(FIVE), 5: serves(FIVE) },
    ],
    [
      '4 to 3, and the one that goes is silent',
      { voters: THREE, begun: FOUR },
      { 1: serves(FOUR), 2: serves(FOUR), 4: silent },
    ],
    [
      '1 to 3, as a new one without data, which the others are no quorum with',
      { voters: THREE, begun: undefined },
      { 1: serves(ONE), 2: waits(THREE) },
    ],
    ['1 to 2', { myid: 1, voters: TWO, begun: ONE }, { 2: waits(TWO) }],
    [
      '1 to 3, and the others wait',
      { myid: 1, voters: THREE, begun: ONE },
      { 2: waits(THREE), 3: waits(THREE) },
    ],
    ['2 to 1, and the other still answers', { myid: 1, voters: ONE, begun: TWO }, { 2: serves(TWO) }],
    [
      '5 to 3 at once, all stopped, two of them gone for good',
      { voters: THREE, begun: FIVE },
      { 1: waits(THREE, FIVE), 2: waits(THREE, FIVE), 4: silent, 5: silent },
    ],
    [
      '3 to 5 at once, all stopped',
      { voters: FIVE, begun: THREE },
      { 1: waits(FIVE, THREE), 2: waits(FIVE, THREE), 4: waits(FIVE), 5: waits(FIVE) },
    ],
    [
      '3 to 5 at once, all stopped, where some have begun to serve with five',
      { voters: FIVE, begun: THREE },
      { 1: serves(FIVE), 2: waits(FIVE, THREE), 4: serves(FIVE), 5: serves(FIVE) },
    ],
    [
      'another id, all stopped',
      { myid: 1, voters: [1, 2, 4], begun: THREE },
      { 2: waits([1, 2, 4], THREE), 4: waits([1, 2, 4]), 3: silent },
    ],
    [
      'back to 5 after a wait with 3, while two are gone',
      { voters: FIVE, begun: FIVE, promised: [THREE] },
      { 1: serves(FIVE), 2: serves(FIVE), 4: silent, 5: silent },
    ],
    [
      'back to 3 after a wait with 5',
      { voters: THREE, begun: THREE, promised: [FIVE] },
      { 1: serves(THREE), 2: serves(THREE) },
    ],
  ])('goes on: %s', (_what, own, peers) => {
    expect(decided(own, peers)).toEqual({ kind: 'go' });
  });

  it.each<[string, Own, Record<number, PeerList>]>([
    ['3 to 5, and hears nobody', { voters: FIVE, begun: THREE }, {}],
    ['4 to 5, and hears nobody', { voters: FIVE, begun: FOUR }, {}],
    ['4 to 3, and hears nobody', { voters: THREE, begun: FOUR }, {}],
    ['5 to 3, and hears nobody', { voters: THREE, begun: FIVE }, {}],
    [
      '5 to 3, where two of five are left without a quorum',
      { voters: THREE, begun: FIVE },
      { 1: waits(FIVE), 2: waits(FIVE) },
    ],
    [
      '5 to 3, where one has the old list still',
      { voters: THREE, begun: FIVE },
      { 1: waits(FIVE, FIVE), 2: waits(THREE, FIVE) },
    ],
    [
      '3 to 4 to 5, where one is silent that may have three',
      { voters: FIVE, begun: FOUR },
      { 1: silent, 2: serves(FOUR), 4: serves(FOUR), 5: waits(FIVE) },
    ],
    [
      '3 to 4 to 5, where one has three',
      { voters: FIVE, begun: FOUR },
      { 1: serves(THREE), 2: serves(FOUR), 4: serves(FOUR), 5: waits(FIVE) },
    ],
    [
      '3 to 4 to 5, where one has not served with four yet',
      { voters: FIVE, begun: FOUR },
      { 1: waits(FOUR, THREE), 2: serves(FOUR), 4: serves(FOUR), 5: waits(FIVE) },
    ],
    ['2 to 1, and the other is silent', { myid: 1, voters: ONE, begun: TWO }, { 2: silent }],
    [
      'another id, where one still has the old',
      { myid: 1, voters: [1, 2, 4], begun: THREE },
      { 2: waits(THREE), 4: waits([1, 2, 4]), 3: silent },
    ],
    [
      'back to 3 after a wait with 5, and hears nobody',
      { voters: THREE, begun: THREE, promised: [FIVE] },
      {},
    ],
    [
      'back to 5 after a wait with 3 on which others have started',
      { voters: FIVE, begun: FIVE, promised: [THREE] },
      { 1: waits(THREE), 2: waits(THREE), 4: waits(FIVE), 5: waits(FIVE) },
    ],
    [
      'back to 5 after a wait with 3, with which others have served since and go back too',
      { myid: 2, voters: FIVE, begun: FIVE, promised: [THREE], served: FIVE },
      { 1: waits(FIVE, THREE), 3: waits(FIVE, THREE), 4: silent, 5: silent },
    ],
    [
      '3 to 5 at once, all stopped, where one comes back with the data of another time',
      { voters: FIVE, begun: THREE },
      { 1: waits(FIVE, THREE), 2: waits(FIVE, THREE), 4: waits(FIVE, FIVE), 5: waits(FIVE) },
    ],
    [
      'the same as the one that comes back',
      { myid: 4, voters: FIVE, begun: FIVE, promised: [FOUR], served: FIVE },
      { 1: waits(FIVE, THREE), 2: waits(THREE, THREE), 3: waits(FIVE, THREE), 5: waits(FIVE) },
    ],
    [
      'two that start at the same time with other lists',
      { voters: FIVE, begun: FOUR },
      { 1: serves(FOUR), 2: waits(THREE, FOUR), 4: serves(FOUR), 5: serves(FIVE) },
    ],
  ])('waits: %s', (_what, own, peers) => {
    expect(decided(own, peers).kind).toBe('wait');
  });

  it.each<[string, Own, Record<number, PeerList>]>([
    ['3 to 5 as the third', { voters: FIVE, begun: THREE }, { 1: serves(THREE), 2: serves(THREE) }],
    [
      '3 to 5 as the fourth',
      { myid: 4, voters: FIVE, begun: undefined },
      { 1: serves(THREE), 2: serves(THREE), 3: serves(THREE) },
    ],
    [
      '3 to 5 as the fifth, with one silent',
      { myid: 5, voters: FIVE, begun: undefined },
      { 1: silent, 2: serves(THREE), 3: serves(THREE) },
    ],
    [
      '5 to 3 as the third',
      { voters: THREE, begun: FIVE },
      { 1: serves(FIVE), 2: serves(FIVE), 4: serves(FIVE), 5: silent },
    ],
    ['another id', { myid: 4, voters: [1, 2, 4], begun: undefined }, { 1: serves(THREE), 2: serves(THREE) }],
    [
      'an unchanged one that the others have left',
      { voters: THREE, begun: THREE },
      { 1: serves(FIVE), 2: serves(FIVE), 4: serves(FIVE) },
    ],
    [
      'the own list before, of which one serves alone',
      { myid: 2, voters: [2, 3, 4], begun: ONE },
      { 1: serves(ONE) },
    ],
  ])('is refused: %s', (_what, own, peers) => {
    expect(decided(own, peers).kind).toBe('refuse');
  });

  it('is not refused by a minority, where the volume has served: it waits', () => {
    const said = { 1: serves([1, 2]), 2: serves([1, 2]) };
    expect(decided({ voters: FIVE, begun: undefined, served: FIVE }, said).kind).toBe('wait');
    expect(decided({ voters: FIVE, begun: [3, 4, 5] }, said).kind).toBe('wait');
  });

  it('is not refused by what one peer says, whoever it says that it is', () => {
    for (const list of [ONE, [1, 4], FIVE, [4, 5, 6]]) {
      const { kind } = decided({ voters: THREE, begun: FOUR }, { 1: serves(list), 2: silent });
      expect(kind).toBe('wait');
    }
  });
});

describe('what is said', () => {
  const names = new Map([1, 2, 4, 5].map((id) => [id, `zk-${id - 1}`]));
  const said = (own: Own, peers: Record<number, PeerList>) =>
    listFindings(decided(own, peers), { voters: own.voters, names });

  it('names who serves with what, and the next safe step', () => {
    expect(said({ voters: FIVE, begun: THREE }, { 1: serves(THREE), 2: serves(THREE) })).toEqual([
      expect.objectContaining({
        code: 'ZK-PEER-008',
        problem:
          'lists the voters 1, 2, 3, 4, 5, but zk-0, zk-1 serve with the voters 1, 2, 3, and there would be two quorums',
        remedy: expect.stringMatching(
          /^change one voter at a time: from 3 to 5 go over 4 \(next: the voters 1, 2, 3, 4\), each rolled out to the end first; or stop all/,
        ),
      }),
    ]);
  });

  it('names whom the start waits for and why, and every number between', () => {
    const seven = [1, 2, 3, 4, 5, 6, 7];
    const peers = {
      1: silent,
      2: waits(THREE),
      4: waits(seven),
      5: waits(seven),
      6: waits(seven),
      7: waits(seven),
    };
    const [found] = said({ voters: seven, begun: THREE }, peers);
    expect(found).toMatchObject({
      code: 'ZK-PEER-009',
      problem: expect.stringMatching(
        /second quorum: zk-0 does not resolve; zk-1 still has the voters 1, 2, 3$/,
      ),
      remedy: expect.stringMatching(/from 3 to 7 go over 4, 5 and 6 \(next: the voters 1, 2, 3, 4\)/),
    });
  });

  it('asks for the list before to be served with, where one step was not rolled out to the end', () => {
    const [found] = said(
      { voters: FIVE, begun: FOUR },
      { 1: silent, 2: serves(FOUR), 4: serves(FOUR), 5: waits(FIVE) },
    );
    expect(found?.remedy).toMatch(
      /^start the members that do not answer, and let all serve with the voters 1, 2, 3, 4 first/,
    );
  });

  it('is nothing where the start goes on', () => {
    expect(said({ voters: FOUR, begun: THREE }, {})).toEqual([]);
  });
});
