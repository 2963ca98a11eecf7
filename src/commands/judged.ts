import { isForeignSecret } from '../dialects/foreign-names.ts';
import { thisMachine } from '../host/machine/machine.ts';
import { findRunningStart, type RunningStart } from '../host/process/running-start.ts';
import { type Prepared, prepare } from '../preparation/prepare.ts';
import { secretVariables } from '../settings/display.ts';
import { tell, type ViewFlags, wishesOf } from './io.ts';

/** What a command has judged, and by whose settings. */
interface Judged {
  readonly prepared: Prepared;
  /** The pid of the running start whose settings they are; undefined when they are the command's own. */
  readonly startedAs: number | undefined;
}

/**
 * Prepares with the settings of the start that this container runs, which its command may have made from flags; with the
 * command's own where nothing runs, or where a flag asks for others.
 */
export async function judge(flags: ViewFlags = {}): Promise<Judged> {
  const asked = flags.envFile !== undefined || flags.hostname !== undefined;
  const start = asked ? undefined : findRunningStart();
  if (start?.variables === undefined) {
    if (start !== undefined) tell(unseen(start));
    return { prepared: await prepare(thisMachine(), await wishesOf(flags)), startedAs: undefined };
  }
  const envFile = start.envFile === undefined ? {} : { envFile: start.envFile };
  const wishes = await wishesOf({ ...flags, ...envFile });
  const variables = { ...ownSecrets(), ...start.variables };
  return { prepared: await prepare(thisMachine(variables), wishes), startedAs: start.pid };
}

/** What the start keeps from its JVM, and so perhaps from us, the pod spec gives to us as well. */
function ownSecrets(): Record<string, string | undefined> {
  const foreign = Object.keys(process.env).filter(isForeignSecret);
  return Object.fromEntries([...secretVariables(), ...foreign].map((name) => [name, process.env[name]]));
}

function unseen({ pid }: RunningStart): string {
  return `the settings of the running start, pid ${pid}, cannot be seen from here, so those of this command count; give it the same, as in: env ZK_REPLICAS=3 zk-entrypoint status`;
}
