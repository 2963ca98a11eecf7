import { describe, expect, it } from 'vitest';
import { decideStart, type OwnVolume, type PeerMembership } from '../../src/membership/start-decision.ts';
import { configuration } from './model.ts';

const three = configuration([1, 2, 3], 10n);
const later = configuration([1, 2, 3, 4], 11n);
const silent: PeerMembership = { kind: 'silent', why: 'is down' };
const heard = (committed: typeof three | undefined, serves = true): PeerMembership => ({
  kind: 'heard',
  committed,
  serves,
});
const committed = (of: typeof three): OwnVolume => ({ kind: 'committed', configuration: of });

function decide(myid: number, volume: OwnVolume, peers: Readonly<Record<number, PeerMembership>>) {
  const map = new Map(Object.entries(peers).map(([id, peer]) => [Number(id), peer]));
  return decideStart({ myid, wished: [1, 2, 3], volume, peers: map });
}

describe('a member that is in its own committed configuration', () => {
  it('starts with it, whoever is silent', () => {
    expect(decide(1, committed(three), { 2: silent, 3: silent })).toEqual({
      kind: 'take-part',
      configuration: three,
    });
  });

  it('takes a newer one that a majority of its voters serve with', () => {
    const peers = { 2: heard(later), 3: heard(later), 4: heard(later) };
    expect(decide(1, committed(three), peers)).toEqual({ kind: 'take-part', configuration: later });
  });

  it('joins where the newer one has it no more', () => {
    const without = configuration([2, 3], 12n);
    const peers = { 2: heard(without), 3: heard(without) };
    expect(decide(1, committed(three), peers)).toEqual({ kind: 'join', configuration: without });
  });

  it('leaves be what one peer alone says, however new, and what several say differently', () => {
    const lie = configuration([4], 99n);
    expect(decide(1, committed(three), { 2: heard(lie), 3: silent })).toMatchObject({ configuration: three });
    const peers = { 2: heard(configuration([2, 3, 4], 98n)), 3: heard(configuration([2, 3, 5], 98n)) };
    expect(decide(1, committed(three), peers)).toMatchObject({ configuration: three });
  });

  it('does not go back to an older one', () => {
    const peers = { 2: heard(three), 3: heard(three) };
    expect(decide(1, committed(later), peers)).toMatchObject({ configuration: later });
  });
});

describe('a member that is in none', () => {
  it('joins what serves', () => {
    const peers = { 1: heard(three), 2: heard(three), 3: silent };
    expect(decide(4, { kind: 'fresh' }, peers)).toEqual({ kind: 'join', configuration: three });
  });

  it('waits while nobody serves, also with others that were removed', () => {
    const without = configuration([1, 2], 12n);
    const peers = { 1: silent, 2: silent, 4: heard(without, false), 5: heard(without, false) };
    expect(decide(3, committed(without), peers)).toEqual({ kind: 'wait', why: 'nobody-serves' });
  });

  it('waits while its ensemble has not begun', () => {
    const peers = { 1: heard(undefined, false), 2: heard(undefined, false), 3: heard(undefined, false) };
    expect(decide(4, { kind: 'fresh' }, peers)).toEqual({ kind: 'wait', why: 'not-begun' });
  });
});

describe('a first start', () => {
  it('begins once all were heard and nobody knows of anything', () => {
    expect(decide(1, { kind: 'fresh' }, { 2: heard(undefined, false), 3: silent })).toMatchObject({
      why: 'somebody-is-silent',
    });
    const all = { 2: heard(undefined, false), 3: heard(undefined, false) };
    expect(decide(1, { kind: 'fresh' }, all)).toEqual({ kind: 'begin' });
  });

  it('goes on with the data of a static list, while the others go over one by one', () => {
    expect(decide(2, { kind: 'static' }, { 1: heard(undefined), 3: heard(three) })).toEqual({
      kind: 'begin',
    });
    expect(decide(2, { kind: 'static' }, { 1: silent, 3: silent })).toEqual({ kind: 'begin' });
  });

  it('waits where a peer knows of other members', () => {
    expect(decide(2, { kind: 'static' }, { 1: silent, 3: heard(later, false) })).toMatchObject({
      why: 'nobody-serves',
    });
  });
});
