import { describe, expect, it } from 'vitest';
import { cpuFamilies } from '../../src/health/cpu-metrics.ts';
import { exposition } from '../../src/health/exposition.ts';
import { jvmFamilies } from '../../src/health/jvm-metrics.ts';
import { metricsText } from '../../src/health/metrics.ts';
import { parsePerfData } from '../../src/health/perf-data.ts';
import { g1Counters, perfData, serialCounters } from './perf-data.ts';
import { snapshot } from './snapshots.ts';

const shown = (counters: Readonly<Record<string, number | string>>) =>
  exposition(jvmFamilies({ counters: parsePerfData(perfData(counters)) }))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

describe('the perf data of a JVM', () => {
  it.each([true, false])('is read as it was written, little-endian: %s', (isLittle) => {
    const read = parsePerfData(perfData(serialCounters, { isLittle }));
    expect(Object.fromEntries(read ?? [])).toEqual(serialCounters);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['another file', Buffer.alloc(4_096, 'x')],
    ['one that is being filled', perfData(serialCounters, { accessible: 0 })],
    ['another layout', perfData(serialCounters, { major: 1 })],
  ])('is not read from %s', (_what, bytes) => {
    expect(parsePerfData(bytes)).toBeUndefined();
  });

  it('ends where it is torn', () => {
    const whole = perfData(serialCounters);
    const torn = parsePerfData(whole.subarray(0, 300));
    expect(torn?.size).toBeGreaterThan(1);
    expect(torn?.size).toBeLessThan(Object.keys(serialCounters).length);
  });
});

describe('metrics of the JVM', () => {
  it('have the names of the provider, with the serial collector', () => {
    expect(shown(serialCounters)).toEqual([
      'jvm_memory_bytes_used{area="heap"} 6766584',
      'jvm_memory_bytes_max{area="heap"} 129761280',
      'jvm_memory_pool_bytes_used{pool="Eden Space"} 1774504',
      'jvm_memory_pool_bytes_used{pool="Survivor Space"} 1024',
      'jvm_memory_pool_bytes_used{pool="Tenured Gen"} 4991056',
      'jvm_memory_pool_bytes_used{pool="Metaspace"} 9560248',
      'jvm_memory_pool_bytes_used{pool="Compressed Class Space"} 1147296',
      'jvm_gc_collection_seconds_sum{gc="Copy"} 0.054988594',
      'jvm_gc_collection_seconds_count{gc="Copy"} 6',
      'jvm_gc_collection_seconds_sum{gc="MarkSweepCompact"} 0.021741959',
      'jvm_gc_collection_seconds_count{gc="MarkSweepCompact"} 2',
      'jvm_threads_current 6',
      'jvm_threads_daemon 5',
      'jvm_threads_peak 7',
      'jvm_threads_started_total 9',
      'jvm_classes_loaded 2493',
      'jvm_classes_loaded_total 2496',
      'jvm_classes_unloaded_total 3',
    ]);
  });

  it('have those of G1, and leave out a collector that no bean counts', () => {
    expect(shown(g1Counters)).toEqual([
      'jvm_memory_bytes_used{area="heap"} 6729560',
      'jvm_memory_bytes_max{area="heap"} 134217728',
      'jvm_memory_pool_bytes_used{pool="G1 Eden Space"} 1048576',
      'jvm_memory_pool_bytes_used{pool="G1 Survivor Space"} 2048',
      'jvm_memory_pool_bytes_used{pool="G1 Old Gen"} 5678936',
      'jvm_gc_collection_seconds_sum{gc="G1 Young Generation"} 0.127223802',
      'jvm_gc_collection_seconds_count{gc="G1 Young Generation"} 6',
      'jvm_gc_collection_seconds_sum{gc="G1 Old Generation"} 0.026608034',
      'jvm_gc_collection_seconds_count{gc="G1 Old Generation"} 2',
    ]);
  });

  it('of a JVM that tells nothing are those of its process', () => {
    const fact = { cpuSeconds: 1.5, residentBytes: 4_096, virtualBytes: 8_192 };
    expect(exposition(jvmFamilies(fact))).toBe(
      '# HELP process_cpu_seconds_total Time that the JVM has spent on processors, in seconds.\n' +
        '# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 1.5\n' +
        '# HELP process_resident_memory_bytes Memory of the JVM that is in RAM.\n' +
        '# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes 4096\n' +
        '# HELP process_virtual_memory_bytes Address space of the JVM.\n' +
        '# TYPE process_virtual_memory_bytes gauge\nprocess_virtual_memory_bytes 8192\n',
    );
  });

  it('are on /metrics beside the processors and the zone, read only when they are asked for', () => {
    const facts = {
      figures: () => [
        ...jvmFamilies({ counters: parsePerfData(perfData(g1Counters)) }),
        ...cpuFamilies({
          limit: 0.5,
          periods: 100,
          throttledPeriods: 7,
          throttledSeconds: 1.25,
          usedSeconds: 9,
        }),
      ],
      zone: 'west-1a',
    };
    const text = metricsText(snapshot(facts));
    for (const line of [
      'jvm_memory_bytes_max{area="heap"} 134217728',
      'zk_entrypoint_cpu_limit 0.5',
      'zk_entrypoint_cpu_seconds_total 9',
      'zk_entrypoint_cpu_periods_total 100',
      'zk_entrypoint_cpu_throttled_periods_total 7',
      'zk_entrypoint_cpu_throttled_seconds_total 1.25',
      'zk_entrypoint_zone{zone="west-1a"} 1',
    ])
      expect(text.split('\n')).toContain(line);
    expect(metricsText(snapshot({}))).not.toMatch(/^(?:jvm_|process_|zk_entrypoint_(?:cpu|zone))/m);
  });
});
