import { formatSpan } from '../text/span.ts';
import { ended, spawnFailed } from './ending.ts';
import {
  type Budgets,
  type CaughtSignal,
  type EventOf,
  type LifecycleAction,
  type LifecycleEvent,
  log,
  type Serving,
  type Starting,
  type Step,
  type StopCause,
  type Stopping,
  type StopSignal,
  servingSince,
  stay,
} from './state.ts';

/** A stop is under way; only the JVM's end ends it. */
export function whileStopping(state: Stopping, event: LifecycleEvent, budgets: Budgets): Step {
  switch (event.type) {
    case 'spawned':
      return state.pid === undefined ? sendTermIfDue({ ...state, pid: event.pid }, budgets) : stay(state);
    case 'spawn-failed':
      return state.pid === undefined ? spawnFailed(state, event) : stay(state);
    case 'leave-taken':
    case 'stop-wait-over':
      return state.progress === 'taking-leave' ? delay(state, budgets) : stay(state);
    case 'stop-delay-over':
      return sendTermIfDue(state.progress === 'delaying' ? withoutDelay(state) : state, budgets);
    case 'stop-timeout-over':
      return state.progress === 'term-sent' ? killOverdue(state, budgets) : stay(state);
    case 'signal':
      return stay(state, onSignal(state, event));
    case 'bug':
      return onBug(state, event, budgets);
    case 'exited':
      return ended({ state, event, budgets });
    default:
      return stay(state);
  }
}

interface StopRequest {
  readonly state: Starting | Serving;
  readonly cause: StopCause;
  readonly atMs: number;
  readonly budgets: Budgets;
}

/**
 * Begins the only stop; readiness fails first. After a bug of ours it waits for nothing, because this process may not last that
 * long. A member that has not served yet also need not wait.
 */
export function beginStop({ state, cause, atMs, budgets }: StopRequest): Step {
  const isBug = cause.by === 'bug';
  const takesLeave = !isBug && budgets.stopWaitMs > 0 && state.phase === 'serving';
  const stopping: Stopping = {
    phase: 'stopping',
    sinceMs: atMs,
    pid: state.pid,
    servingSinceMs: servingSince(state),
    cause,
    progress: takesLeave ? 'taking-leave' : 'term-due',
  };
  const { state: next, actions } = takesLeave
    ? stay(stopping, [
        { type: 'take-leave' },
        { type: 'arm', timer: 'stop-wait', afterMs: budgets.stopWaitMs },
      ])
    : delay(stopping, isBug ? { ...budgets, stopDelayMs: 0 } : budgets);
  return stay(next, [{ type: 'fail-readiness' }, sayWhy(cause), ...actions]);
}

function delay(state: Stopping, budgets: Budgets): Step {
  const { stopDelayMs } = budgets;
  const due: Stopping = { ...state, progress: stopDelayMs > 0 ? 'delaying' : 'term-due' };
  const { state: next, actions } = sendTermIfDue(due, budgets);
  return stay(next, [...armDelay(stopDelayMs), ...actions]);
}

function sayWhy(cause: StopCause): LifecycleAction {
  switch (cause.by) {
    case 'bug':
      return log('error', `stopping: a bug in zk-entrypoint: ${cause.message}`);
    case 'hold':
      return log('info', 'stopping: this member is held');
    case 'signal':
      return log('info', `stopping: ${cause.signal}`, { signal: cause.signal });
  }
}

function armDelay(delayMs: number): LifecycleAction[] {
  return delayMs > 0 ? [{ type: 'arm', timer: 'stop-delay', afterMs: delayMs }] : [];
}

function withoutDelay(state: Stopping): Stopping {
  const waits = state.progress === 'taking-leave' || state.progress === 'delaying';
  return waits ? { ...state, progress: 'term-due' } : state;
}

/** TERM goes out in one place only, and only from `term-due`, so there is never a second one. */
function sendTermIfDue(state: Stopping, { stopTimeoutMs }: Budgets): Step {
  if (state.progress !== 'term-due' || state.pid === undefined) return stay(state);
  return stay({ ...state, progress: 'term-sent' }, [
    { type: 'send', signal: 'SIGTERM' },
    { type: 'arm', timer: 'stop-timeout', afterMs: stopTimeoutMs },
    log('info', `SIGTERM sent to the JVM, which has ${formatSpan(stopTimeoutMs)} to stop`, {
      pid: state.pid,
    }),
  ]);
}

function killOverdue(state: Stopping, { stopTimeoutMs }: Budgets): Step {
  const message = `the JVM has not stopped within ${formatSpan(stopTimeoutMs)}: SIGKILL to its whole process group`;
  return stay({ ...state, progress: 'kill-sent' }, [
    { type: 'kill-group' },
    log('warn', message, { stopTimeoutMs }),
  ]);
}

function onSignal(state: Stopping, { signal }: EventOf<'signal'>): LifecycleAction[] {
  if (!isStopSignal(signal)) return answerRequest(signal, state.pid);
  return [log('info', `${signal}: the stop has already begun`, { signal })];
}

/** A bug in the middle of a stop makes it urgent and its status 70; the first bug's message is kept. */
function onBug(state: Stopping, { message }: EventOf<'bug'>, budgets: Budgets): Step {
  const cause: StopCause = state.cause.by === 'bug' ? state.cause : { by: 'bug', message };
  const step = sendTermIfDue({ ...withoutDelay(state), cause }, budgets);
  return stay(step.state, [log('error', `a bug in zk-entrypoint: ${message}`), ...step.actions]);
}

/** True for the signals that ask for a stop; the others ask for something to be shown. */
export function isStopSignal(signal: CaughtSignal): signal is StopSignal {
  return signal === 'SIGTERM' || signal === 'SIGINT' || signal === 'SIGHUP';
}

/** What QUIT and USR1 ask for, and that the others are ignored; they change no state. `pid` is the JVM's, undefined where none runs. */
export function answerRequest(
  signal: Exclude<CaughtSignal, StopSignal>,
  pid: number | undefined,
): LifecycleAction[] {
  switch (signal) {
    case 'SIGQUIT':
      return pid === undefined
        ? [log('warn', 'SIGQUIT is ignored: there is no JVM that could print its threads', { signal })]
        : [{ type: 'send', signal }, log('info', 'SIGQUIT passed on: the JVM prints its threads', { pid })];
    case 'SIGUSR1':
      return [{ type: 'report-state' }];
    default:
      return [log('warn', `${signal} is ignored`)];
  }
}
