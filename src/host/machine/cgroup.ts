import { totalmem } from 'node:os';
import type { Memory } from '../../settings/row.ts';
import { atMost, readText } from '../files/read-file.ts';

/**
 * The memory this process may use, in bytes: the cgroup's limit where there is one below the machine's memory.
 * Both cgroup versions are asked, since a limit may stand in either (Kubernetes' "About cgroup v2").
 */
export function readMemory(root = '/sys/fs/cgroup'): Memory {
  const machine = totalmem();
  const limits = [`${root}/memory.max`, `${root}/memory/memory.limit_in_bytes`].flatMap(readLimit);
  const limit = Math.min(...limits);
  // Version 2 alone slows processes down before it kills them (Kubernetes' "Memory QoS with cgroup v2").
  const [highBytes] = readLimit(`${root}/memory.high`);
  const high = highBytes === undefined || highBytes >= Math.min(limit, machine) ? {} : { highBytes };
  return limit < machine
    ? { memoryBytes: limit, memoryIs: 'limit', ...high }
    : { memoryBytes: machine, memoryIs: 'machine', ...high };
}

/**
 * The memory that the container uses and would miss, in bytes, as the kubelet counts it: without the page cache that the kernel takes
 * back first; undefined where the system does not say.
 */
export function usedMemory(root = '/sys/fs/cgroup'): number | undefined {
  const [used] = [`${root}/memory.current`, `${root}/memory/memory.usage_in_bytes`].flatMap(readLimit);
  if (used === undefined) return undefined;
  const stat = [`${root}/memory.stat`, `${root}/memory/memory.stat`].flatMap((path) => textAt(path) ?? []);
  const [, inactive] = /^(?:total_)?inactive_file (\d+)$/m.exec(stat.join('\n')) ?? [];
  return Math.max(0, used - Number(inactive ?? 0));
}

function textAt(path: string): string | undefined {
  try {
    return readText(path, { maxBytes: atMost.textBytes });
  } catch {
    return undefined;
  }
}

function readLimit(path: string): number[] {
  try {
    const text = readText(path, { maxBytes: atMost.lineBytes }).trim();
    return /^\d+$/.test(text) ? [Number(text)] : [];
  } catch {
    return [];
  }
}

/** How many processes of this cgroup the kernel has killed for memory; undefined where it does not say. */
export function countOomKills(root = '/sys/fs/cgroup'): number | undefined {
  for (const path of [`${root}/memory.events`, `${root}/memory/memory.oom_control`]) {
    const count = readCount(path, 'oom_kill');
    if (count !== undefined) return count;
  }
  return undefined;
}

/** How many times the kernel has slowed processes down that were above memory.high; undefined where it does not say. */
export function countThrottles(root = '/sys/fs/cgroup'): number | undefined {
  return readCount(`${root}/memory.events`, 'high');
}

function readCount(path: string, name: string): number | undefined {
  try {
    const text = readText(path, { maxBytes: atMost.lineBytes });
    const [, digits] = new RegExp(`^${name} (\\d+)$`, 'm').exec(text) ?? [];
    return digits === undefined ? undefined : Number(digits);
  } catch {
    return undefined;
  }
}
