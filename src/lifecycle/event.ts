import type { JvmExit } from './state.ts';

/** The signals that ask for a stop; HUP is what a terminal sends that goes away. */
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

/** What has happened; an event tells, it does not ask. */
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
  | { readonly type: 'stop-delay-over' }
  | { readonly type: 'stop-timeout-over' }
  | ({ readonly type: 'exited' } & JvmExit)
  /** An uncaught exception or unhandled rejection of ours. */
  | { readonly type: 'bug'; readonly message: string };

/** An event with the monotonic time in milliseconds at which it happened. */
export type LifecycleEvent = LifecycleEventBody & { readonly atMs: number };

/** The event of one type, as `EventOf<'signal'>`. */
export type EventOf<Type extends LifecycleEvent['type']> = Extract<LifecycleEvent, { readonly type: Type }>;
