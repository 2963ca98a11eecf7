import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bench, type Comparison, type Row, ratioTarget, valueTarget } from './row.ts';
import { timeInShell } from './shell-timer.ts';
import { throughStart } from './start-to-imok.ts';
import { interleave, median } from './statistics.ts';

const ROUNDS = 30;
const MOST = 2;
const FILES = 100;
const GUARDS_MOST_MS = 10;

/** Says when it runs. What bash itself needs until then counts against us; finding it on the PATH does not. */
const STAMP = '#!/bin/bash\necho "$EPOCHREALTIME" >"$BENCH_STAMP"\n';
const SNAPSHOT = `ZKSN\0\0\0\u0002${'\0'.repeat(200)}\0\0\0\u0001/`;
const LOG = `ZKLG\0\0\0\u0002${'\0'.repeat(200)}`;

/** From the container's first moment to the JVM's, against Node doing nothing; and what a full volume adds to it. */
export const startToExec: Comparison = { title: "start to the JVM's exec", measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const javaHome = stage.fakeJava(STAMP);
  // Compiled code is kept once a server has answered; the image has it from the beginning (image/finish.sh).
  await throughStart(stage);
  const times = await interleave(rounds(ROUNDS), {
    fresh: () => untilExec({ stage, javaHome, files: undefined }),
    full: () => untilExec({ stage, javaHome, files: FILES }),
    empty: () => untilExec({ stage, javaHome, files: 0 }),
    nothing: async () =>
      (await timeInShell({ runs: 1, command: [process.execPath, '-e', '0'], env: stage.environment() }))
        .wallMs,
  });
  const [fresh, full, empty, nothing] = [times.fresh, times.full, times.empty, times.nothing].map(median);
  const runs = times.fresh.length;
  const rest = { unit: 'ms', runs } as const;
  return [
    {
      what: "start to the JVM's exec, a first start",
      value: fresh ?? Number.NaN,
      reference: { what: 'node -e 0', value: nothing ?? Number.NaN },
      target: ratioTarget('at most', MOST),
      ...rest,
    },
    {
      what: `start to the JVM's exec, ${FILES} snapshots and ${FILES} logs more`,
      value: (full ?? Number.NaN) - (empty ?? Number.NaN),
      reference: { what: 'empty volumes', value: empty ?? Number.NaN },
      target: valueTarget('below', GUARDS_MOST_MS),
      ...rest,
    },
  ];
}

interface Start extends Pick<Bench, 'stage'> {
  readonly javaHome: string;
  /** How many snapshots and logs there are; undefined for a volume without directories. */
  readonly files: number | undefined;
}

/** In the variables of a pod, which names no address. */
async function untilExec({ stage, javaHome, files }: Start): Promise<number> {
  const folder = stage.freshFolder();
  const stamp = join(folder, 'stamp');
  const {
    ZK_CLIENT_ADDRESS: _,
    ZK_HEALTH_ADDRESS: __,
    ...env
  } = stage.serverEnvironment(folder, { JAVA_HOME: javaHome, BENCH_STAMP: stamp, LC_ALL: 'C' });
  if (files !== undefined) {
    fill(env['ZK_DATA_DIR'] ?? '', { files, name: 'snapshot', content: SNAPSHOT });
    fill(env['ZK_DATA_LOG_DIR'] ?? '', { files, name: 'log', content: LOG });
  }
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
