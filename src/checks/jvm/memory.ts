import { type Finding, finding } from '../../findings/finding.ts';
import { formatBytes } from '../../settings/kinds/heap.ts';
import { usesNetty } from '../../settings/memory.ts';
import type { Memory } from '../../settings/row.ts';
import { formatSize } from '../../text/size.ts';
import {
  LARGEST_HEAP_PERCENT,
  largestHeap,
  roomBesideHeap,
  smallestLimit,
} from '../../zookeeper/heap-room.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { type HeapBound, heapInUse } from './jvm-heap.ts';

/** A heap that does not fit into the container, or that no JVM starts with. */
export function memoryFindings(facts: SettingFacts): Finding[] {
  const { largest, smallest } = heapInUse(facts);
  const { memory, settings } = facts;
  return [
    ...orderFindings(smallest, largest),
    ...roomFindings(facts, largest),
    ...throttleFindings(memory, { heapBytes: largest.bytes, usesNetty: usesNetty(settings) }),
    ...machineFindings(facts, smallest),
  ];
}

/**
 * A container that the kernel slows down before it reaches its limit: above memory.high every process waits while pages are taken
 * back. Kubernetes sets it between request and limit where the feature MemoryQoS is on ("Memory QoS with cgroup v2").
 */
export function throttleFindings(
  { highBytes, memoryBytes, memoryIs }: Memory,
  { heapBytes, usesNetty }: { readonly heapBytes: number; readonly usesNetty: boolean },
): Finding[] {
  const needed = smallestLimit(heapBytes, { usesNetty });
  // What is above the limit is the worse problem, and has a finding of its own.
  if (highBytes === undefined || highBytes >= needed || (memoryIs === 'limit' && memoryBytes < needed))
    return [];
  const [high, most] = [formatBytes(highBytes), formatBytes(largestHeap(highBytes, { usesNetty }))];
  return [
    finding('ZK-MEMORY-007', {
      subject: 'memory.high',
      problem: `is ${high}, and the JVM can use ${formatBytes(needed)}: above memory.high the kernel slows the container down, and sessions may expire`,
      remedy: `set resources.requests.memory to the value of resources.limits.memory, so that there is no memory.high; or lower the heap to ${most}`,
    }),
  ];
}

/** The first size is taken at once: "insufficient memory for the Java Runtime Environment", and the JVM ends with 1. */
function machineFindings({ machineBytes }: SettingFacts, { bytes, subject }: HeapBound): Finding[] {
  if (machineBytes === undefined || bytes <= machineBytes) return [];
  return [
    finding('ZK-MEMORY-001', {
      subject,
      problem: `the heap begins with ${formatBytes(bytes)}, more than all memory of this machine (${formatSize(machineBytes)}), and the JVM would end at once`,
      remedy: 'lower it, or start this member on a machine with more memory',
    }),
  ];
}

/** "Initial heap size set to a larger value than the maximum heap size": the JVM ends with 1. */
function orderFindings(smallest: HeapBound, largest: HeapBound): Finding[] {
  if (smallest.bytes <= largest.bytes) return [];
  const subject = largest.subject === 'ZK_HEAP_SIZE' ? smallest.subject : largest.subject;
  return [
    finding('ZK-MEMORY-003', {
      subject,
      problem: `the first size of the heap, ${formatBytes(smallest.bytes)} (${smallest.subject}), is larger than its maximum, ${formatBytes(largest.bytes)} (${largest.subject}): no JVM starts with that`,
      remedy: `set ZK_HEAP_SIZE=${formatBytes(largest.bytes)} and no -Xmx and -Xms`,
    }),
  ];
}

/** The JVM needs room beside its heap: threads, buffers, code; with too large a share of the limit it is killed sooner or later. */
function roomFindings({ memory, settings }: SettingFacts, { bytes, subject, given }: HeapBound): Finding[] {
  const words = given === undefined ? 'is' : `has ${given.word}, so the heap is`;
  if (memory.memoryIs !== 'limit') return [];
  const limit = formatBytes(memory.memoryBytes);
  const facts = { usesNetty: usesNetty(settings) };
  const most = largestHeap(memory.memoryBytes, facts);
  const needed = smallestLimit(bytes, facts);
  const percent = (100 * bytes) / memory.memoryBytes;
  if (percent > LARGEST_HEAP_PERCENT) {
    return [
      finding('ZK-MEMORY-001', {
        subject,
        problem: `${words} ${formatBytes(bytes)}, ${Math.round(percent)} % of the container's limit of ${limit}; the rest of the JVM would not fit`,
        remedy: `lower it to at most ${formatBytes(most)}, or raise resources.limits.memory to ${formatBytes(needed)}`,
      }),
    ];
  }
  const room = memory.memoryBytes - bytes;
  if (room >= roomBesideHeap(bytes, facts)) return [];
  return [
    finding('ZK-MEMORY-002', {
      subject,
      problem: `${words} ${formatBytes(bytes)}, which leaves ${formatBytes(room)} of the container's limit of ${limit} for everything else${facts.usesNetty ? ', Netty among it' : ''}`,
      remedy: `raise resources.limits.memory to ${formatBytes(needed)} or more, or lower the heap to ${formatBytes(most)}`,
    }),
  ];
}
