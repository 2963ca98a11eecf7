import { ownStatus } from '../exit-status.ts';
import { formatSpan } from '../text/span.ts';
import { statusOf } from './signals.ts';
import { spawnFailure } from './spawn-failure.ts';
import {
  type Budgets,
  type EventOf,
  type JvmExit,
  type LifecycleAction,
  type LiveState,
  type Reason,
  type Step,
  type Stopping,
  servingSince,
} from './state.ts';

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

/** No JVM was started. A stop that was requested meanwhile does not hide why the start failed. */
export function spawnFailed(state: LiveState, event: EventOf<'spawn-failed'>): Step {
  const bug = state.phase === 'stopping' && state.cause.by === 'bug' ? state.cause : undefined;
  const reason = bug === undefined ? spawnFailure(event) : bugReason(bug.message);
  return finished({ reason, atMs: event.atMs });
}

/** The reason of an end, and whether the exit is still to be explained by ZooKeeper's release and the machine's facts. */
export interface Verdict extends Reason {
  readonly unexplained: boolean;
}

/** Judges the JVM's end by who asked for it: its status is ours, but for the four cases that `docs/shutdown.md` names. */
export function verdict(state: LiveState, exit: JvmExit, budgets: Budgets): Verdict {
  if (state.phase !== 'stopping') return unasked(exit);
  const { cause } = state;
  if (cause.by === 'bug') return stoppedByBug(cause.message, exit);
  if (wasKilledByUs(state, exit)) return overdue(budgets);
  const asker = cause.by === 'hold' ? 'zk-entrypoint hold' : cause.signal;
  if (!isAnswerToStop(exit)) return endedOtherwise(asker, exit);
  return cause.by === 'hold'
    ? { ...heldReason('ZooKeeper stopped, since this member is held'), unexplained: false }
    : asAsked(asker);
}

/** An unexpected exit 0 would make Kubernetes believe that the work is done. */
function unasked(exit: JvmExit): Verdict {
  const status = statusOf(exit);
  return status === 0
    ? { what: 'ZooKeeper ended by itself with status 0', status: ownStatus.bug, unexplained: true }
    : { what: `ZooKeeper ${howItEnded(exit)}`, status, unexplained: true };
}

function asAsked(asker: string): Verdict {
  return { what: `ZooKeeper stopped as ${asker} asked`, status: ownStatus.stopped, unexplained: false };
}

function endedOtherwise(asker: string, exit: JvmExit): Verdict {
  return {
    what: `ZooKeeper, asked to stop by ${asker}, ${howItEnded(exit)}`,
    status: statusOf(exit),
    unexplained: true,
  };
}

function overdue({ stopTimeoutMs }: Budgets): Verdict {
  return {
    what: `ZooKeeper had not stopped ${formatSpan(stopTimeoutMs)} after SIGTERM and was killed`,
    status: ownStatus.killed,
    meaning: 'its shutdown hangs, or the machine is too slow for it; no write it acknowledged is lost',
    remedy:
      'send SIGQUIT during a stop to see its threads, or raise ZK_STOP_TIMEOUT and, above it, terminationGracePeriodSeconds',
    unexplained: false,
  };
}

function stoppedByBug(message: string, exit: JvmExit): Verdict {
  const what = `ZooKeeper was stopped by a bug in zk-entrypoint and ${howItEnded(exit, 'with status')}`;
  return { ...bugReason(message, what), unexplained: false };
}

function wasKilledByUs({ progress }: Stopping, exit: JvmExit): boolean {
  return progress === 'kill-sent' && statusOf(exit) === ownStatus.killed;
}

/** How a JVM ends after a stop signal: with its handler's 128 + n, or by the signal itself while it has no handler yet. */
function isAnswerToStop(exit: JvmExit): boolean {
  return (
    ['SIGTERM', 'SIGINT'].some((name) => statusOf({ signal: name }) === statusOf(exit)) ||
    statusOf(exit) === 0
  );
}

/** The line always has our status. The JVM's own status is added only if it differs. */
function howItEnded(exit: JvmExit, tellStatus?: 'with status'): string {
  if ('signal' in exit) return `was killed by ${exit.signal}`;
  return tellStatus === undefined ? 'ended' : `ended ${tellStatus} ${exit.status}`;
}

/** The reason of an end that makes room for a start which holds. */
export function heldReason(what: string): Reason {
  return {
    what,
    status: ownStatus.stopped,
    meaning: 'the next start of this container runs no JVM until zk-entrypoint release',
    remedy: 'nothing; where no kubelet does it, start the container again',
  };
}

/** The reason of an end that a bug of ours caused; `message` is the error's. */
export function bugReason(message: string, what = 'zk-entrypoint ended by a bug of its own'): Reason {
  return {
    what,
    status: ownStatus.bug,
    meaning: message,
    remedy: 'please report it to the maintainers of zk-entrypoint, with the log up to here',
  };
}
