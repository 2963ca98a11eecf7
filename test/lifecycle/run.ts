import { next } from '../../src/lifecycle/next.ts';
import {
  type Budgets,
  initialState,
  type LifecycleAction,
  type LifecycleEvent,
  type LifecycleEventBody,
  type LifecycleState,
  type Step,
} from '../../src/lifecycle/state.ts';

export const budgets: Budgets = { stopWaitMs: 0, stopDelayMs: 5_000, stopTimeoutMs: 20_000 };
export const atOnce: Budgets = { stopWaitMs: 0, stopDelayMs: 0, stopTimeoutMs: 20_000 };

/** Shorthands for the events of a life, so that a case reads as a list. */
export const prepared = { type: 'prepared' } as const;
export const spawned = { type: 'spawned', pid: 17 } as const;
export const answered = { type: 'answered' } as const;
export const delayOver = { type: 'stop-delay-over' } as const;
export const timeoutOver = { type: 'stop-timeout-over' } as const;
export const term = { type: 'signal', signal: 'SIGTERM' } as const;
export const bug = { type: 'bug', message: 'x is undefined' } as const;
export const starting = [prepared, spawned];
export const serving = [prepared, spawned, answered];

export function exited(end: number | string): LifecycleEventBody {
  return typeof end === 'number' ? { type: 'exited', status: end } : { type: 'exited', signal: end };
}

/** A life as it went: its last state, and every action in order. */
export interface Life {
  readonly state: LifecycleState;
  readonly actions: readonly LifecycleAction[];
}

/** Feeds the events a second apart, beginning at 1,000 ms. */
export function live(events: readonly LifecycleEventBody[], by: Budgets = atOnce): Life {
  let state = initialState(0);
  const actions: LifecycleAction[] = [];
  events.forEach((body, index) => {
    const event: LifecycleEvent = { ...body, atMs: 1_000 * (index + 1) };
    const step: Step = next(state, event, by);
    state = step.state;
    actions.push(...step.actions);
  });
  return { state, actions };
}

/** What was done, a word an action, without the log lines: `send SIGTERM`, `arm stop-delay 5000`. */
export function deeds({ actions }: Pick<Life, 'actions'>): string[] {
  return actions.filter(({ type }) => type !== 'log').map(deed);
}

function deed(action: LifecycleAction): string {
  switch (action.type) {
    case 'arm':
      return `arm ${action.timer} ${action.afterMs}`;
    case 'send':
      return `send ${action.signal}`;
    case 'finish':
      return `finish ${action.status}`;
    default:
      return action.type;
  }
}

/** The log lines that were written, as `warn …`. */
export function lines({ actions }: Pick<Life, 'actions'>): string[] {
  return actions.flatMap((action) => (action.type === 'log' ? [`${action.level} ${action.message}`] : []));
}

/** The finish action of a life that has ended. */
export function finishOf({ actions }: Pick<Life, 'actions'>): Extract<LifecycleAction, { type: 'finish' }> {
  const found = actions.find((action) => action.type === 'finish');
  if (found === undefined) throw new Error('this life has not finished');
  return found;
}
