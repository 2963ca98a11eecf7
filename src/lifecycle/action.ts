import type { Reason } from './reason.ts';
import type { JvmExit } from './state.ts';

/** The two timers of a stop; each ends in the event `<name>-over`. */
export type StopTimer = 'stop-delay' | 'stop-timeout';

/** What is said beside the message, each under its own key. */
export type LogFields = Readonly<Record<string, string | number>>;

/** What the driver has to do, in the order given. */
export type LifecycleAction =
  | { readonly type: 'spawn' }
  /** Give up reading, writing and waiting; nothing of it may lead to a JVM any more. */
  | { readonly type: 'abort-preparing' }
  /** From now on `/readyz` and `ready` say no. */
  | { readonly type: 'fail-readiness' }
  | { readonly type: 'arm'; readonly timer: StopTimer; readonly afterMs: number }
  /** To the JVM alone, not to its group. */
  | { readonly type: 'send'; readonly signal: 'SIGTERM' | 'SIGQUIT' }
  /** SIGKILL to the JVM's process group; a group that is already empty (ESRCH) is no error. */
  | { readonly type: 'kill-group' }
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warn' | 'error';
      readonly message: string;
      readonly fields: LogFields;
    }
  /** Log `stateLine`. */
  | { readonly type: 'report-state' }
  /** Write the reason and exit with the status, which is `reason.status`; timers that are still armed are void. */
  | {
      readonly type: 'finish';
      readonly status: number;
      readonly reason: Reason;
      /** The JVM's end for `explainExit`; undefined where the reason says everything already. */
      readonly unexplained: JvmExit | undefined;
    };

type Log = Extract<LifecycleAction, { readonly type: 'log' }>;

/** A log action; `fields` are empty unless given. */
export function log(level: Log['level'], message: string, fields: LogFields = {}): Log {
  return { type: 'log', level, message, fields };
}
