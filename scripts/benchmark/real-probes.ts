import { setTimeout as sleep } from 'node:timers/promises';
import { probeEnvironment } from './probe-cpu.ts';
import { type Bench, type Comparison, type Row, valueTarget } from './row.ts';
import { timeInShell } from './shell-timer.ts';
import { httpProbe, type Supervised, startSupervised, stopSupervised } from './supervised.ts';

const OF_EACH_KIND = 100;
const SETTLE_MS = 1_000;
const PATHS = ['/livez', '/readyz', '/startupz', '/ruok', '/metrics'] as const;
const COMMANDS = [
  ['zkOk.sh'],
  ['zookeeper-ready', '$ZK_CLIENT_PORT'],
  ['zk-live'],
  ['zk-ready'],
  ['zk-entrypoint', 'live'],
] as const;

/** A thousand probes of ten kinds on a real ZooKeeper: whether each is right, and what they leave in its log. */
export const realProbes: Comparison = { title: 'probes of a real ZooKeeper', measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const supervised = await startSupervised(stage, { javaHome: stage.javaHome, index: 0 });
  try {
    const count = rounds(OF_EACH_KIND);
    const env = probeEnvironment(stage, supervised);
    await sleep(SETTLE_MS);
    const linesBefore = lines(supervised);
    let wrong = await wrongByHttp(supervised, count);
    for (const command of COMMANDS) wrong += await wrongByCommand({ command, env, count });
    await sleep(SETTLE_MS);
    const runs = count * (PATHS.length + COMMANDS.length);
    const zero = { unit: 'in all', target: valueTarget('at most', 0), runs } as const;
    return [
      { ...zero, what: `wrong answers, ${count} of each kind of probe`, value: wrong },
      { ...zero, what: `lines that ${runs} probes add to the log`, value: lines(supervised) - linesBefore },
    ];
  } finally {
    await stopSupervised(supervised);
  }
}

function lines({ said }: Supervised): number {
  return said().split('\n').length;
}

async function wrongByHttp({ healthPort }: Supervised, count: number): Promise<number> {
  let wrong = 0;
  for (const path of PATHS) {
    for (let run = 0; run < count; run++) {
      if ((await httpProbe(healthPort, path)).status !== 200) wrong += 1;
    }
  }
  return wrong;
}

interface Commands {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly count: number;
}

/** One at a time, so that every single status is seen. */
async function wrongByCommand({ command, env, count }: Commands): Promise<number> {
  const words = command.map((word) => (word === '$ZK_CLIENT_PORT' ? (env['ZK_CLIENT_PORT'] ?? '') : word));
  let wrong = 0;
  for (let run = 0; run < count; run++) {
    if ((await timeInShell({ runs: 1, command: words, env })).status !== 0) wrong += 1;
  }
  return wrong;
}
