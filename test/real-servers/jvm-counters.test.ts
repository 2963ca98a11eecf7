import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Family, Sample } from '../../src/health/exposition.ts';
import { jvmFamilies } from '../../src/health/jvm-metrics.ts';
import { jvmReader } from '../../src/host/machine/jvm-counters.ts';
import { testJavaHome } from './members.ts';

let child: ChildProcess | undefined;
afterEach(() => child?.kill('SIGKILL'));

/** What a JVM's beans say before and after we have read it from outside, and what we read. */
async function bothOf(...flags: readonly string[]) {
  const java = join(testJavaHome(), 'bin/java');
  const started = spawn(java, [...flags, '-Xmx128m', join(import.meta.dirname, 'Beans.java')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child = started;
  const before = await beansOf(started);
  const fact = jvmReader()(started.pid ?? 0);
  started.stdin.write('\n');
  return { before, after: await beansOf(started), families: jvmFamilies(fact), fact };
}

async function beansOf(started: ChildProcess): Promise<Map<string, number>> {
  let said = '';
  const hear = (chunk: Buffer) => {
    said += chunk;
  };
  started.stdout?.on('data', hear);
  while (!said.endsWith('said\n')) {
    const ended = await Promise.race([
      once(started.stdout as NodeJS.ReadableStream, 'data'),
      once(started, 'exit'),
    ]);
    if (typeof ended[0] === 'number') throw new Error(`java ended with ${ended[0]}: ${said}`);
  }
  started.stdout?.off('data', hear);
  return new Map(
    said.split('\n').map((line) => {
      const [key = '', value] = line.split('\t');
      return [key, Number(value)];
    }),
  );
}

const keyOf = ({ name }: Family, { suffix, labels = {} }: Sample) =>
  [name + (suffix ?? ''), ...Object.values(labels).filter((value) => value !== 'heap')].join(' ');

const MILLISECONDS = 1_000;
const MEGABYTE = 1_048_576;

describe('the counters of a JVM', () => {
  it.each([
    ['SerialGC', 14],
    ['ParallelGC', 13],
    ['G1GC', 14],
    ['ZGC', 10],
  ])('say with %s what its beans say', async (collector, atLeast) => {
    const { before, after, families, fact } = await bothOf(`-XX:+Use${collector}`);
    let compared = 0;
    for (const family of families) {
      for (const sample of family.samples) {
        const key = keyOf(family, sample);
        if (/^process_|_(?:un)?loaded_total$/.test(key)) continue;
        const [first, second] = [before.get(key), after.get(key)];
        if (first === undefined || second === undefined) throw new Error(`${key} is no bean's`);
        // Counts and limits are the bean's own. Times of the beans are whole milliseconds a collection; sizes move meanwhile.
        const [scale, slack] = key.startsWith('jvm_gc_collection_seconds_sum')
          ? [MILLISECONDS, 60]
          : key.includes('_used')
            ? [1, 12 * MEGABYTE]
            : [1, key === 'jvm_classes_loaded' ? 100 : 0];
        expect(sample.value * scale, key).toBeGreaterThanOrEqual(Math.min(first, second) - slack);
        expect(sample.value * scale, key).toBeLessThanOrEqual(Math.max(first, second) + slack);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(atLeast);
    expect(fact.residentBytes).toBeGreaterThan(10 * MEGABYTE);
    expect(fact.cpuSeconds).toBeGreaterThan(0);
  });

  it('are not there where the JVM keeps none, and its process is', async () => {
    const { families, fact } = await bothOf('-XX:-UsePerfData');
    expect(fact.counters).toBeUndefined();
    const shown = families.filter(({ samples }) => samples.length > 0).map(({ name }) => name);
    expect(shown).toEqual([
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'process_virtual_memory_bytes',
    ]);
  });
});
