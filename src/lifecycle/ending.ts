import type { LifecycleAction } from './action.ts';
import { bugReason } from './bug-reason.ts';
import type { EventOf } from './event.ts';
import type { Reason } from './reason.ts';
import { spawnFailure } from './spawn-failure.ts';
import { type JvmExit, type LiveState, servingSince } from './state.ts';
import type { Budgets, Step } from './step.ts';
import { verdict } from './verdict.ts';

interface Finish {
  readonly reason: Reason;
  readonly atMs: number;
  readonly first?: readonly LifecycleAction[];
  readonly exit?: JvmExit | undefined;
  /** True when the reason leaves open what the exit means. */
  readonly unexplained?: boolean;
}

/** The one step into `stopped`; every end goes through here, so each has a reason and happens once. */
export function finished({ reason, atMs, first = [], exit, unexplained = false }: Finish): Step {
  return {
    state: { phase: 'stopped', sinceMs: atMs, reason, exit },
    actions: [
      ...first,
      { type: 'finish', status: reason.status, reason, unexplained: unexplained ? exit : undefined },
    ],
  };
}

interface JvmEnd {
  readonly state: LiveState;
  readonly event: EventOf<'exited'>;
  readonly budgets: Budgets;
}

/** The JVM has ended: what it leaves behind in its process group ends with it, then the container does. */
export function ended({ state, event, budgets }: JvmEnd): Step {
  const { atMs } = event;
  const exit = exitOf(event);
  const { unexplained, ...reason } = verdict(state, exit, budgets);
  const first = [{ type: 'kill-group' }] as const;
  return finished({ reason: withServing(reason, state, atMs), atMs, first, exit, unexplained });
}

function exitOf(event: EventOf<'exited'>): JvmExit {
  return 'status' in event ? { status: event.status } : { signal: event.signal };
}

function withServing(reason: Reason, state: LiveState, atMs: number): Reason {
  const since = servingSince(state);
  if (since === undefined) return { ...reason, what: `${reason.what} before it had answered` };
  return { ...reason, servingMs: Math.max(0, Math.round(atMs - since)) };
}

/** No JVM came to be. A stop that was asked for meanwhile does not hide that it could not have been started. */
export function spawnFailed(state: LiveState, event: EventOf<'spawn-failed'>): Step {
  const bug = state.phase === 'stopping' && state.cause.by === 'bug' ? state.cause : undefined;
  const reason = bug === undefined ? spawnFailure(event) : bugReason(bug.message);
  return finished({ reason, atMs: event.atMs });
}
