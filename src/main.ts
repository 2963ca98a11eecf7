import { endNow } from './host/process/end-now.ts';
import { handOverPid1 } from './host/process/init.ts';
import { keepDebuggerClosed } from './host/process/signals.ts';

/** Only the supervisor lives long enough to be PID 1. It gives that place to an init before anything else is loaded. */
const pid1 = process.argv[2] === 'start' ? handOverPid1() : 'not-pid-1';

keepDebuggerClosed();
void import('./cli.ts').then(({ runCli }) => runCli(process.argv, { pid1 })).then(endNow);
