import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Bench, type Comparison, type Row, ratioTarget } from './row.ts';
import { timeInShell } from './shell-timer.ts';
import type { Stage } from './stage.ts';
import { interleave, median } from './statistics.ts';
import {
  httpProbe,
  SERVING_JAVA,
  type Supervised,
  startSupervised,
  stopSupervised,
  usage,
} from './supervised.ts';

const ROUNDS = 8;
const PACED_ROUNDS = 12;
const FORKED_A_ROUND = 10;
const HTTP_A_ROUND = 200;
/** Longer than an answer is good for, so that each probe asks ZooKeeper anew, on caches that have grown cold. */
const PACE_MS = 600;
const MOST_PACED = 0.25;
const MOST_OF_NODE = 1.35;

/** What the tutorial's zkOk.sh does, in its own terms: a shell, a subshell for the pipe, and nc. */
const TUTORIAL = 'OK=$(echo ruok | nc 127.0.0.1 "$ZK_CLIENT_PORT"); [ "$OK" = imok ]';

/** What each kind of probe costs: the CPU of all that is woken but ZooKeeper, against the tutorial's probe. */
export const probeCpu: Comparison = { title: 'CPU of each kind of probe', measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const supervised = await startSupervised(stage, { javaHome: stage.fakeJava(SERVING_JAVA), index: 0 });
  try {
    const env = probeEnvironment(stage, supervised);
    const forked = (...command: readonly string[]) => forkedProbes({ supervised, env, command });
    const close = await interleave(rounds(ROUNDS), {
      tutorial: () => forked('bash', '-c', TUTORIAL),
      http: () => httpProbes(supervised),
      zkOk: () => forked('zkOk.sh'),
      live: () => forked('zk-entrypoint', 'live'),
      nothing: () => forked(process.execPath, '-e', '0'),
    });
    const paced = await interleave(rounds(PACED_ROUNDS), {
      tutorial: () =>
        pause(() => forkedProbes({ supervised, env, command: ['bash', '-c', TUTORIAL], runs: 1 })),
      http: () => pause(() => httpProbes(supervised, 1)),
    });
    const row = (what: string, value: readonly number[], against: readonly number[], runs: number): Row => ({
      what,
      unit: 'ms',
      value: median(value),
      reference: { what: 'the tutorial’s probe', value: median(against) },
      runs,
    });
    const batches = close.tutorial.length;
    return [
      {
        ...row('CPU of an HTTP probe', close.http, close.tutorial, batches * HTTP_A_ROUND),
        target: ratioTarget('at most', 0.1),
      },
      {
        ...row('CPU of zkOk.sh', close.zkOk, close.tutorial, batches * FORKED_A_ROUND),
        target: ratioTarget('at most', 0.7),
      },
      {
        what: 'CPU of zk-entrypoint live',
        unit: 'ms',
        value: median(close.live),
        reference: { what: 'node -e 0', value: median(close.nothing) },
        target: ratioTarget('at most', MOST_OF_NODE),
        runs: batches * FORKED_A_ROUND,
      },
      {
        ...row(
          `CPU of an HTTP probe, one every ${PACE_MS} ms`,
          paced.http,
          paced.tutorial,
          paced.http.length,
        ),
        target: ratioTarget('at most', MOST_PACED),
      },
    ] as Row[];
  } finally {
    await stopSupervised(supervised);
  }
}

/** The drop-ins, the program and nc come first on the PATH. */
export function probeEnvironment(
  stage: Stage,
  { clientPort, healthPort }: Supervised,
): Record<string, string> {
  const dropIns = fileURLToPath(new URL('../../image/bin', import.meta.url));
  const { PATH = '', ...rest } = stage.environment();
  return {
    ...rest,
    PATH: [dropIns, dirname(stage.program), folderOfNc(), PATH].join(':'),
    ZK_CLIENT_PORT: String(clientPort),
    ZK_HEALTH_PORT: String(healthPort),
  };
}

function folderOfNc(): string {
  const fetch = fileURLToPath(new URL('../fetch-tool', import.meta.url));
  const { status, stdout } = spawnSync(fetch, ['nc'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('the tutorial’s probe needs nc, which is not here');
  return dirname(stdout.trim());
}

interface Forked {
  readonly supervised: Supervised;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly runs?: number;
}

/** CPU in ms per probe: of what was forked, and of the supervisor it may have asked. */
async function forkedProbes({ supervised, env, command, runs = FORKED_A_ROUND }: Forked): Promise<number> {
  const before = usage(supervised.pid).cpuNs;
  const { cpuMs, status } = await timeInShell({ runs, command, env });
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status} instead of 0`);
  return cpuMs + (usage(supervised.pid).cpuNs - before) / 1e6 / runs;
}

async function httpProbes({ pid, healthPort }: Supervised, runs = HTTP_A_ROUND): Promise<number> {
  const before = usage(pid).cpuNs;
  for (let run = 0; run < runs; run++) {
    const { status } = await httpProbe(healthPort, '/livez');
    if (status !== 200) throw new Error(`/livez answered ${status} instead of 200`);
  }
  return (usage(pid).cpuNs - before) / 1e6 / runs;
}

async function pause<T>(then: () => Promise<T>): Promise<T> {
  await sleep(PACE_MS);
  return then();
}
