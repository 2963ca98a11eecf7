import type { CpuFact } from '../../health/cpu-metrics.ts';
import { atMost, readText } from '../files/read-file.ts';

/**
 * The processors of this container as the kernel counts them, by cgroup version 2 or 1. Version 1 counts in nanoseconds
 * (Documentation/scheduler/sched-bwc.rst, admin-guide/cgroup-v2.rst).
 */
export function readCpu(root = '/sys/fs/cgroup'): CpuFact {
  const [two, one] = [textOf(`${root}/cpu.stat`), textOf(`${root}/cpu/cpu.stat`)];
  const text = two ?? one ?? '';
  const count = (name: string) => {
    const [, digits] = new RegExp(`^${name} (\\d+)$`, 'm').exec(text) ?? [];
    return digits === undefined ? undefined : Number(digits);
  };
  const limit = two === undefined ? limitOfOne(root) : limitOf(textOf(`${root}/cpu.max`));
  return {
    limit,
    usedSeconds: scaled(count('usage_usec'), 1e6),
    // Without a limit nothing is counted, and a 0 would look like a limit that is never reached.
    ...(limit === undefined
      ? {}
      : {
          periods: count('nr_periods'),
          throttledPeriods: count('nr_throttled'),
          throttledSeconds: scaled(count('throttled_usec'), 1e6) ?? scaled(count('throttled_time'), 1e9),
        }),
  };
}

function scaled(value: number | undefined, divisor: number): number | undefined {
  return value === undefined ? undefined : value / divisor;
}

/** `max 100000`, or `50000 100000`: quota and period in microseconds. */
function limitOf(text: string | undefined): number | undefined {
  const [, quota, period] = /^(\d+) (\d+)$/.exec(text?.trim() ?? '') ?? [];
  return quota === undefined || Number(period) === 0 ? undefined : Number(quota) / Number(period);
}

/** A quota of -1 means no quota. */
function limitOfOne(root: string): number | undefined {
  const [quota, period] = ['cfs_quota_us', 'cfs_period_us'].map((name) => textOf(`${root}/cpu/cpu.${name}`));
  return limitOf(`${quota?.trim()} ${period?.trim()}`);
}

function textOf(path: string): string | undefined {
  try {
    return readText(path, { maxBytes: atMost.lineBytes });
  } catch {
    return undefined;
  }
}
