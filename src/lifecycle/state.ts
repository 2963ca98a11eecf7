import type { CaughtSignal } from './event.ts';
import type { Reason } from './reason.ts';

/** How the JVM ended: with a status (0–255), or killed by a signal that is given by its name. */
export type JvmExit = { readonly status: number } | { readonly signal: string };

/** Who asked for the stop: a signal from outside, or a bug of ours that makes going on unsafe. */
export type StopCause =
  | { readonly by: 'signal'; readonly signal: CaughtSignal }
  | { readonly by: 'bug'; readonly message: string };

/** How far a stop has come; `term-due` waits for the pid of a JVM that is just being started. */
export type StopProgress = 'delaying' | 'term-due' | 'term-sent' | 'kill-sent';

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
