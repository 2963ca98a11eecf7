import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, type Comparison, type Row, valueTarget } from './row.ts';
import { median, quantile } from './statistics.ts';
import { httpProbe, type Supervised, startSupervised, stopSupervised, usage } from './supervised.ts';

const SCRAPES = 10_000;
const ALONE = 50;
const AT_ONCE = 50;
const SETTLE_MS = 3_000;
/** Apart by more than an answer is good for, so that each asks ZooKeeper. */
const APART_MS = 600;

/** What Prometheus costs: one scrape now and then, and as many as come in when somebody asks without end. */
export const scrapes: Comparison = { title: 'scrapes of a real ZooKeeper', measure };

async function measure({ stage, rounds }: Bench): Promise<Row[]> {
  const supervised = await startSupervised(stage, { javaHome: stage.javaHome, index: 0 });
  try {
    await sleep(SETTLE_MS);
    const alone = await oneByOne(supervised, rounds(ALONE));
    const begun = { words: await wordsAsked(supervised), atMs: performance.now() };
    const { wrong, tookMs } = await pour(supervised, rounds(SCRAPES));
    const seconds = (performance.now() - begun.atMs) / 1_000;
    const words = await wordsAsked(supervised);
    const mostOften = Math.max(...[...words].map(([word, count]) => count - (begun.words.get(word) ?? 0)));
    const runs = tookMs.length;
    const many = `${runs.toLocaleString('en')} scrapes`;
    return [
      {
        what: 'one scrape of /metrics, ZooKeeper asked',
        unit: 'ms',
        value: median(alone.tookMs),
        runs: ALONE,
      },
      { what: 'CPU of the supervisor for one scrape', unit: 'ms', value: alone.cpuMs, runs: ALONE },
      { what: 'size of one scrape', unit: 'KiB', value: alone.bytes / 1_024, runs: 1 },
      {
        what: `wrong answers to ${many}`,
        unit: 'in all',
        value: wrong,
        target: valueTarget('at most', 0),
        runs,
      },
      { what: `${many}, ${AT_ONCE} at once`, unit: 'per s', value: runs / seconds, runs },
      { what: `p99 of ${many}, ${AT_ONCE} at once`, unit: 'ms', value: quantile(tookMs, 0.99), runs },
      {
        what: `words that ${many} send to ZooKeeper, the most sent`,
        unit: 'per s',
        value: (mostOften - 1) / seconds,
        target: valueTarget('at most', 2),
        runs,
      },
    ];
  } finally {
    await stopSupervised(supervised);
  }
}

/** Each waits until the answer before it is no longer good. */
async function oneByOne(supervised: Supervised, count: number) {
  const tookMs: number[] = [];
  let [cpuNs, bytes] = [0, 0];
  for (let index = 0; index < count; index++) {
    await sleep(APART_MS);
    const before = usage(supervised.pid).cpuNs;
    const probe = await httpProbe(supervised.healthPort, '/metrics');
    cpuNs += usage(supervised.pid).cpuNs - before;
    tookMs.push(probe.tookMs);
    bytes = probe.bytes;
  }
  return { tookMs, cpuMs: cpuNs / count / 1e6, bytes };
}

async function pour({ healthPort }: Supervised, count: number): Promise<{ wrong: number; tookMs: number[] }> {
  const tookMs: number[] = [];
  let [wrong, begun] = [0, 0];
  const asker = async () => {
    while (begun++ < count) {
      const probe = await httpProbe(healthPort, '/metrics');
      tookMs.push(probe.tookMs);
      if (probe.status !== 200) wrong += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, asker));
  return { wrong, tookMs };
}

/** Words and how often each was sent so far, by the supervisor's own count, whatever they ended in. */
async function wordsAsked({ healthPort }: Supervised): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text();
  const counted = new Map<string, number>();
  for (const [, word = '', count] of text.matchAll(
    /^zk_entrypoint_exchange_duration_seconds_count\{word="(\w+)",[^}]*\} (\d+)$/gm,
  ))
    counted.set(word, (counted.get(word) ?? 0) + Number(count));
  if (counted.size === 0) throw new Error('the supervisor does not say which words it sends');
  return counted;
}
