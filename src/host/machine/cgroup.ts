import { totalmem } from 'node:os';
import type { Basis } from '../../settings/row.ts';
import { atMost, readText } from '../files/read-file.ts';

/**
 * The memory this process may use, in bytes: the cgroup's limit where there is one below the machine's memory.
 * Both cgroup versions are asked, since a limit may stand in either (Kubernetes' "About cgroup v2").
 */
export function readMemory(root = '/sys/fs/cgroup'): Pick<Basis, 'memoryBytes' | 'memoryIs'> {
  const machine = totalmem();
  const limits = [`${root}/memory.max`, `${root}/memory/memory.limit_in_bytes`].flatMap(readLimit);
  const limit = Math.min(...limits);
  return limit < machine
    ? { memoryBytes: limit, memoryIs: 'limit' }
    : { memoryBytes: machine, memoryIs: 'machine' };
}

/** The memory that the container uses now, in bytes, page cache included; undefined where the system does not say. */
export function usedMemory(root = '/sys/fs/cgroup'): number | undefined {
  const [used] = [`${root}/memory.current`, `${root}/memory/memory.usage_in_bytes`].flatMap(readLimit);
  return used;
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
    const count = readCount(path);
    if (count !== undefined) return count;
  }
  return undefined;
}

function readCount(path: string): number | undefined {
  try {
    const [, digits] = /^oom_kill (\d+)$/m.exec(readText(path, { maxBytes: atMost.lineBytes })) ?? [];
    return digits === undefined ? undefined : Number(digits);
  } catch {
    return undefined;
  }
}
