import { largestHeap } from '../zookeeper/heap-room.ts';
import type { HeapSize } from './kinds/heap.ts';
import type { Memory } from './row.ts';

const MIB = 1_048_576;
const LEAST_HEAP_BYTES = 64 * MIB;
const MOST_HEAP_BYTES = 2_048 * MIB;
/** Assumed without a limit and a request: half of it is the heap of zkEnv.sh for a server (ZK_SERVER_HEAP). */
const SUPPOSED_BYTES = 2_000 * MIB;

/** The memory that sizes follow from: the limit, else the request, else a fixed size; never what the node has. */
export function basisOf(memory: Memory, requestBytes: number | undefined): Memory {
  if (memory.memoryIs === 'limit') return memory;
  // The downward API gives 0 where a container requests nothing.
  return { ...memory, memoryBytes: requestBytes || SUPPOSED_BYTES };
}

/** Half of the memory, less where the rest of the JVM needs more; at least 64 MiB and at most 2 GiB. */
export function defaultHeap(memoryBytes: number, usesNetty: boolean): HeapSize {
  const wanted = Math.min(memoryBytes / 2, largestHeap(memoryBytes, { usesNetty }), MOST_HEAP_BYTES);
  return { kind: 'bytes', bytes: Math.max(Math.floor(wanted / MIB) * MIB, LEAST_HEAP_BYTES) };
}
