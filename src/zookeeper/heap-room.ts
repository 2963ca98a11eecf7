/** What a JVM with ZooKeeper needs beside its heap: threads, buffers, code (60 to 90 MiB idle, more under load). */
export const ROOM_BESIDE_HEAP_BYTES = 150 * 2 ** 20;

/** The largest part of a container's memory that a heap may be, in percent; with more the kernel kills the JVM sooner or later. */
export const LARGEST_HEAP_PERCENT = 80;

/** The largest heap that fits into a container's memory limit; both in bytes. */
export function largestHeap(limitBytes: number): number {
  return Math.max(
    0,
    Math.floor(Math.min((LARGEST_HEAP_PERCENT / 100) * limitBytes, limitBytes - ROOM_BESIDE_HEAP_BYTES)),
  );
}
