import type { next } from '../../src/lifecycle/next.ts';
import {
  type Budgets,
  initialState,
  type LifecycleAction,
  type LifecycleEvent,
  type LifecycleEventBody,
  type LifecycleState,
} from '../../src/lifecycle/state.ts';

export type Next = typeof next;

/** One step as it was seen from outside. */
export interface Seen {
  readonly event: LifecycleEvent;
  readonly before: LifecycleState;
  readonly after: LifecycleState;
  readonly actions: readonly LifecycleAction[];
}

/** Every step of a life that the given `next` makes of the events, half a second apart. */
export function watch(step: Next, events: readonly LifecycleEventBody[], budgets: Budgets): Seen[] {
  let state = initialState(0);
  return events.map((body, index) => {
    const event = { ...body, atMs: 500 * (index + 1) };
    const before = state;
    const { state: after, actions } = step(before, event, budgets);
    state = after;
    return { event, before, after, actions };
  });
}
