import { constants } from 'node:os';
import { type CaughtSignal, caughtSignals, type LifecycleEventBody } from '../../lifecycle/state.ts';

/**
 * Turns signals and our own bugs into events, starting with signals that came before this program was loaded. Catching USR1
 * also keeps Node from opening its debugger.
 */
export function catchSignals(dispatch: (event: LifecycleEventBody) => void): void {
  for (const signal of caughtSignals) catchSignal(signal, () => dispatch({ type: 'signal', signal }));
  keepDebuggerClosed();
  for (const signal of takeNoted()) dispatch({ type: 'signal', signal });
  const bug = (error: unknown) =>
    dispatch({ type: 'bug', message: error instanceof Error ? error.message : String(error) });
  process.on('uncaughtException', bug);
  process.on('unhandledRejection', bug);
}

/** By the first, a start has its JVM. Node opens the debugger later, on a thread, so there is a second one. */
const LOOKS_MS = [300, 1_000];

/** Closes the debugger that SIGUSR1 may have opened before our handler was installed. */
export function keepDebuggerClosed(): void {
  for (const afterMs of LOOKS_MS) setTimeout(closeDebugger, afterMs).unref();
}

function closeDebugger(): void {
  if (/--inspect/.test(`${process.execArgv} ${process.env['NODE_OPTIONS']}`)) return;
  const inspector = process.getBuiltinModule('node:inspector');
  if (inspector.url() !== undefined) inspector.close();
}

/** Not every system has every signal. */
function catchSignal(signal: CaughtSignal, then: () => void): void {
  if (signal in constants.signals) process.on(signal, then);
}

/** Node writes its warnings to standard error by itself, and waits until they are read. */
export function catchWarnings(say: (warning: string) => void): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => say(`Node says: ${name}: ${message}`));
}

/** The signals that the launcher has noted. It catches stops from its first lines on, because Node alone would end without a message. */
interface Noted {
  readonly signals: readonly CaughtSignal[];
  readonly note: (signal: NodeJS.Signals) => void;
}

/** Does the work of the launcher for the single executable, which has no launcher. */
export function noteStops(): void {
  const signals: CaughtSignal[] = [];
  const note = (signal: NodeJS.Signals) => void signals.push(signal as CaughtSignal);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, note);
  Object.assign(globalThis, { zkEntrypointNoted: { signals, note } satisfies Noted });
}

/** Ends the launcher's handlers. Ours are already installed, so no signal is missed in between. */
function takeNoted(): readonly CaughtSignal[] {
  const { zkEntrypointNoted: noted } = globalThis as { zkEntrypointNoted?: Noted };
  if (noted === undefined) return [];
  for (const signal of caughtSignals) process.off(signal, noted.note);
  return noted.signals;
}
