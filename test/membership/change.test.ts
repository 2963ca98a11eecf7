import { describe, expect, it } from 'vitest';
import { changeRefusal, nextPromotion, nextRemoval } from '../../src/membership/change.ts';
import { configuration } from './model.ts';

const three = configuration([1, 2, 3], 10n);
const SPEC = 'zk-4:2888:3888:participant;2181';

describe('a member that comes', () => {
  const own = { committed: three, myid: 4, role: 'participant', spec: SPEC, synced: true } as const;

  it('asks for itself alone, on the condition of what it has read', () => {
    expect(nextPromotion(own)).toEqual({
      kind: 'change',
      change: { joining: `server.4=${SPEC}`, leaving: undefined, ifVersion: 10n },
    });
  });

  it('waits until it is synced, and has nothing to do once it is in', () => {
    expect(nextPromotion({ ...own, synced: false }).kind).toBe('wait');
    expect(nextPromotion({ ...own, myid: 2 }).kind).toBe('done');
  });

  it('an observer is promoted to what it is to be, and a voter never asks to be an observer', () => {
    const [first, ...others] = three.members;
    const observed = { ...three, members: [{ ...first, role: 'observer' as const } as never, ...others] };
    expect(nextPromotion({ ...own, committed: observed, myid: 1 }).kind).toBe('change');
    expect(nextPromotion({ ...own, committed: observed, myid: 1, role: 'observer' }).kind).toBe('done');
    expect(nextPromotion({ ...own, myid: 1, role: 'observer' }).kind).toBe('done');
  });
});

describe('members that go', () => {
  const five = configuration([1, 2, 3, 4, 5], 10n);
  const all = new Set([1, 2, 3, 4, 5]);
  const stays = (id: number) => id <= 3;

  it('the highest goes first, one at a time', () => {
    expect(nextRemoval({ committed: five, synced: all, stays })).toMatchObject({ change: { leaving: 5 } });
    expect(nextRemoval({ committed: three, synced: all, stays })).toEqual({ kind: 'done' });
  });

  it('only while a majority of the others is synced', () => {
    expect(nextRemoval({ committed: five, synced: new Set([1, 2]), stays })).toEqual({
      kind: 'wait',
      why: 'must wait: only 2 of 4 voters besides 5 are synced',
    });
    expect(nextRemoval({ committed: five, synced: new Set([1, 2, 3]), stays }).kind).toBe('change');
  });

  it('the last voter never goes', () => {
    const one = configuration([1], 10n);
    expect(nextRemoval({ committed: one, synced: all, stays: () => false })).toMatchObject({
      kind: 'wait',
      why: expect.stringContaining('1 is the last voter'),
    });
  });
});

it('a refusal says whether to read and ask again', () => {
  expect(changeRefusal(-14)).toMatchObject({ again: true });
  expect(changeRefusal(-103)).toMatchObject({ again: true });
  expect(changeRefusal(-102)).toMatchObject({ again: false });
  expect(changeRefusal(-4)).toBeUndefined();
});
