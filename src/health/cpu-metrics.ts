import type { Family } from './exposition.ts';

/** What the kernel says of this container's share of the processors (cgroup's cpu.stat and cpu.max). */
export interface CpuFact {
  /** How many processors it may use at once; undefined without a limit. */
  readonly limit?: number | undefined;
  /** Time used by everything in the container, in seconds. */
  readonly usedSeconds?: number | undefined;
  /** Periods (100 ms as a rule) in which something wanted to run; counted with a limit alone. */
  readonly periods?: number | undefined;
  /** Those of them in which the limit was reached and everything stood still. */
  readonly throttledPeriods?: number | undefined;
  /** For how long, summed over the processors, in seconds. */
  readonly throttledSeconds?: number | undefined;
}

/** The processors of the container. A throttled JVM stands still as long as in a collection, and no counter of the JVM shows it. */
export function cpuFamilies(fact: CpuFact): Family[] {
  return [
    {
      name: 'zk_entrypoint_cpu_limit',
      type: 'gauge',
      help: 'Processors that this container may use at once.',
      samples: only(fact.limit),
    },
    counter('cpu_seconds_total', 'Time that this container has spent on processors.', fact.usedSeconds),
    counter('cpu_periods_total', 'Periods in which this container wanted to run.', fact.periods),
    counter(
      'cpu_throttled_periods_total',
      'Periods in which this container reached its CPU limit and stood still.',
      fact.throttledPeriods,
    ),
    counter(
      'cpu_throttled_seconds_total',
      'How long this container stood still at its CPU limit.',
      fact.throttledSeconds,
    ),
  ];
}

function counter(name: string, help: string, value: number | undefined): Family {
  return { name: `zk_entrypoint_${name}`, type: 'counter', help, samples: only(value) };
}

function only(value: number | undefined): { readonly value: number }[] {
  return value === undefined ? [] : [{ value }];
}
