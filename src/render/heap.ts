import type { HeapSize } from '../settings/kinds/heap.ts';
import type { Basis } from '../settings/row.ts';

const MIB = 1_048_576;

/** The heap in bytes: a share is taken of the memory limit, in whole MiB. */
export function heapBytes(heap: HeapSize, { memoryBytes }: Pick<Basis, 'memoryBytes'>): number {
  return heap.kind === 'bytes' ? heap.bytes : Math.floor((memoryBytes * heap.percent) / 100 / MIB) * MIB;
}
