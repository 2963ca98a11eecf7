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

/** A JVM that has said what its beans say, and what we read of it from outside. */
async function bothOf(...flags: readonly string[]) {
  const java = join(testJavaHome(), 'bin/java');
  const started = spawn(java, [...flags, '-Xmx128m', join(import.meta.dirname, 'Beans.java')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  let said = '';
  started.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  while (!said.endsWith('said\n')) {
    const ended = await Promise.race([
      once(started.stdout as NodeJS.ReadableStream, 'data'),
      once(started, 'exit'),
    ]);
    if (typeof ended[0] === 'number') throw new Error(`java ended with ${ended[0]}: ${said}`);
  }
  const beans = new Map(said.split('\n').map((line) => line.split('\t') as [string, string]));
  const fact = jvmReader()(started.pid ?? 0);
  return { beans, families: jvmFamilies(fact), fact };
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
    const { beans, families, fact } = await bothOf(`-XX:+Use${collector}`);
    let compared = 0;
    for (const family of families) {
      for (const sample of family.samples) {
        const key = keyOf(family, sample);
        const bean = beans.get(key);
        if (/^process_|_(?:un)?loaded_total$/.test(key)) continue;
        expect(bean, `${key} is no bean's`).toBeDefined();
        const [value, expected] = [sample.value, Number(bean)];
        compared += 1;
        // Counts and limits are equal. Times of the beans are whole milliseconds a collection; sizes move meanwhile.
        if (key.startsWith('jvm_gc_collection_seconds_sum'))
          expect(Math.abs(value * MILLISECONDS - expected), key).toBeLessThan(60);
        else if (key.includes('_used')) expect(Math.abs(value - expected), key).toBeLessThan(12 * MEGABYTE);
        else if (key === 'jvm_classes_loaded') expect(Math.abs(value - expected), key).toBeLessThan(100);
        else expect(value, key).toBe(expected);
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
