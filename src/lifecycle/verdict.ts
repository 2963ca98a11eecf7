import { bugReason } from './bug-reason.ts';
import type { CaughtSignal } from './event.ts';
import type { Reason } from './reason.ts';
import { statusOf } from './signals.ts';
import { formatSpan } from './span.ts';
import type { JvmExit, LiveState, Stopping } from './state.ts';
import { ownStatus } from './statuses.ts';
import type { Budgets } from './step.ts';

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
  return isAnswerToStop(exit) ? asAsked(cause.signal) : endedOtherwise(cause.signal, exit);
}

/** An exit 0 that nobody asked for would make Kubernetes believe the work is done. */
function unasked(exit: JvmExit): Verdict {
  const status = statusOf(exit);
  return status === 0
    ? { what: 'ZooKeeper ended by itself with status 0', status: ownStatus.bug, unexplained: true }
    : { what: `ZooKeeper ${howItEnded(exit)}`, status, unexplained: true };
}

function asAsked(signal: CaughtSignal): Verdict {
  return { what: `ZooKeeper stopped as ${signal} asked`, status: ownStatus.stopped, unexplained: false };
}

function endedOtherwise(signal: CaughtSignal, exit: JvmExit): Verdict {
  return {
    what: `ZooKeeper, asked to stop by ${signal}, ${howItEnded(exit)}`,
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

/** What a JVM ends with when told to stop: its handler's 128 + n, or the signal itself while it has no handler yet. */
function isAnswerToStop(exit: JvmExit): boolean {
  return (
    ['SIGTERM', 'SIGINT'].some((name) => statusOf({ signal: name }) === statusOf(exit)) ||
    statusOf(exit) === 0
  );
}

/** The line names our status anyway; the JVM's own is told only where it differs. */
function howItEnded(exit: JvmExit, tellStatus?: 'with status'): string {
  if ('signal' in exit) return `was killed by ${exit.signal}`;
  return tellStatus === undefined ? 'ended' : `ended ${tellStatus} ${exit.status}`;
}
