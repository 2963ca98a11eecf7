import type { LifecycleEventBody } from '../lifecycle/event.ts';
import { caughtSignals } from '../lifecycle/event.ts';

/** Turns signals and bugs of ours into events. Catching USR1 also keeps Node from opening its debugger on it. */
export function catchSignals(dispatch: (event: LifecycleEventBody) => void): void {
  for (const signal of caughtSignals) process.on(signal, () => dispatch({ type: 'signal', signal }));
  const bug = (error: unknown) =>
    dispatch({ type: 'bug', message: error instanceof Error ? error.message : String(error) });
  process.on('uncaughtException', bug);
  process.on('unhandledRejection', bug);
  // A reader of our output that has gone away is no bug; what the JVM writes does not pass through us.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
}
