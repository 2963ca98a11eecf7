import { type Finding, finding } from '../findings/finding.ts';
import { formatBytes } from '../settings/heap.ts';
import type { SettingFacts } from './facts.ts';

/** The JVM needs room beside its heap: threads, buffers, code; above 80 % of the limit it is killed sooner or later. */
export function memoryFindings({ heapBytes, memory }: SettingFacts): Finding[] {
  if (memory.memoryIs !== 'limit' || heapBytes <= 0.8 * memory.memoryBytes) return [];
  const share = Math.round((100 * heapBytes) / memory.memoryBytes);
  return [
    finding('ZK-MEMORY-001', {
      subject: 'ZK_HEAP_SIZE',
      problem: `is ${formatBytes(heapBytes)}, ${share} % of the container's limit of ${formatBytes(memory.memoryBytes)}; the rest of the JVM would not fit`,
      remedy: 'lower it to at most 80 % (50% is the default), or raise resources.limits.memory',
    }),
  ];
}
