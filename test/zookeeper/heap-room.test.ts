import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryFindings } from '../../src/checks/jvm/memory.ts';
import { explainExit } from '../../src/ending/exit-codes.ts';
import { table } from '../../src/settings/table.ts';
import { largestHeap } from '../../src/zookeeper/heap-room.ts';
import { NEWEST_RELEASE } from '../../src/zookeeper/release.ts';

const MIB = 2 ** 20;

/** Whether `check` calls the heap too large, and whether the reason of a JVM that was killed does. */
function verdicts(limitBytes: number, heapBytes: number) {
  const findings = memoryFindings({
    settings: { jvmFlags: [], serverJvmFlags: [] },
    heapBytes,
    heapIsGiven: true,
    memory: { memoryBytes: limitBytes, memoryIs: 'limit' },
  } as never);
  const { remedy } = explainExit({
    exit: { signal: 'SIGKILL' },
    release: NEWEST_RELEASE,
    facts: { memoryLimitBytes: limitBytes, heapBytes },
  });
  return { check: findings.length > 0, end: remedy.startsWith('lower ZK_HEAP_SIZE') };
}

describe('the room beside the heap', () => {
  it.each([
    [512, 362],
    [750, 600],
    [1_024, 819],
    [100, 0],
  ])('of a limit of %i MiB leaves %i MiB at most', (limitMib, heapMib) => {
    expect(Math.floor(largestHeap(limitMib * MIB) / MIB)).toBe(heapMib);
  });

  it('is one rule: what the check lets pass is not called too large when the JVM was killed', () => {
    const mib = (min: number) => fc.integer({ min, max: 16_384 }).map((count) => count * MIB);
    fc.assert(
      fc.property(mib(256), mib(64), (limit, heap) => {
        const { check, end } = verdicts(limit, heap);
        return check === end;
      }),
    );
    expect(verdicts(1_024 * MIB, 798 * MIB)).toEqual({ check: false, end: false });
    expect(verdicts(1_024 * MIB, 850 * MIB)).toEqual({ check: true, end: true });
  });

  it('is what the default heap leaves', () => {
    const { fallback } = table.heap;
    const basis = (memoryBytes: number) => ({ tickTimeMs: 2_000, memoryBytes, memoryIs: 'limit' as const });
    fc.assert(
      fc.property(fc.integer({ min: 256, max: 65_536 }), (limitMib) => {
        const heap = fallback.kind === 'derived' ? fallback.from(basis(limitMib * MIB)) : undefined;
        return heap?.kind === 'bytes' && heap.bytes <= largestHeap(limitMib * MIB);
      }),
    );
  });
});
