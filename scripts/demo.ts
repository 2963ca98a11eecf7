import { basename, relative } from 'node:path';
import { elapsed, hush, ink, line } from './demo-page.ts';
import {
  killLeader,
  leaveNothing,
  read,
  sanity,
  serve,
  start,
  startAgain,
  stop,
  write,
} from './demo-steps.ts';
import type { LocalEnsemble } from './local-ensemble/ensemble.ts';
import type { Installation } from './local-ensemble/launch.ts';

/** 128 + SIGINT, as a shell says it. */
const INTERRUPTED = 130;

const startMs = performance.now();
let running: LocalEnsemble | undefined;
let ending = false;
let onInterrupt = () => end(INTERRUPTED, 'before the end of the demo');

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => onInterrupt());
// The reader went away, as in `demo | head`; the watchdog of the ensemble removes what is left.
process.stdout.on('error', () => process.exit(141));
tell().catch((error: Error) => end(1, error.message));

async function tell(): Promise<void> {
  const { ZK_HOME: zkHome, JAVA_HOME: javaHome } = process.env;
  if (!zkHome || !javaHome)
    throw new Error('ZK_HOME or JAVA_HOME is not set: run scripts/demo, which finds both');
  line(`three members of ${basename(zkHome)} on this machine`, 'demo');
  const ensemble = await start({ zkHome, javaHome });
  running = ensemble;
  const quorum = await serve(ensemble);
  await sanity(ensemble);
  const { replaced, back } = await loseTheLeader(ensemble);
  if (process.argv.includes('--keep')) await keep(ensemble, { zkHome, javaHome });
  await stop(ensemble);
  await leaveNothing(ensemble);
  const times = `a quorum after ${quorum}, a killed leader replaced after ${replaced} and back after ${back}`;
  line(ink(`${times}; ${elapsed(startMs)} in all`, 'green'), 'done');
}

async function loseTheLeader(ensemble: LocalEnsemble): Promise<{ replaced: string; back: string }> {
  const [first, , third] = ensemble.members;
  if (first === undefined || third === undefined) throw new Error('three members were wanted');
  await write(first, 'before the crash');
  await read(third, 'before the crash');
  const lost = await killLeader(ensemble);
  const survivors = ensemble.members.filter((member) => member !== lost);
  line('the other two elect a leader and go on', 'survive');
  const replaced = await serve(ensemble, survivors);
  const [survivor = first] = survivors;
  await write(survivor, `while ${lost.name} was gone`);
  const back = await startAgain(ensemble, lost);
  await read(lost, `while ${lost.name} was gone`);
  return { replaced, back };
}

/** Tells how to connect, and waits for Ctrl-C, which then is no interruption but the end. */
async function keep({ connectString }: LocalEnsemble, { zkHome, javaHome }: Installation): Promise<void> {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  onInterrupt = async () => resolve();
  line(`running until Ctrl-C at ${ink(connectString, 'bold')}`, 'keep');
  // A Java that scripts/fetch-java had to fetch is not on the PATH.
  const java = relative('.', javaHome).startsWith('.cache') ? `JAVA_HOME=${relative('.', javaHome)} ` : '';
  line(`${java}${relative('.', zkHome)}/bin/zkCli.sh -server ${connectString}`);
  line(`npx zk-entrypoint sanity --connect ${connectString}`);
  // A pending promise alone would not keep this process.
  const alive = setInterval(() => {}, 60_000);
  await asked;
  clearInterval(alive);
  onInterrupt = () => end(INTERRUPTED, 'before the end of the demo');
}

/** The end before the end, once: kills what runs, removes the folder, says why. */
async function end(status: number, why: string): Promise<void> {
  if (ending) return;
  ending = true;
  line(ink(why, 'red'), status === INTERRUPTED ? 'stopped' : 'FAILED');
  hush(true);
  await running?.close();
  hush(false);
  line('everything that was started is killed, and the folder is removed', 'clean');
  process.exit(status);
}
