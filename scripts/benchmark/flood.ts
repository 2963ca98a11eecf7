import { setTimeout as sleep } from 'node:timers/promises';
import { askFourLetter } from '../../src/host/network/four-letter.ts';
import { HOW_MANY } from './imok-server.ts';
import { type Bench, type Comparison, type Row, valueTarget } from './row.ts';
import { quantile } from './statistics.ts';
import {
  anonymousMiB,
  httpProbe,
  SERVING_JAVA,
  type Supervised,
  startSupervised,
  stopSupervised,
} from './supervised.ts';

const PROBES = 100_000;
const AT_ONCE = 50;
/** What was still on its way has come to rest by then. */
const SETTLE_MS = 3_000;
const PATHS = ['/livez', '/readyz', '/startupz'] as const;

/** What a hundred thousand probes do to the supervisor, to those who ask, and to ZooKeeper behind it. */
export const flood: Comparison = { title: 'a flood of probes', measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const supervised = await startSupervised(stage, { javaHome: stage.fakeJava(SERVING_JAVA), index: 0 });
  try {
    await sleep(SETTLE_MS);
    const before = { memory: anonymousMiB(supervised.pid), words: await wordsAsked(supervised) };
    const begunMs = performance.now();
    const { wrong, tookMs } = await pour(supervised, rounds(PROBES));
    const seconds = (performance.now() - begunMs) / 1_000;
    const words = mostOften(before.words, await wordsAsked(supervised));
    await sleep(SETTLE_MS);
    const runs = tookMs.length;
    const many = `${runs.toLocaleString('en')} HTTP probes`;
    const grown = anonymousMiB(supervised.pid) - before.memory;
    return [
      {
        what: `wrong answers to ${many}`,
        unit: 'in all',
        value: wrong,
        target: valueTarget('at most', 0),
        runs,
      },
      { what: `memory that ${many} add`, unit: 'MiB', value: grown, target: valueTarget('at most', 1), runs },
      {
        what: `p99 of ${many}, ${AT_ONCE} at once`,
        unit: 'ms',
        value: quantile(tookMs, 0.99),
        target: valueTarget('at most', 20),
        runs,
      },
      {
        what: 'words that reach ZooKeeper, the most asked',
        unit: 'per s',
        value: (words - 1) / seconds,
        target: valueTarget('at most', 2),
        runs,
      },
    ];
  } finally {
    await stopSupervised(supervised);
  }
}

async function pour({ healthPort }: Supervised, count: number): Promise<{ wrong: number; tookMs: number[] }> {
  const tookMs: number[] = [];
  let wrong = 0;
  let begun = 0;
  const asker = async () => {
    while (begun < count) {
      const probe = await httpProbe(healthPort, PATHS[begun++ % PATHS.length] ?? PATHS[0]);
      tookMs.push(probe.tookMs);
      if (probe.status !== 200) wrong += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, asker));
  return { wrong, tookMs };
}

type Words = Readonly<Record<string, number>>;

/** Counted by the stand-in for ZooKeeper, not by the supervisor. */
async function wordsAsked({ clientPort: port }: Supervised): Promise<Words> {
  const told = await askFourLetter({
    host: '127.0.0.1',
    port,
    word: HOW_MANY,
    timeoutMs: 2_000,
    maxBytes: 1_024,
  });
  if (told.kind !== 'answer') throw new Error(`the stand-in for ZooKeeper does not tell: ${told.kind}`);
  return JSON.parse(told.text) as Words;
}

function mostOften(before: Words, after: Words): number {
  return Math.max(...Object.entries(after).map(([word, count]) => count - (before[word] ?? 0)));
}
