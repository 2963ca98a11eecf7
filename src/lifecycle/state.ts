/** Why the container ended: what ended, with which status of ours, and what that usually means. */
export interface Reason {
  /** What ended and how, as the beginning of a sentence. */
  readonly what: string;
  /** The container's exit status, 0 to 255. */
  readonly status: number;
  /** From the first answer to the end, in milliseconds; undefined when it never answered. */
  readonly servingMs?: number;
  readonly meaning?: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** How the JVM ended: with a status (0–255), or killed by a signal that is given by its name. */
export type JvmExit = { readonly status: number } | { readonly signal: string };

/** Who asked for the stop: a signal from outside, a person who holds this member, or a bug of ours that makes going on unsafe. */
export type StopCause =
  | { readonly by: 'signal'; readonly signal: CaughtSignal }
  | { readonly by: 'hold' }
  | { readonly by: 'bug'; readonly message: string };

/**
 * How far a stop has come: first the others are waited for, then the delay for clients passes; `term-due` waits for the pid
 * of a JVM that is just being started.
 */
export type StopProgress = 'taking-leave' | 'delaying' | 'term-due' | 'term-sent' | 'kill-sent';

/** Settings are read, files written, names awaited; there is no JVM. */
export interface Preparing {
  readonly phase: 'preparing';
  readonly sinceMs: number;
}

/** The JVM has been asked for; its pid is undefined until the system has given one. */
export interface Starting {
  readonly phase: 'starting';
  readonly sinceMs: number;
  readonly pid: number | undefined;
}

/** The JVM has answered `imok` once; `sinceMs` is when. */
export interface Serving {
  readonly phase: 'serving';
  readonly sinceMs: number;
  readonly pid: number;
}

/** The one stop. It ends when the JVM's end has been seen, never before. */
export interface Stopping {
  readonly phase: 'stopping';
  readonly sinceMs: number;
  readonly pid: number | undefined;
  readonly servingSinceMs: number | undefined;
  readonly cause: StopCause;
  readonly progress: StopProgress;
}

/** The end; nothing leads out of it. */
export interface Stopped {
  readonly phase: 'stopped';
  readonly sinceMs: number;
  readonly reason: Reason;
  /** Undefined when no JVM had been started. */
  readonly exit: JvmExit | undefined;
}

/** Where the container's life stands; every `…Ms` is a monotonic time stamp that came with an event. */
export type LifecycleState = Preparing | Starting | Serving | Stopping | Stopped;

/** The states in which a JVM runs or is about to. */
export type LiveState = Starting | Serving | Stopping;

/** The state of a program that has just begun, at the monotonic time `atMs`. */
export function initialState(atMs: number): LifecycleState {
  return { phase: 'preparing', sinceMs: atMs };
}

/** When the JVM first answered, as a monotonic time in milliseconds; undefined when it never did. */
export function servingSince(state: LiveState): number | undefined {
  if (state.phase === 'serving') return state.sinceMs;
  return state.phase === 'stopping' ? state.servingSinceMs : undefined;
}

/** The signals that ask for a stop. A terminal that closes sends HUP. */
export type StopSignal = 'SIGTERM' | 'SIGINT' | 'SIGHUP';

/**
 * The signals that would end or stop a process that does not catch them (signal(7)) and ask nothing of us. Not caught:
 * KILL and STOP; those by which a program that is broken ends; real-time signals, which Node has no names for.
 */
export const ignoredSignals = [
  'SIGUSR2',
  'SIGALRM',
  'SIGVTALRM',
  'SIGPROF',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGIO',
  'SIGPWR',
  'SIGSTKFLT',
  'SIGTTIN',
  'SIGTTOU',
] as const;

/** The signals the supervisor catches. */
export type CaughtSignal = StopSignal | 'SIGQUIT' | 'SIGUSR1' | (typeof ignoredSignals)[number];

/** Every caught signal, for the one place that installs handlers. */
export const caughtSignals: readonly CaughtSignal[] = [
  'SIGTERM',
  'SIGINT',
  'SIGHUP',
  'SIGQUIT',
  'SIGUSR1',
  ...ignoredSignals,
];

/** What has happened. An event reports, and asks for nothing. */
export type LifecycleEventBody =
  /** Settings, checks and files are done: the JVM may be started. */
  | { readonly type: 'prepared' }
  /** The start is refused by settings, safety or the file system; `status` is one of ours. */
  | { readonly type: 'refused'; readonly status: number; readonly reason: string; readonly remedy?: string }
  | { readonly type: 'spawned'; readonly pid: number }
  /** `java` could not be executed; `code` is the system's word, such as ENOENT, `detail` what the file itself shows. */
  | {
      readonly type: 'spawn-failed';
      readonly path: string;
      readonly code: string;
      readonly detail?: string | undefined;
    }
  /** The first `imok`. */
  | { readonly type: 'answered' }
  | { readonly type: 'signal'; readonly signal: CaughtSignal }
  /** `zk-entrypoint hold`: no JVM until the member is released. */
  | { readonly type: 'held' }
  /** Released, but this start cannot continue, because it has given up root. */
  | { readonly type: 'released' }
  /** The others do without this member, or it has waited for them long enough. */
  | { readonly type: 'leave-taken' }
  | { readonly type: 'stop-wait-over' }
  | { readonly type: 'stop-delay-over' }
  | { readonly type: 'stop-timeout-over' }
  | ({ readonly type: 'exited' } & JvmExit)
  /** An uncaught exception or unhandled rejection of ours. */
  | { readonly type: 'bug'; readonly message: string };

/** An event with the monotonic time in milliseconds at which it happened. */
export type LifecycleEvent = LifecycleEventBody & { readonly atMs: number };

/** The event of one type, as `EventOf<'signal'>`. */
export type EventOf<Type extends LifecycleEvent['type']> = Extract<LifecycleEvent, { readonly type: Type }>;

/** The timers of a stop; each ends in the event `<name>-over`. */
export type StopTimer = 'stop-wait' | 'stop-delay' | 'stop-timeout';

/** Further fields of the log line, each with its own key. */
export type LogFields = Readonly<Record<string, string | number>>;

/** What the driver has to do, in the order given. */
export type LifecycleAction =
  | { readonly type: 'spawn' }
  /** Give up reading, writing and waiting; nothing of it may lead to a JVM any more. */
  | { readonly type: 'abort-preparing' }
  /** From now on `/readyz` and `ready` say no. */
  | { readonly type: 'fail-readiness' }
  /** Wait until the others are a quorum without this member, and then tell `leave-taken`. */
  | { readonly type: 'take-leave' }
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

/** How long a stop may take, in milliseconds: ZK_STOP_WAIT, ZK_STOP_DELAY and ZK_STOP_TIMEOUT. */
export interface Budgets {
  /** 0 if there is nothing to wait for. */
  readonly stopWaitMs: number;
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
