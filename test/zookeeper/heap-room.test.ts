import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryFindings } from '../../src/checks/jvm/memory.ts';
import { explainExit } from '../../src/ending/exit-codes.ts';
import { table } from '../../src/settings/table.ts';
import { largestHeap } from '../../src/zookeeper/heap-room.ts';
import { NEWEST_RELEASE } from '../../src/zookeeper/release.ts';

const MIB = 2 ** 20;

/** Whether `check` calls the heap too large, and whether the reason of a JVM that was killed does. */
function verdicts(limitBytes: number, heapBytes: number, usesNetty = false) {
  const findings = memoryFindings({
    settings: {
      jvmFlags: usesNetty ? ['-Dzookeeper.serverCnxnFactory=NettyServerCnxnFactory'] : [],
      serverJvmFlags: [],
      extraConfig: [],
    },
    heapBytes,
    heapIsGiven: true,
    memory: { memoryBytes: limitBytes, memoryIs: 'limit' },
  } as never);
  const { remedy } = explainExit({
    exit: { signal: 'SIGKILL' },
    release: NEWEST_RELEASE,
    facts: { memoryLimitBytes: limitBytes, heapBytes, usesNetty },
  });
  return { check: findings.length > 0, end: !remedy.includes('the heap would fit') };
}

describe('the room beside the heap', () => {
  it.each([
    [512, false, 363],
    [512, true, 283],
    [1_024, false, 819],
    [1_024, true, 771],
    [100, false, 0],
  ])('of a limit of %i MiB (Netty: %s) leaves %i MiB at most', (limitMib, usesNetty, heapMib) => {
    expect(largestHeap(limitMib * MIB, { usesNetty }) / MIB).toBe(heapMib);
  });

  it('is one rule: what the check lets pass is not called too large when the JVM was killed', () => {
    const mib = (min: number) => fc.integer({ min, max: 16_384 }).map((count) => count * MIB);
    fc.assert(
      fc.property(mib(256), mib(64), fc.boolean(), (limit, heap, usesNetty) => {
        const { check, end } = verdicts(limit, heap, usesNetty);
        return check === end;
      }),
    );
    expect(verdicts(1_024 * MIB, 798 * MIB)).toEqual({ check: false, end: false });
    expect(verdicts(1_024 * MIB, 850 * MIB)).toEqual({ check: true, end: true });
    // Measured: with TLS, 100 MB of data and a heap of 362 MiB the kernel kills at 512 MiB.
    expect(verdicts(512 * MIB, 362 * MIB)).toEqual({ check: false, end: false });
    expect(verdicts(512 * MIB, 362 * MIB, true)).toEqual({ check: true, end: true });
  });

  it('is what the default heap leaves', () => {
    const { fallback } = table.heap;
    const basis = (memoryBytes: number) => ({ tickTimeMs: 2_000, memoryBytes, memoryIs: 'limit' as const });
    fc.assert(
      fc.property(fc.integer({ min: 256, max: 65_536 }), (limitMib) => {
        const heap = fallback.kind === 'derived' ? fallback.from(basis(limitMib * MIB)) : undefined;
        return heap?.kind === 'bytes' && heap.bytes <= largestHeap(limitMib * MIB, { usesNetty: false });
      }),
    );
  });
});
