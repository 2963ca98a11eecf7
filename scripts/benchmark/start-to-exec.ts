import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Comparison } from './bench.ts';
import { type Row, ratioTarget } from './row.ts';
import { timeInShell } from './shell-timer.ts';
import { interleave, median } from './statistics.ts';

const ROUNDS = 30;
const MOST = 2.5;

/** Says when it runs. What bash itself needs until then counts against us. */
const STAMP = '#!/usr/bin/env bash\necho "$EPOCHREALTIME" >"$BENCH_STAMP"\n';

/** From the container's first moment to the JVM's, against Node doing nothing. */
export const startToExec: Comparison = { title: "start to the JVM's exec", measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const javaHome = stage.fakeJava(STAMP);
  const times = await interleave(rounds(ROUNDS), {
    start: () => untilExec({ stage, javaHome }),
    nothing: async () =>
      (await timeInShell({ runs: 1, command: [process.execPath, '-e', '0'], env: stage.environment() }))
        .wallMs,
  });
  return [
    {
      what: "start to the JVM's exec, empty volumes",
      unit: 'ms',
      value: median(times.start),
      reference: { what: 'node -e 0', value: median(times.nothing) },
      target: ratioTarget('at most', MOST),
      runs: times.start.length,
    },
  ];
}

async function untilExec({ stage, javaHome }: Pick<Bench, 'stage'> & { javaHome: string }): Promise<number> {
  const folder = stage.freshFolder();
  const stamp = join(folder, 'stamp');
  const env = stage.serverEnvironment(folder, { JAVA_HOME: javaHome, BENCH_STAMP: stamp, LC_ALL: 'C' });
  const { begunUs, status } = await timeInShell({ runs: 1, command: [stage.program, 'start'], env });
  if (!existsSync(stamp)) throw new Error(`start ended with ${status} and started no JVM`);
  return (Number(readFileSync(stamp, 'utf8').replace('.', '')) - begunUs) / 1_000;
}
