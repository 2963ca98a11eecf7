import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, type Comparison, type Reference, type Row, valueTarget } from './row.ts';
import type { Stage } from './stage.ts';
import {
  anonymousMiB,
  SERVING_JAVA,
  type Supervised,
  startSupervised,
  stopSupervised,
  usage,
} from './supervised.ts';

const IDLE_SECONDS = 30;
/** V8 tidies up once, half a minute after the start, and sleeps from then on. */
const SETTLE_MS = 35_000;
const MOST_MIB = 24;
const CPU_MOST_PERCENT = 0.02;
const WAKE_UPS_A_SECOND = 0.2;

/** What watching costs while nothing happens. */
export const idle: Comparison = { title: 'the idle supervisor', measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const supervised = await startSupervised(stage, { javaHome: stage.fakeJava(SERVING_JAVA), index: 0 });
  try {
    const bare = await bareNode(stage);
    await sleep(SETTLE_MS);
    const before = memoryRow('memory of the idle supervisor', supervised, bare);
    const watched = await watch(supervised, rounds(IDLE_SECONDS));
    return [before, ...watched];
  } finally {
    await stopSupervised(supervised);
  }
}

function memoryRow(what: string, { pid }: Supervised, reference: Reference): Row {
  const value = anonymousMiB(pid);
  return { what, unit: 'MiB', value, reference, target: valueTarget('at most', MOST_MIB), runs: 1 };
}

/** A Node that has nothing to do and does not end. */
async function bareNode(stage: Stage): Promise<Reference> {
  const waiting = 'setInterval(() => {}, 2 ** 30); process.stdout.write("ready")';
  const child = spawn(process.execPath, ['-e', waiting], {
    env: stage.environment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  const value = anonymousMiB(child.pid ?? 0);
  child.kill('SIGKILL');
  return { what: 'Node that waits', value };
}

async function watch({ pid }: Supervised, seconds: number): Promise<Row[]> {
  const before = usage(pid);
  const begunMs = performance.now();
  await sleep(seconds * 1_000);
  const after = usage(pid);
  const passedMs = performance.now() - begunMs;
  const cpuPercent = ((after.cpuNs - before.cpuNs) / (passedMs * 1e6)) * 100;
  const sleepsASecond = ((after.sleeps - before.sleeps) / passedMs) * 1_000;
  const row = (
    what: string,
    unit: '%' | 'per s',
    value: number,
    target: ReturnType<typeof valueTarget>,
  ): Row => ({
    what: `${what}, ${seconds} s idle`,
    unit,
    value,
    target,
    runs: 1,
  });
  return [
    row('CPU of the supervisor (of one core)', '%', cpuPercent, valueTarget('at most', CPU_MOST_PERCENT)),
    row('wake-ups of the supervisor', 'per s', sleepsASecond, valueTarget('at most', WAKE_UPS_A_SECOND)),
  ];
}
