import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askFourLetter } from '../../src/host/network/four-letter.ts';
import { readSrvr } from '../../src/zookeeper/four-letter/srvr.ts';

/**
 * Three members behind a Service, in a network and with a resolver of their own: run by named-when-ready.test.ts within
 * `unshare --mount --net --pid`, whose end ends everything here. `STORY` tells what happens; printed is after how many
 * milliseconds the first serves:
 * - `named late`: the Service names only pods that are ready; the first is restarted, and its name comes back late.
 * - `new address`: the third leads, ends, and comes back as a pod does, with another address. Then the second ends: the first
 *   needs the third, which it looked up when the third had just gone.
 */
const { FOLDER = '', PROGRAM = '', NAMES = '', JVMFLAGS = '', STORY = '' } = process.env;
const MEMBERS = [0, 1, 2];
const SERVING_MS = 90_000;

/** Just after the election has asked for the sixth time, 12.6 s after the first; by itself it asks again at 25.4 s. */
const NAMED_AFTER_MS = 13_600;

/** Endpoints follow the end of a pod with a delay, so its name has the old address for a while. */
const ENDPOINTS_LAG_MS = 1_500;
/** What Java keeps of a look-up by itself (networkaddress.cache.ttl). */
const JAVA_KEEPS_MS = 30_000;

const hostOf = (member: number) => `zk-${member}.zk.test`;
const movedMembers = new Set<number>();
const addressOf = (member: number) => `127.0.${movedMembers.has(member) ? 1 : 0}.${10 + member}`;

function publish(members: readonly number[]): void {
  const names = Object.fromEntries(members.map((member) => [hostOf(member), addressOf(member)]));
  writeFileSync(NAMES, JSON.stringify(names));
}

/** As a pod: its own name stands in its own hosts file, whatever DNS says. */
function start(member: number) {
  const folder = join(FOLDER, String(member));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'hosts'), `127.0.0.1 localhost\n${addressOf(member)} ${hostOf(member)}\n`);
  const out = openSync(join(folder, 'out'), 'w');
  const script = `mount --bind '${folder}/hosts' /etc/hosts && exec '${PROGRAM}' start`;
  return spawn('unshare', ['--mount', 'bash', '--norc', '-c', script], {
    detached: true,
    stdio: ['ignore', out, out],
    env: {
      PATH: process.env['PATH'],
      JAVA_HOME: process.env['JAVA_HOME'],
      ZK_HOME: process.env['ZK_HOME'],
      ZK_ENSEMBLE: MEMBERS.map(hostOf).join(';'),
      ZK_MYID: String(member + 1),
      ZK_CLIENT_ADDRESS: addressOf(member),
      ZK_HEALTH_ADDRESS: addressOf(member),
      ZK_HEAP_SIZE: '96m',
      ZK_USER: String(process.getuid?.() ?? 0),
      ZK_DATA_DIR: join(folder, 'data'),
      ZK_DATA_LOG_DIR: join(folder, 'datalog'),
      ZK_LOG_DIR: join(folder, 'log'),
      ZK_CONF_DIR: join(folder, 'conf'),
      ZK_TERMINATION_LOG: join(folder, 'termination-log'),
      JVMFLAGS,
    },
  });
}

async function modeOf(member: number): Promise<string | undefined> {
  const where = { host: addressOf(member), port: 2181, timeoutMs: 1_000, maxBytes: 65_536 };
  const srvr = readSrvr(await askFourLetter({ ...where, word: 'srvr' }));
  return srvr.serving ? srvr.mode : undefined;
}

const serves = async (member: number) => (await modeOf(member)) !== undefined;
const leads = async (member: number) => (await modeOf(member)) === 'leader';

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const endsMs = performance.now() + SERVING_MS; !(await holds()); await sleep(100)) {
    if (performance.now() > endsMs) throw new Error('not in time');
  }
}

async function kill(member: number): Promise<void> {
  process.kill(-(pods[member]?.pid ?? 0), 'SIGKILL');
  await until(async () => !(await serves(member)));
}

/** When its name was back. */
async function namedLate(): Promise<number> {
  publish([1, 2]);
  await kill(0);
  start(0);
  await until(() => readFileSync(join(FOLDER, '0/out'), 'utf8').includes('LOOKING'));
  await sleep(NAMED_AFTER_MS);
  if (await serves(0)) throw new Error('it serves without a name');
  publish(MEMBERS);
  return performance.now();
}

/** When the second ended. */
async function newAddress(): Promise<number> {
  if (!(await leads(2))) {
    await kill(1);
    await until(() => leads(2));
    pods[1] = start(1);
    await until(() => serves(1));
  }
  // What was looked up until now is forgotten, so that the next look-up is the one that is kept.
  await sleep(JAVA_KEEPS_MS);
  await kill(2);
  await sleep(ENDPOINTS_LAG_MS);
  movedMembers.add(2);
  publish(MEMBERS);
  start(2);
  await until(() => serves(2));
  const endedAtMs = performance.now();
  await kill(1);
  // Until a moment ago the first followed the second.
  await until(() => leads(2));
  return endedAtMs;
}

publish(MEMBERS);
const pods = MEMBERS.map(start);
for (const member of MEMBERS) await until(() => serves(member));
const sinceMs = await (STORY === 'new address' ? newAddress() : namedLate());
await until(() => serves(0));
process.stdout.write(`${Math.round(performance.now() - sinceMs)}\n`);
process.exit(0);
