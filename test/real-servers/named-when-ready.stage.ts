import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askFourLetter } from '../../src/host/network/four-letter.ts';
import { readSrvr } from '../../src/zookeeper/four-letter/srvr.ts';

/**
 * Three members behind a Service that names only pods that are ready, in a network and with a resolver of their own:
 * run by named-when-ready.test.ts within `unshare --mount --net --pid`, whose end ends everything here. Restarts the
 * first and prints after how many milliseconds from the moment its name is back it serves.
 */
const { FOLDER = '', PROGRAM = '', NAMES = '', JVMFLAGS = '' } = process.env;
const MEMBERS = [0, 1, 2];
const SERVING_MS = 90_000;

/** Just after the election has asked for the sixth time, 12.6 s after the first; by itself it asks again at 25.4 s. */
const NAMED_AFTER_MS = 13_600;

const hostOf = (member: number) => `zk-${member}.zk.test`;
const addressOf = (member: number) => `127.0.0.${10 + member}`;

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
  return spawn('unshare', ['--mount', 'bash', '-c', script], {
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

async function serves(member: number): Promise<boolean> {
  const where = { host: addressOf(member), port: 2181, timeoutMs: 1_000, maxBytes: 65_536 };
  return readSrvr(await askFourLetter({ ...where, word: 'srvr' })).serving;
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const endsMs = performance.now() + SERVING_MS; !(await holds()); await sleep(100)) {
    if (performance.now() > endsMs) throw new Error('not in time');
  }
}

publish(MEMBERS);
const [first] = MEMBERS.map(start);
for (const member of MEMBERS) await until(() => serves(member));
publish([1, 2]);
process.kill(-(first?.pid ?? 0), 'SIGKILL');
await until(async () => !(await serves(0)));
start(0);
await until(() => readFileSync(join(FOLDER, '0/out'), 'utf8').includes('LOOKING'));
await sleep(NAMED_AFTER_MS);
if (await serves(0)) throw new Error('it serves without a name');
publish(MEMBERS);
const namedAtMs = performance.now();
await until(() => serves(0));
process.stdout.write(`${Math.round(performance.now() - namedAtMs)}\n`);
process.exit(0);
