import { largestHeap, smallestLimit } from '../zookeeper/heap-room.ts';
import type { ExitFacts } from './exit-facts.ts';

const MIB = 2 ** 20;
/** Sizes that are named are multiples of this. */
const STEP_BYTES = 64 * MIB;
/** As the watch over a running member counts (ZK-MEMORY-004): the tree takes three times its snapshot, and needs room to move. */
const HEAP_PER_SNAPSHOT = 4;
/** If every size fits and the kernel still killed the JVM, something else uses memory. How much is not known. */
const GROWTH = 1.5;

type MemoryFacts = Pick<ExitFacts, 'memoryLimitBytes' | 'heapBytes' | 'usesNetty' | 'snapshotBytes'>;

/** After a kill by the kernel: the limit that would do, and the heap that fits into the one there is; part of a sentence. */
export function moreMemory({
  memoryLimitBytes: limitBytes,
  heapBytes,
  usesNetty = false,
  snapshotBytes = 0,
}: MemoryFacts): string {
  if (limitBytes === undefined || heapBytes === undefined)
    return 'raise resources.limits.memory: threads, buffers and TLS need room beside the heap';
  const smallest = smallestLimit(heapBytes, { usesNetty });
  const fitting = largestHeap(limitBytes, { usesNetty });
  // A member whose data fills the heap is not helped by a smaller one.
  const holdsData = fitting >= Math.max(STEP_BYTES, HEAP_PER_SNAPSHOT * snapshotBytes);
  if (smallest <= limitBytes)
    return `raise resources.limits.memory to ${steps(limitBytes * GROWTH) / MIB}Mi: the heap would fit, so look for what else takes memory (exec sessions, agents, files in an emptyDir in memory)`;
  const raise = `raise resources.limits.memory to ${steps(smallest) / MIB}Mi`;
  return holdsData && heapBytes > fitting
    ? `lower ZK_HEAP_SIZE to at most ${fitting / MIB}m, or ${raise}`
    : raise;
}

/** After the heap was used up: the heap that would do and the limit that it needs; part of a sentence. */
export function moreHeap({
  heapBytes,
  memoryLimitBytes: limitBytes,
  usesNetty = false,
  snapshotBytes = 0,
}: MemoryFacts): string {
  if (heapBytes === undefined) return 'raise ZK_HEAP_SIZE and the memory limit with it';
  const heap = steps(Math.max(GROWTH * heapBytes, HEAP_PER_SNAPSHOT * snapshotBytes));
  const limit = steps(smallestLimit(heap, { usesNetty }));
  const raise = `raise ZK_HEAP_SIZE to ${heap / MIB}m`;
  return limitBytes !== undefined && limit > limitBytes
    ? `${raise} and resources.limits.memory to ${limit / MIB}Mi`
    : raise;
}

function steps(bytes: number): number {
  return Math.ceil(bytes / STEP_BYTES) * STEP_BYTES;
}
