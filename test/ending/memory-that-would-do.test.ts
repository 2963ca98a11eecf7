import { expect, it } from 'vitest';
import { moreHeap, moreMemory } from '../../src/ending/memory-that-would-do.ts';

const MIB = 2 ** 20;

it.each<[string, Parameters<typeof moreMemory>[0], RegExp]>([
  [
    'a heap too large for Netty',
    { memoryLimitBytes: 512 * MIB, heapBytes: 362 * MIB, usesNetty: true },
    /^lower ZK_HEAP_SIZE to at most 283m, or raise resources\.limits\.memory to 640Mi$/,
  ],
  [
    'data that a smaller heap would not hold',
    { memoryLimitBytes: 512 * MIB, heapBytes: 500 * MIB, snapshotBytes: 100 * MIB },
    /^raise resources\.limits\.memory to 704Mi$/,
  ],
  [
    'a heap that fits',
    { memoryLimitBytes: 1_024 * MIB, heapBytes: 512 * MIB },
    /^raise resources\.limits\.memory to 1536Mi: the heap would fit, so look for what else takes memory/,
  ],
  ['nothing known', {}, /^raise resources\.limits\.memory: /],
])('after a kill, with %s', (_, facts, sentence) => {
  expect(moreMemory(facts)).toMatch(sentence);
});

it.each<[string, Parameters<typeof moreHeap>[0], string]>([
  [
    'the data known',
    { heapBytes: 106 * MIB, memoryLimitBytes: 256 * MIB, snapshotBytes: 100 * MIB },
    'raise ZK_HEAP_SIZE to 448m and resources.limits.memory to 640Mi',
  ],
  [
    'room in the limit',
    { heapBytes: 128 * MIB, memoryLimitBytes: 2_048 * MIB },
    'raise ZK_HEAP_SIZE to 192m',
  ],
  ['nothing known', {}, 'raise ZK_HEAP_SIZE and the memory limit with it'],
])('after a heap that was used up, with %s', (_, facts, sentence) => {
  expect(moreHeap(facts)).toBe(sentence);
});
