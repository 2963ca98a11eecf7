const MIB = 2 ** 20;

/** What a JVM with ZooKeeper and our own process take beside the heap, with requests on the way (docs/operations.md, "Memory"). */
const ROOM_BYTES = 130 * MIB;
/** What Netty takes more: buffers outside the heap, its classes, TLS. */
const NETTY_BYTES = 84 * MIB;
/** What the collector takes to keep order in a heap, G1 the most. */
const COLLECTOR_SHARE = 0.05;

/** The largest part of a container's memory that a heap may be, in percent; with more the kernel kills the JVM sooner or later. */
export const LARGEST_HEAP_PERCENT = 80;

/** What decides on the room beside a heap. */
export interface RoomFacts {
  /** Whether connections of clients go through Netty, as all over TLS do. */
  readonly usesNetty: boolean;
}

/** What is needed beside a heap, in bytes. */
export function roomBesideHeap(heapBytes: number, { usesNetty }: RoomFacts): number {
  return ROOM_BYTES + (usesNetty ? NETTY_BYTES : 0) + COLLECTOR_SHARE * heapBytes;
}

/** The smallest memory limit that a heap fits into, in whole MiB, in bytes. */
export function smallestLimit(heapBytes: number, facts: RoomFacts): number {
  const needed = Math.max(
    heapBytes + roomBesideHeap(heapBytes, facts),
    heapBytes / (LARGEST_HEAP_PERCENT / 100),
  );
  return Math.ceil(needed / MIB) * MIB;
}

/** The largest heap that fits into a memory limit, in whole MiB, in bytes. */
export function largestHeap(limitBytes: number, facts: RoomFacts): number {
  const left = (limitBytes - roomBesideHeap(0, facts)) / (1 + COLLECTOR_SHARE);
  return Math.max(0, Math.floor(Math.min((LARGEST_HEAP_PERCENT / 100) * limitBytes, left) / MIB) * MIB);
}
