import { constants } from 'node:os';
import { type CaughtSignal, caughtSignals, type LifecycleEventBody } from '../../lifecycle/state.ts';

/**
 * Turns signals and bugs of ours into events, those first that came before this program was read. Catching USR1 also
 * keeps Node from opening its debugger on it.
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

/** A start has its JVM by the first; Node opens the debugger on a thread, in its own time, so there is a second. */
const LOOKS_MS = [300, 1_000];

/** Closes what SIGUSR1 has opened in Node's own first moments, before any handler could be there. */
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

/** What the launcher leaves for us: it catches stops from its first lines on, since Node would end by them without a word. */
interface Noted {
  readonly signals: readonly CaughtSignal[];
  readonly note: (signal: NodeJS.Signals) => void;
}

/** What the launcher does by lines of its own, for the single executable, which has no launcher. */
export function noteStops(): void {
  const signals: CaughtSignal[] = [];
  const note = (signal: NodeJS.Signals) => void signals.push(signal as CaughtSignal);
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, note);
  Object.assign(globalThis, { zkEntrypointNoted: { signals, note } satisfies Noted });
}

/** Ends the launcher's notes; ours are installed by now, so there is no moment at which nobody listens. */
function takeNoted(): readonly CaughtSignal[] {
  const { zkEntrypointNoted: noted } = globalThis as { zkEntrypointNoted?: Noted };
  if (noted === undefined) return [];
  for (const signal of caughtSignals) process.off(signal, noted.note);
  return noted.signals;
}
