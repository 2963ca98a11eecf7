import { ownStatus } from '../exit-status.ts';
import { bugReason, ended, finished, heldReason, spawnFailed } from './ending.ts';
import {
  type Budgets,
  type EventOf,
  type LifecycleAction,
  type LifecycleEvent,
  type LifecycleState,
  log,
  type Preparing,
  type Reason,
  type Serving,
  type Starting,
  type Step,
  stay,
} from './state.ts';
import { answerRequest, beginStop, isStopSignal, whileStopping } from './stopping.ts';

/**
 * The next state after an event, and the actions. For every order of events it guarantees: at most one JVM, no JVM after a
 * stop, one TERM, and one end, with a reason, only after the end of the JVM.
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

/** Before there is a JVM: every end is immediate, and nothing is spawned after it. */
export function whilePreparing(state: Preparing, event: LifecycleEvent): Step {
  switch (event.type) {
    case 'prepared':
      return stay({ phase: 'starting', sinceMs: event.atMs, pid: undefined }, [{ type: 'spawn' }]);
    case 'refused':
      return finished({ reason: refusal(event), atMs: event.atMs });
    case 'bug':
      return abandoned(bugReason(event.message), event.atMs);
    case 'signal':
      return signalWhilePreparing(state, event);
    case 'held':
      return abandoned(heldReason('this member is held: its start is given up'), event.atMs);
    case 'released':
      return finished({ reason: RELEASED, atMs: event.atMs });
    default:
      return stay(state);
  }
}

const RELEASED: Reason = {
  what: 'this member is released',
  status: ownStatus.stopped,
  meaning: 'its next start runs as root again, and changes the owner of the volume',
};

function refusal({ status, reason, remedy }: EventOf<'refused'>): Reason {
  return { what: 'refused to start', status, meaning: reason, ...(remedy === undefined ? {} : { remedy }) };
}

/** A container that ends since it was asked to has not failed, so its status is 0. */
function signalWhilePreparing(state: Preparing, { signal, atMs }: EventOf<'signal'>): Step {
  if (!isStopSignal(signal)) return stay(state, answerRequest(signal, undefined));
  const reason = { what: `stopped by ${signal} before a JVM was started`, status: ownStatus.stopped };
  return abandoned(reason, atMs, [log('info', `${signal}: the start is given up`, { signal })]);
}

function abandoned(reason: Reason, atMs: number, first: readonly LifecycleAction[] = []): Step {
  return finished({ reason, atMs, first: [{ type: 'abort-preparing' }, ...first] });
}

type Running = Starting | Serving;

/** A JVM runs, or is being started, and no stop was requested. */
export function whileRunning(state: Running, event: LifecycleEvent, budgets: Budgets): Step {
  switch (event.type) {
    case 'spawned':
      return onSpawned(state, event);
    case 'spawn-failed':
      return state.pid === undefined ? spawnFailed(state, event) : stay(state);
    case 'answered':
      return onAnswered(state, event);
    case 'signal':
      return signalWhileRunning(state, event, budgets);
    case 'held':
      return beginStop({ state, cause: { by: 'hold' }, atMs: event.atMs, budgets });
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

function signalWhileRunning(state: Running, { signal, atMs }: EventOf<'signal'>, budgets: Budgets): Step {
  if (!isStopSignal(signal)) return stay(state, answerRequest(signal, state.pid));
  return beginStop({ state, cause: { by: 'signal', signal }, atMs, budgets });
}
