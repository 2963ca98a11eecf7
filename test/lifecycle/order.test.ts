import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { next } from '../../src/lifecycle/next.ts';
import { anyBudgets, anyOrder } from './event-orders.ts';
import { holdPromises, RUNS } from './hold-promises.ts';
import { watch } from './watch.ts';

it('keeps every promise in any order of events', { timeout: 60_000 }, () => {
  holdPromises(next);
});

describe('whatever has happened, a stop comes to an end', () => {
  const closing = [
    { type: 'spawned', pid: 9 },
    { type: 'signal', signal: 'SIGTERM' },
    { type: 'stop-wait-over' },
    { type: 'stop-delay-over' },
    { type: 'stop-timeout-over' },
    { type: 'exited', signal: 'SIGKILL' },
  ] as const;

  it('with one finish, through TERM and KILL if need be', { timeout: 60_000 }, () => {
    const property = fc.property(anyOrder, anyBudgets, (events, budgets) => {
      const life = watch(next, [...events, ...closing], budgets);
      expect(life.at(-1)?.after.phase).toBe('stopped');
      const kinds = life.flatMap(({ actions }) => actions).map(({ type }) => type);
      expect(kinds.filter((kind) => kind === 'finish')).toHaveLength(1);
    });
    fc.assert(property, { numRuns: RUNS });
  });

  it('and every timer it waits for has been armed', { timeout: 60_000 }, () => {
    const property = fc.property(anyOrder, anyBudgets, (events, budgets) => {
      const life = watch(next, events, budgets);
      const armed = life
        .flatMap(({ actions }) => actions)
        .flatMap((a) => (a.type === 'arm' ? [a.timer] : []));
      const state = life.at(-1)?.after;
      const awaited = state?.phase === 'stopping' ? AWAITED[state.progress] : undefined;
      expect(awaited === undefined || armed.includes(awaited)).toBe(true);
      expect(new Set(armed).size).toBe(armed.length);
    });
    fc.assert(property, { numRuns: RUNS });
  });
});

const AWAITED = {
  'taking-leave': 'stop-wait',
  delaying: 'stop-delay',
  'term-due': undefined,
  'term-sent': 'stop-timeout',
  'kill-sent': undefined,
} as const;

it('the orders reach every phase, every stage of a stop and every kind of action', () => {
  const reached = new Set<string>();
  for (const [events, budgets] of fc.sample(fc.tuple(anyOrder, anyBudgets), { numRuns: 2_000, seed: 1 })) {
    for (const { after, actions } of watch(next, events, budgets)) {
      reached.add(after.phase === 'stopping' ? `stopping ${after.progress}` : after.phase);
      for (const { type } of actions) reached.add(type);
    }
  }
  const phases = [
    'preparing',
    'starting',
    'serving',
    ...Object.keys(AWAITED).map((p) => `stopping ${p}`),
    'stopped',
  ];
  const kinds =
    'spawn abort-preparing fail-readiness take-leave arm send kill-group log report-state finish'.split(' ');
  expect([...reached].sort()).toEqual([...phases, ...kinds].sort());
});
