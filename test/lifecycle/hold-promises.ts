import fc from 'fast-check';
import { anyBudgets, anyOrder } from './event-orders.ts';
import { brokenPromises } from './promises.ts';
import { type Next, watch } from './watch.ts';

export const RUNS = 10_000;

/** Throws where `step` breaks a promise: which, and the shortest order of events that was found for it. */
export function holdPromises(step: Next): void {
  const property = fc.property(anyOrder, anyBudgets, (events, budgets) => {
    const broken = brokenPromises(watch(step, events, budgets));
    if (broken.length > 0) throw new Error(`broken: ${broken.join('; ')}`);
  });
  fc.assert(property, { numRuns: RUNS, includeErrorInReport: true });
}

/** Every promise that `step` breaks in some order; the same orders each time, and none of them shortened. */
export function promisesBrokenBy(step: Next): string[] {
  const lives = fc.sample(fc.tuple(anyOrder, anyBudgets), { numRuns: 3_000, seed: 1 });
  const broken = lives.flatMap(([events, budgets]) => brokenPromises(watch(step, events, budgets)));
  return [...new Set(broken)];
}
