import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Comparison } from './bench.ts';
import { type Row, valueTarget } from './row.ts';
import { timeInShell } from './shell-timer.ts';
import { interleave, median } from './statistics.ts';

const ROUNDS = 30;
const FILES = 100;
const MOST_MS = 10;

/** Says when it runs, as for the time from start to exec. */
const STAMP = '#!/usr/bin/env bash\necho "$EPOCHREALTIME" >"$BENCH_STAMP"\n';
const SNAPSHOT = `ZKSN\0\0\0\u0002${'\0'.repeat(200)}\0\0\0\u0001/`;
const LOG = `ZKLG\0\0\0\u0002${'\0'.repeat(200)}`;

/** What the guards on the volume cost: a full volume against an empty one. */
export const guards: Comparison = { title: 'guards on the volume', measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const javaHome = stage.fakeJava(STAMP);
  const times = await interleave(rounds(ROUNDS), {
    full: () => untilExec({ stage, javaHome, files: FILES }),
    empty: () => untilExec({ stage, javaHome, files: 0 }),
  });
  const [full, empty] = [median(times.full), median(times.empty)];
  return [
    {
      what: `start to the JVM's exec, ${FILES} snapshots and ${FILES} logs more`,
      unit: 'ms',
      value: full - empty,
      reference: { what: 'empty volumes', value: empty },
      target: valueTarget('below', MOST_MS),
      runs: times.full.length,
    },
  ];
}

async function untilExec(at: Pick<Bench, 'stage'> & { javaHome: string; files: number }): Promise<number> {
  const { stage, javaHome, files } = at;
  const folder = stage.freshFolder();
  const stamp = join(folder, 'stamp');
  const env = stage.serverEnvironment(folder, { JAVA_HOME: javaHome, BENCH_STAMP: stamp, LC_ALL: 'C' });
  fill(env['ZK_DATA_DIR'] ?? '', { files, name: 'snapshot', content: SNAPSHOT });
  fill(env['ZK_DATA_LOG_DIR'] ?? '', { files, name: 'log', content: LOG });
  const { begunUs, status } = await timeInShell({ runs: 1, command: [stage.program, 'start'], env });
  if (!existsSync(stamp)) throw new Error(`start ended with ${status} and started no JVM`);
  return (Number(readFileSync(stamp, 'utf8').replace('.', '')) - begunUs) / 1_000;
}

function fill(directory: string, of: { files: number; name: string; content: string }): void {
  const folder = join(directory, 'version-2');
  mkdirSync(folder, { recursive: true });
  for (let number = 1; number <= of.files; number++)
    writeFileSync(join(folder, `${of.name}.${number.toString(16)}`), of.content, 'latin1');
}
