import type { Family, Sample } from './exposition.ts';
import type { JvmCounters } from './perf-data.ts';

/** The JVM as its files show it: its counters, and what the kernel knows of its process. */
export interface JvmFact {
  /** Undefined where the JVM writes none (`-XX:-UsePerfData`, `-XX:+PerfDisableSharedMem`) or another user's. */
  readonly counters?: JvmCounters | undefined;
  /** Time on processors, in seconds. */
  readonly cpuSeconds?: number | undefined;
  readonly residentBytes?: number | undefined;
  readonly virtualBytes?: number | undefined;
}

/**
 * The names that ZooKeeper's Prometheus provider has for the JVM (DefaultExports of Prometheus' Java client), as far as
 * HotSpot's own counters hold them: used and largest heap, its pools, collections, threads, classes. Threads by state,
 * deadlocks, code heaps and buffer pools are in no counter. Sizes of pools are as fresh as HotSpot keeps them: Metaspace
 * as of the last collection.
 */
export function jvmFamilies({ counters, cpuSeconds, residentBytes, virtualBytes }: JvmFact): Family[] {
  return [
    ...(counters === undefined ? [] : counterFamilies(counters)),
    {
      name: 'process_cpu_seconds_total',
      type: 'counter',
      help: 'Time that the JVM has spent on processors, in seconds.',
      samples: sampleOf(cpuSeconds),
    },
    gauge('process_resident_memory_bytes', 'Memory of the JVM that is in RAM.', sampleOf(residentBytes)),
    gauge('process_virtual_memory_bytes', 'Address space of the JVM.', sampleOf(virtualBytes)),
  ];
}

function counterFamilies(counters: JvmCounters): Family[] {
  const number = (name: string): number | undefined => {
    const value = counters.get(name);
    return typeof value === 'number' ? value : undefined;
  };
  const heap = { area: 'heap' };
  const loaded = sumOf([number('java.cls.loadedClasses'), number('java.cls.sharedLoadedClasses')]);
  const unloaded = sumOf([number('java.cls.unloadedClasses'), number('java.cls.sharedUnloadedClasses')]);
  const now = loaded === undefined || unloaded === undefined ? undefined : loaded - unloaded;
  return [
    gauge('jvm_memory_bytes_used', 'Memory in use, by area.', sampleOf(usedHeap(number), heap)),
    gauge('jvm_memory_bytes_max', 'The most that an area may have.', sampleOf(largestHeap(counters), heap)),
    gauge('jvm_memory_pool_bytes_used', 'Memory in use, by pool.', poolSamples(counters)),
    {
      name: 'jvm_gc_collection_seconds',
      type: 'summary',
      help: 'Collections of garbage and the time that they took.',
      samples: collections(counters),
    },
    gauge('jvm_threads_current', 'Threads that live.', sampleOf(number('java.threads.live'))),
    gauge('jvm_threads_daemon', 'Daemon threads that live.', sampleOf(number('java.threads.daemon'))),
    gauge(
      'jvm_threads_peak',
      'The most threads that lived at once.',
      sampleOf(number('java.threads.livePeak')),
    ),
    {
      name: 'jvm_threads_started_total',
      type: 'counter',
      help: 'Threads started.',
      samples: sampleOf(number('java.threads.started')),
    },
    gauge('jvm_classes_loaded', 'Classes that are loaded now.', sampleOf(now)),
    {
      name: 'jvm_classes_loaded_total',
      type: 'counter',
      help: 'Classes loaded since the start.',
      samples: sampleOf(loaded),
    },
    {
      name: 'jvm_classes_unloaded_total',
      type: 'counter',
      help: 'Classes unloaded since the start.',
      samples: sampleOf(unloaded),
    },
  ];
}

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, type: 'gauge', help, samples };
}

function sampleOf(value: number | undefined, labels?: Readonly<Record<string, string>>): Sample[] {
  if (value === undefined) return [];
  return [labels === undefined ? { value } : { labels, value }];
}

function sumOf(values: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}

/** Every collector has up to two generations of up to three spaces; those that it has not are not there. */
const SPACES = ['0.space.0', '0.space.1', '0.space.2', '1.space.0'] as const;

function usedHeap(number: (name: string) => number | undefined): number | undefined {
  const used = SPACES.map((space) => number(`sun.gc.generation.${space}.used`)).filter(
    (value) => value !== undefined,
  );
  return used.length === 0 ? undefined : sumOf(used);
}

/** The collectors of HotSpot by the name of their first counter: 8 and 11 have the shorter ones. */
type Kind = 'serial' | 'parallel' | 'g1' | 'z' | 'shenandoah';

