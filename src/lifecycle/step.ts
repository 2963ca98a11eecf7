import type { LifecycleAction } from './action.ts';
import type { LifecycleState } from './state.ts';

/** How long a stop may take, in milliseconds: ZK_STOP_DELAY and ZK_STOP_TIMEOUT. */
export interface Budgets {
  readonly stopDelayMs: number;
  readonly stopTimeoutMs: number;
}

/** Where an event has led to, and what is to be done now, in this order. */
export interface Step {
  readonly state: LifecycleState;
  readonly actions: readonly LifecycleAction[];
}

/** A step that stays; the event did not concern this state. */
export function stay(state: LifecycleState, actions: readonly LifecycleAction[] = []): Step {
  return { state, actions };
}
