import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Bench, type Comparison, type Row, valueTarget } from './row.ts';
import type { Stage } from './stage.ts';
import { median, quantile } from './statistics.ts';
import { SERVING_JAVA, startSupervised } from './supervised.ts';

const DEATHS = 100;
const MEDIAN_BELOW_MS = 25;
const P99_BELOW_MS = 100;

/** The same kind of process as the stand-in JVM, which takes as long to be torn down. */
const WAITING = ['-e', 'setInterval(() => {}, 2 ** 30); process.stdout.write("ready")'] as const;

/** From the JVM's death to the container's end, against a death that nobody supervises. */
export const jvmDeath: Comparison = { title: "the JVM's death", measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const supervised: number[] = [];
  const alone: number[] = [];
  while (supervised.length < rounds(DEATHS)) {
    for (const { child, jvmPid } of await several(stage)) {
      supervised.push(await untilExit(child, jvmPid));
      alone.push(await dieAlone(stage));
    }
  }
  const row = (figure: 'median' | 'p99', below: number): Row => {
    const of = (values: readonly number[]) => (figure === 'median' ? median(values) : quantile(values, 0.99));
    return {
      what: `JVM's death to the container's exit, ${figure}`,
      unit: 'ms',
      value: of(supervised),
      reference: { what: 'the same without us', value: of(alone) },
      target: valueTarget('below', below),
      runs: supervised.length,
    };
  };
  return [row('median', MEDIAN_BELOW_MS), row('p99', P99_BELOW_MS)];
}

/** Starting takes longer than dying, so several are started together; each dies alone. */
function several(stage: Stage) {
  const javaHome = stage.fakeJava(SERVING_JAVA);
  return Promise.all(stage.healthPorts.map((_, index) => startSupervised(stage, { javaHome, index })));
}

async function dieAlone(stage: Stage): Promise<number> {
  const child = spawn(process.execPath, [...WAITING], {
    env: stage.environment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  return untilExit(child, child.pid ?? 0);
}

/** Kills one process and waits for another to end, in milliseconds. */
async function untilExit(child: ChildProcess, victim: number): Promise<number> {
  const ended = once(child, 'exit');
  const killedMs = performance.now();
  process.kill(victim, 'SIGKILL');
  await ended;
  return performance.now() - killedMs;
}
