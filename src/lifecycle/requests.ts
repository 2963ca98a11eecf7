import { type LifecycleAction, log } from './action.ts';
import type { CaughtSignal, StopSignal } from './event.ts';

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
