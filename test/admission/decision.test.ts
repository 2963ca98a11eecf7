import { describe, expect, it } from 'vitest';
import { decide, type Look, type PeerVolume } from '../../src/admission/decision.ts';

const fresh = (voters: readonly number[]): PeerVolume => ({
  kind: 'heard',
  known: [],
  hasData: false,
  voters,
});
const holding = (known: readonly number[], voters = known): PeerVolume => ({
  kind: 'heard',
  known,
  hasData: true,
  voters,
});
const silent: PeerVolume = { kind: 'silent', why: 'refused' };

function look(
  myid: number,
  voters: number[],
  peers: Record<number, PeerVolume>,
  more: Partial<Look> = {},
): Look {
  const heard = new Map(Object.entries(peers).map(([id, peer]) => [Number(id), peer]));
  return { myid, voters, known: [], peers: heard, quorumAt: undefined, ...more };
}
const THREE = [1, 2, 3];
const FIVE = [1, 2, 3, 4, 5];

describe('a member without data', () => {
  it.each([
    ['first start of three, the lowest', 1, 'create'],
    ['first start of three, the second', 2, 'create'],
    ['first start of three, the last', 3, 'wait'],
  ] as const)('%s: %s is %s', (_what, myid, kind) => {
    const peers = Object.fromEntries(THREE.filter((id) => id !== myid).map((id) => [id, fresh(THREE)]));
    expect(decide(look(myid, THREE, peers)).kind).toBe(kind);
  });

  it.each([
    ['one other is not heard', look(1, THREE, { 2: fresh(THREE), 3: silent })],
    ['one other was not asked', look(1, THREE, { 2: fresh(THREE) })],
    ['an empty one has another list', look(1, THREE, { 2: fresh(THREE), 3: fresh(FIVE) })],
    ['its data has vanished and so has another’s', look(2, THREE, { 1: holding(THREE), 3: fresh(THREE) })],
    [
      'only its own record outlived all data',
      look(1, THREE, { 2: fresh(THREE), 3: fresh(THREE) }, { known: THREE }),
    ],
    [
      'a peer’s record outlived all data',
      look(1, THREE, { 2: { ...fresh(THREE), known: THREE } as PeerVolume, 3: fresh(THREE) }),
    ],
    ['1 grows to 3, the last', look(3, THREE, { 1: holding([1], THREE), 2: fresh(THREE) })],
    [
      '3 grow to 5',
      look(4, FIVE, { 1: holding(THREE), 2: holding(THREE), 3: holding(THREE), 5: fresh(FIVE) }),
    ],
  ])('waits when %s', (_what, seen) => {
    expect(decide(seen).kind).toBe('wait');
  });

  it('creates as the second when 1 grows to 3', () => {
    expect(decide(look(2, THREE, { 1: holding([1]), 3: fresh(THREE) }))).toEqual({ kind: 'create' });
  });

  it('joins whenever a quorum serves, and always as an observer', () => {
    const waiting = look(2, THREE, { 1: holding(THREE), 3: silent }, { known: THREE });
    expect(decide({ ...waiting, quorumAt: 'zk-0' }).kind).toBe('join');
    expect(decide({ ...waiting, myid: 4 }).kind).toBe('join');
  });

  it('says that its data has vanished, and who was not heard', () => {
    expect(decide(look(2, THREE, { 1: holding(THREE), 3: silent }))).toEqual({
      kind: 'wait',
      why: { vanished: true, silent: new Map([[3, 'refused']]), creators: [] },
    });
  });
});
