import { atMost, readText } from './read-file.ts';

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
