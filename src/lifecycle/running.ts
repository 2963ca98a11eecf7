import { log } from './action.ts';
import { ended, spawnFailed } from './ending.ts';
import type { EventOf, LifecycleEvent } from './event.ts';
import { answerRequest, isStopSignal } from './requests.ts';
import type { Serving, Starting } from './state.ts';
import { type Budgets, type Step, stay } from './step.ts';
import { beginStop } from './stopping.ts';

type Running = Starting | Serving;

/** A JVM runs, or is being started, and nobody has asked for its end. */
export function whileRunning(state: Running, event: LifecycleEvent, budgets: Budgets): Step {
  switch (event.type) {
    case 'spawned':
      return onSpawned(state, event);
    case 'spawn-failed':
      return state.pid === undefined ? spawnFailed(state, event) : stay(state);
    case 'answered':
      return onAnswered(state, event);
    case 'signal':
      return onSignal(state, event, budgets);
    case 'bug':
      return beginStop({ state, cause: { by: 'bug', message: event.message }, atMs: event.atMs, budgets });
    case 'exited':
      return ended({ state, event, budgets });
    default:
      return stay(state);
  }
}

function onSpawned(state: Running, { pid }: EventOf<'spawned'>): Step {
  if (state.phase !== 'starting' || state.pid !== undefined) return stay(state);
  return stay({ ...state, pid }, [log('info', 'the JVM is started', { pid })]);
}

/** An answer without a pid is another server's on the same port. */
function onAnswered(state: Running, { atMs }: EventOf<'answered'>): Step {
  if (state.phase !== 'starting' || state.pid === undefined) return stay(state);
  const { pid, sinceMs } = state;
  return stay({ phase: 'serving', sinceMs: atMs, pid }, [
    log('info', 'ZooKeeper answers', { pid, startedInMs: Math.round(atMs - sinceMs) }),
  ]);
}

function onSignal(state: Running, { signal, atMs }: EventOf<'signal'>, budgets: Budgets): Step {
  if (!isStopSignal(signal)) return stay(state, answerRequest(signal, state.pid));
  return beginStop({ state, cause: { by: 'signal', signal }, atMs, budgets });
}
