import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sendSignal } from '../local-ensemble/owned.ts';
import { firstImok } from './first-imok.ts';
import { type Bench, type Comparison, type Row, ratioTarget } from './row.ts';
import type { Stage } from './stage.ts';
import { interleave, median } from './statistics.ts';

const ROUNDS = 9;
const PATIENCE_MS = 30_000;

/** From nothing to a server that answers, against ZooKeeper's own script on the same configuration. */
export const startToImok: Comparison = { title: 'start to the first imok', measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const times = await interleave(rounds(ROUNDS), {
    ours: () => throughStart(stage),
    script: () => throughScript(stage, {}),
    scriptWithoutJmx: () => throughScript(stage, { JMXDISABLE: 'true' }),
  });
  const row = (against: 'script' | 'scriptWithoutJmx', what: string) => ({
    what: `start to the first imok, ${what}`,
    unit: 'ms' as const,
    value: median(times.ours),
    reference: { what: 'zkServer.sh', value: median(times[against]) },
    runs: times.ours.length,
  });
  // The script turns JMX on unless it is told not to; the second row shows how much of the difference that is.
  return [
    { ...row('script', 'script as it ships'), target: ratioTarget('below', 1) },
    row('scriptWithoutJmx', 'script without JMX'),
  ];
}

/** How long (ms) until a standalone server answers that this program starts. */
export function throughStart(stage: Stage): Promise<number> {
  const env = stage.serverEnvironment(stage.freshFolder());
  return untilImok({ stage, command: [stage.program, 'start'], env });
}

/** The script gets the files that `start` would write, and every folder, beforehand. */
function throughScript(stage: Stage, own: Readonly<Record<string, string>>): Promise<number> {
  const folder = stage.freshFolder();
  const { status } = spawnSync(stage.program, ['render', '--write'], {
    env: stage.serverEnvironment(folder),
  });
  if (status !== 0) throw new Error(`render --write ended with ${status} instead of 0`);
  const env = stage.environment({
    JAVA_HOME: stage.javaHome,
    ZOOCFGDIR: join(folder, 'conf'),
    ZOO_LOG_DIR: join(folder, 'log'),
    ...own,
  });
  const script = join(stage.zkHome, 'bin', 'zkServer.sh');
  return untilImok({ stage, command: [script, 'start-foreground'], env });
}

/** What is started, and where. */
export interface Started {
  readonly stage: Stage;
  readonly command: readonly [string, string];
  readonly env: Readonly<Record<string, string>>;
}

/** How long (ms) until a server that is started so answers ruok on the client port; it is stopped then. */
export function untilImok(started: Started): Promise<number> {
  const { clientPort: port } = started.stage;
  return untilAnswer(started, (gaveUp) => firstImok({ port, timeoutMs: PATIENCE_MS, gaveUp }));
}

/** The same until whatever `first` waits for, which gives its moment (performance.now). */
export async function untilAnswer(
  { command: [file, word], env }: Started,
  first: (gaveUp: Promise<Error>) => Promise<number>,
): Promise<number> {
  const begunMs = performance.now();
  const child = spawn(file, [word], { env, detached: true, stdio: 'ignore' });
  const ended = once(child, 'exit');
  try {
    const gaveUp = ended.then(([status]) => new Error(`${word} ended with ${status} before it answered`));
    return (await first(gaveUp)) - begunMs;
  } finally {
    stopGroup(child);
    await ended;
  }
}

/** The script may have children between itself and the JVM; the entrypoint stops its own JVM. */
function stopGroup(child: ChildProcess): void {
  if (child.pid !== undefined && child.exitCode === null) sendSignal(-child.pid, 'SIGTERM');
}
