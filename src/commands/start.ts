import { ownStatus } from '../exit-status.ts';
import { thisMachine } from '../host/machine/machine.ts';
import type { handOverPid1 } from '../host/process/init.ts';
import { prepare } from '../preparation/prepare.ts';
import { Life } from '../supervision/life.ts';
import type { FlagsOf } from './definitions.ts';
import { wishesOf } from './io.ts';

/** Lives as long as the JVM: prepares, starts it, supervises it, and ends with its status and a reason. */
export function start(flags: FlagsOf<'start'>, pid1: ReturnType<typeof handOverPid1>): Promise<number> {
  // Should nothing be left to wait for before the end was decided, that end must not look like a success.
  process.exitCode = ownStatus.bug;
  const prepareHere = async () =>
    prepare(thisMachine(), { ...(await wishesOf(flags)), assume: { kind: 'nothing' } });
  return new Promise((ended) => new Life({ prepare: prepareHere, pid1, ended }).begin());
}
