import type { LifecycleEvent } from './event.ts';
import { whilePreparing } from './preparing.ts';
import { whileRunning } from './running.ts';
import type { LifecycleState } from './state.ts';
import { type Budgets, type Step, stay } from './step.ts';
import { whileStopping } from './stopping.ts';

/**
 * What an event makes of a state, and what is to be done about it. It keeps, in whatever order events come: one JVM at
 * most and none after a stop, one TERM, one end, and that end only after the JVM's own, with a reason.
 */
export function next(state: LifecycleState, event: LifecycleEvent, budgets: Budgets): Step {
  switch (state.phase) {
    case 'preparing':
      return whilePreparing(state, event);
    case 'starting':
    case 'serving':
      return whileRunning(state, event, budgets);
    case 'stopping':
      return whileStopping(state, event, budgets);
    case 'stopped':
      return stay(state);
  }
}