function kindOf(counters: JvmCounters): Kind | undefined {
  const names = [0, 1, 2].map((index) => String(counters.get(`sun.gc.collector.${index}.name`) ?? ''));
  const is = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (is(/^(?:Serial young|Copy$)/)) return 'serial';
  if (is(/^(?:Parallel young|PSScavenge$)/)) return 'parallel';
  if (is(/^G1 /)) return 'g1';
  if (is(/^Shenandoah /)) return 'shenandoah';
  return is(/^Z concurrent cycle pauses$/) ? 'z' : undefined;
}

/** HotSpot adds this to G1's sizes in its counters, so that none is 0 (G1MonitoringSupport's pad_capacity). */
const G1_PADDING_BYTES = 8;

/**
 * What `Runtime.maxMemory` says: a survivor space is left out, since one of the two is always empty. Parallel's depends on
 * what it is about to do, which is in no counter.
 */
function largestHeap(counters: JvmCounters): number | undefined {
  const number = (name: string) => {
    const value = counters.get(`sun.gc.generation.${name}.maxCapacity`);
    return typeof value === 'number' ? value : undefined;
  };
  const old = number('1');
  switch (kindOf(counters)) {
    case 'serial': {
      const [both, survivor] = [sumOf([number('0'), old]), number('0.space.1')];
      return both === undefined || survivor === undefined ? undefined : both - survivor;
    }
    case 'g1':
      return old === undefined ? undefined : old - G1_PADDING_BYTES;
    case 'z':
    case 'shenandoah':
      return old;
    default:
      return undefined;
  }
}

/** Names of MemoryPoolMXBeans, and the counters that say how much is used. */
const POOLS: Readonly<Partial<Record<Kind, Readonly<Record<string, readonly string[]>>>>> = {
  serial: {
    'Eden Space': ['0.space.0'],
    'Survivor Space': ['0.space.1', '0.space.2'],
    'Tenured Gen': ['1.space.0'],
  },
  parallel: {
    'PS Eden Space': ['0.space.0'],
    'PS Survivor Space': ['0.space.1', '0.space.2'],
    'PS Old Gen': ['1.space.0'],
  },
  g1: { 'G1 Eden Space': ['0.space.0'], 'G1 Survivor Space': ['0.space.2'], 'G1 Old Gen': ['1.space.0'] },
  z: { ZHeap: ['1.space.0'] },
  shenandoah: { Shenandoah: ['1.space.0'] },
};

function poolSamples(counters: JvmCounters): Sample[] {
  const kind = kindOf(counters);
  const number = (name: string) => {
    const value = counters.get(`sun.gc.${name}.used`);
    return typeof value === 'number' ? value : undefined;
  };
  const pools = Object.entries((kind && POOLS[kind]) ?? {});
  return [
    ...pools.flatMap(([pool, spaces]) =>
      sampleOf(sumOf(spaces.map((space) => number(`generation.${space}`))), { pool }),
    ),
    ...sampleOf(number('metaspace'), { pool: 'Metaspace' }),
    ...sampleOf(number('compressedclassspace'), { pool: 'Compressed Class Space' }),
  ];
}

/** The GarbageCollectorMXBean for the counters of a collector. Counters without such a bean are left out. */
const BEANS: Readonly<Record<string, string>> = {
  'Serial young collection pauses': 'Copy',
  Copy: 'Copy',
  'Serial full collection pauses': 'MarkSweepCompact',
  MSC: 'MarkSweepCompact',
  'Parallel young collection pauses': 'PS Scavenge',
  PSScavenge: 'PS Scavenge',
  'Parallel full collection pauses': 'PS MarkSweep',
  PSParallelCompact: 'PS MarkSweep',
  'G1 young collection pauses': 'G1 Young Generation',
  'G1 incremental collections': 'G1 Young Generation',
  'G1 full collection pauses': 'G1 Old Generation',
  'G1 stop-the-world full collections': 'G1 Old Generation',
  'Z concurrent cycle pauses': 'ZGC Pauses',
};

function collections(counters: JvmCounters): Sample[] {
  const frequency = counters.get('sun.os.hrt.frequency');
  if (typeof frequency !== 'number' || frequency <= 0) return [];
  return [0, 1, 2].flatMap((index): Sample[] => {
    const [name, count, ticks] = ['name', 'invocations', 'time'].map((what) =>
      counters.get(`sun.gc.collector.${index}.${what}`),
    );
    const gc = typeof name === 'string' && Object.hasOwn(BEANS, name) ? BEANS[name] : undefined;
    if (gc === undefined || typeof count !== 'number' || typeof ticks !== 'number') return [];
    return [
      { suffix: '_sum', labels: { gc }, value: ticks / frequency },
      { suffix: '_count', labels: { gc }, value: count },
    ];
  });
}
