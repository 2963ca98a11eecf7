import { describe, expect, it } from 'vitest';
import { allFaults } from '../../scripts/torture/faults/all.ts';
import { makePlan } from '../../scripts/torture/plan/plan.ts';
import { randomFrom } from '../../scripts/torture/plan/random.ts';

const none: ReadonlySet<string> = new Set();
const plan = (seed: number, impossible = none, members = 3) =>
  makePlan({ seed, faults: 200, members, kinds: allFaults, impossible });
const strikes = (rounds: ReturnType<typeof plan>) => rounds.flatMap((round) => round.strikes);

describe('the plan of a seed', () => {
  it('is the same each time', () => expect(plan(7)).toEqual(plan(7)));
  it('is another for another seed', () => expect(plan(7)).not.toEqual(plan(8)));
  it('has as many faults as asked for', () => expect(strikes(plan(7)).length).toBe(200));

  it('has every kind equally often', () => {
    const counts = allFaults.map(({ name }) => strikes(plan(7)).filter(({ kind }) => kind === name).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(2);
  });

  it('never strikes one member twice in a round', () => {
    for (const round of plan(7, none, 5)) {
      const struck = round.strikes.flatMap(({ members }) => members);
      expect(new Set(struck).size).toBe(struck.length);
    }
  });

  it('pairs only kinds that may be paired', () => {
    const pairs = plan(7).filter(({ strikes: both }) => both.length > 1);
    const alone = allFaults.filter((fault) => !fault.pairs).map(({ name }) => name);
    expect(pairs.length).toBeGreaterThan(10);
    for (const { kind } of pairs.flatMap((round) => round.strikes)) expect(alone).not.toContain(kind);
  });

  it('counts what the machine cannot do and goes on as on any other machine', () => {
    const poor = plan(7, new Set(['volume full']));
    expect(poor.flatMap(({ skipped }) => skipped)).toContain('volume full');
    expect(strikes(poor).map(({ kind }) => kind)).not.toContain('volume full');
    expect(strikes(poor).length).toBeGreaterThanOrEqual(200);
    const possible = strikes(plan(7)).filter(({ kind }) => kind !== 'volume full');
    expect(strikes(poor).slice(0, 100)).toEqual(possible.slice(0, 100));
  });

  it('is refused when nothing is possible', () => {
    const all = new Set(allFaults.map(({ name }) => name));
    expect(() => plan(7, all)).toThrow(/no kind of fault is possible/);
  });
});

it('draws numbers from 0 up to 1, evenly', () => {
  const random = randomFrom(1);
  const drawn = Array.from({ length: 10_000 }, random);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn)).toBeLessThan(1);
  expect(drawn.reduce((sum, each) => sum + each, 0) / drawn.length).toBeCloseTo(0.5, 1);
});
