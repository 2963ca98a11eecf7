import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PeerAnswer } from '../../src/admission/peer-replies.ts';
import type { PeerStatus } from '../../src/admission/peer-status.ts';
import { decideRepair, isDamage, type RepairLook } from '../../src/admission/repair.ts';
import { type Member, quorumSize } from '../../src/ensemble/member.ts';
import { finding } from '../../src/findings/finding.ts';
import { honest } from './liars.ts';

/** How another voter is at the moment of the decision. */
type State =
  | 'serves'
  | 'old epoch'
  | 'other list'
  | 'without us'
  | 'other ensemble'
  | 'waits'
  | 'repairs'
  | 'silent';
const STATES: readonly State[] = [
  'serves',
  'old epoch',
  'other list',
  'without us',
  'other ensemble',
  'waits',
  'repairs',
  'silent',
];
const EPOCH = 5;

function answer(id: number, us: number, size: number, state: State, leads: boolean): PeerAnswer {
  const member = { id, host: `zk-${id}` } as Member;
  if (state === 'silent') return { member, told: undefined, silence: 'does not resolve' };
  const all = Array.from({ length: size }, (_, place) => place + 1);
  const serving = !['waits', 'repairs'].includes(state);
  const { mode: _mode, ...fact } = honest(id, size, {
    volume: 'data',
    known: state === 'without us' ? all.filter((each) => each !== us) : all,
    waiting: !serving,
    ...(state === 'other list' ? { voters: [...all, size + 1] } : {}),
    ...(state === 'other ensemble' ? { ensemble: 'payments' } : {}),
  });
  const waits = { for: 'x', since: '2026-01-01T00:00:00Z', remedy: 'y' };
  const epoch = state === 'old epoch' ? EPOCH - 1 : EPOCH;
  const told = {
    member: fact,
    mode: serving ? (leads ? 'leader' : 'follower') : undefined,
    waiting: serving ? undefined : { ...waits, ...(state === 'repairs' ? { kind: 'repair' } : {}) },
    server: serving ? { zxid: `0x${((BigInt(epoch) << 32n) + 7n).toString(16)}` } : undefined,
  } as unknown as PeerStatus;
  return { member, told, silence: '' };
}

/** What member `id` of so many decides; `states` are those of the others, by id. */
function decided(id: number, states: readonly State[], more: Partial<RepairLook> = {}) {
  const size = states.length + 1;
  const others = Array.from({ length: size }, (_, place) => place + 1).filter((each) => each !== id);
  const { mode: _mode, known: _known, waiting: _waiting, ...us } = honest(id, size, { volume: 'data' });
  const leader = states.findIndex((state) => !['waits', 'repairs', 'silent'].includes(state));
  const answers = others.map((each, place) =>
    answer(each, id, size, states[place] as State, place === leader),
  );
  return decideRepair({ us, epoch: EPOCH, isOurs: true, answers, lastRepairMs: undefined, ...more });
}

describe('whether damaged data may be set aside', () => {
  it('may, while all others serve at our epoch with our list', () => {
    expect(decided(1, ['serves', 'serves'])).toEqual({ kind: 'repair' });
    expect(decided(3, ['serves', 'serves', 'serves', 'serves'])).toEqual({ kind: 'repair' });
  });

  it.each(STATES.filter((state) => state !== 'serves'))(
    'waits for one of two others that is: %s',
    (state) => {
      expect(decided(2, [state, 'serves']).kind).toBe('wait');
      // Only a leader's zxid tells its epoch: a follower has an old one until the first write.
      expect(decided(2, ['serves', state]).kind).toBe(state === 'old epoch' ? 'repair' : 'wait');
    },
  );

  it('waits in a pair, whose other one is no quorum', () => {
    expect(decided(1, ['serves'])).toMatchObject({ kind: 'wait', quorumServes: false });
  });

  it('goes one at a time, the lowest id first, and never beside one that is not heard', () => {
    expect(decided(1, ['repairs', 'serves', 'serves', 'serves'])).toEqual({ kind: 'repair' });
    expect(decided(2, ['repairs', 'serves', 'serves', 'serves'])).toMatchObject({
      kind: 'wait',
      quorumServes: true,
    });
    for (const other of ['silent', 'waits'] as const)
      expect(decided(1, [other, 'serves', 'serves', 'serves']).kind).toBe('wait');
  });

  it('never does so for a volume that is not ours, an observer, or data that was copied an hour ago', () => {
    const well: readonly State[] = ['serves', 'serves'];
    expect(decided(1, well, { isOurs: false }).kind).toBe('never');
    expect(decided(1, well, { lastRepairMs: 59 * 60_000 })).toMatchObject({
      kind: 'never',
      why: 'data was set aside 59 min ago, and is damaged again: look at the disk',
    });
    expect(decided(1, well, { lastRepairMs: 61 * 60_000 }).kind).toBe('repair');
    const { mode: _mode, known: _known, waiting: _waiting, ...us } = honest(9, 3);
    expect(decided(1, well, { us })).toMatchObject({ kind: 'never' });
  });

  it('leaves a quorum that holds everything, and sets aside the data of one at most, whatever the others are', () => {
    const anyStates = fc
      .integer({ min: 1, max: 6 })
      .chain((others) => fc.array(fc.constantFrom(...STATES), { minLength: others, maxLength: others }));
    let repaired = 0;
    fc.assert(
      fc.property(anyStates, fc.nat(6), (states, at) => {
        const id = (at % (states.length + 1)) + 1;
        if (decided(id, states).kind !== 'repair') return;
        repaired += 1;
        const serving = states.filter((state) => state === 'serves' || state === 'old epoch').length;
        expect(serving).toBeGreaterThanOrEqual(quorumSize(states.length + 1));
        // Whoever is to be mended after us sees us, and waits.
        states.forEach((state, place) => {
          if (state !== 'repairs') return;
          const other = place + 1 < id ? place + 1 : place + 2;
          const theirs = states.toSpliced(place, 1);
          theirs.splice(other < id ? id - 2 : id - 1, 0, 'repairs');
          expect(decided(other, theirs).kind).toBe('wait');
        });
      }),
      { numRuns: 20_000 },
    );
    expect(repaired).toBeGreaterThan(100);
  });
});

describe('damage', () => {
  it('is what the data of the others would mend', () => {
    const of = (code: 'ZK-VOLUME-005' | 'ZK-VOLUME-020' | 'ZK-VOLUME-043' | 'ZK-VOLUME-006') =>
      isDamage(finding(code, { subject: '', problem: '', remedy: '' }));
    expect(of('ZK-VOLUME-005')).toBe(true);
    expect(of('ZK-VOLUME-020')).toBe(false);
    expect(of('ZK-VOLUME-043')).toBe(false);
    expect(of('ZK-VOLUME-006')).toBe(false);
  });
});
