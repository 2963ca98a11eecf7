import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullInMs, pressureOf, reserveBytes } from '../../src/volume/pressure.ts';

const MIB = 1_048_576;
const GIB = 1_024 * MIB;

describe('how short room is', () => {
  it.each([
    [{ freeBytes: 9 * GIB, sizeBytes: 10 * GIB, snapshotBytes: 100 * MIB }, 'ample'],
    [{ freeBytes: 900 * MIB, sizeBytes: 10 * GIB, snapshotBytes: 100 * MIB }, 'low'],
    [{ freeBytes: 60 * MIB, sizeBytes: 10 * GIB, snapshotBytes: 10 * MIB }, 'full'],
    [{ freeBytes: 400 * MIB, sizeBytes: 10 * GIB, snapshotBytes: 500 * MIB }, 'full'],
    [{ freeBytes: 6 * MIB, sizeBytes: 64 * MIB, snapshotBytes: 1 * MIB }, 'low'],
    [{ freeBytes: 20 * MIB, sizeBytes: 64 * MIB, snapshotBytes: 1 * MIB }, 'ample'],
  ] as const)('%o is %s', (look, pressure) => {
    expect(pressureOf(look)).toBe(pressure);
  });

  it('grows and never falls as room goes', () => {
    const order = ['ample', 'low', 'full'];
    const size = fc.integer({ min: 16, max: 4_096 }).map((mib) => mib * MIB);
    fc.assert(
      fc.property(size, fc.nat(512), fc.nat(), fc.nat(), (sizeBytes, snapshotMib, one, other) => {
        const at = (free: number) =>
          order.indexOf(
            pressureOf({ freeBytes: free % sizeBytes, sizeBytes, snapshotBytes: snapshotMib * MIB }),
          );
        const [less, more] = [one % sizeBytes, other % sizeBytes].toSorted((a, b) => a - b) as [
          number,
          number,
        ];
        expect(at(less)).toBeGreaterThanOrEqual(at(more));
      }),
    );
  });

  it('holds back another reserve for each member, so that they do not stop at once', () => {
    const sizes = [0, 1, 2].map((place) => reserveBytes(10 * GIB, place));
    expect(sizes).toEqual([64 * MIB, 96 * MIB, 128 * MIB]);
    expect(reserveBytes(64 * MIB, 0)).toBe(Math.floor((64 * MIB) / 20 / 4_096) * 4_096);
    expect(reserveBytes(64 * MIB, 0, 8 * MIB)).toBe(8 * MIB);
  });

  it('is foretold from what was taken lately, and not from a moment', () => {
    expect(fullInMs(left([0, 110], [30, 100], [60, 90]))).toBe(540_000);
    expect(fullInMs(left([0, 110], [30, 100], [59, 90]))).toBeUndefined();
    expect(fullInMs(left([0, 90], [30, 95], [90, 100]))).toBeUndefined();
    expect(fullInMs([])).toBeUndefined();
  });

  it('is not foretold from one step: a new log takes 64 MiB at once', () => {
    expect(fullInMs(left([0, 900], [30, 900], [60, 836], [90, 836]))).toBeUndefined();
    expect(fullInMs(left([0, 900], [30, 836], [60, 772], [90, 772]))).toBeDefined();
  });

  it('is not foretold from our own reserve, which is put there or given up', () => {
    const [first, ...later] = left([0, 900], [30, 899], [60, 860], [90, 859], [120, 858]);
    const withReserve = later.map((each, index) => ({ ...each, reserveBytes: index === 0 ? 0 : 38 * MIB }));
    expect(fullInMs([...(first ? [first] : []), ...withReserve])).toBe(34_320_000);
  });

  /** Samples: after how many seconds how many MiB were free. */
  function left(...samples: readonly (readonly [seconds: number, freeMib: number])[]) {
    return samples.map(([seconds, freeMib]) => ({
      atMs: seconds * 1_000,
      freeBytes: freeMib * MIB,
      sizeBytes: GIB,
      reserveBytes: 0,
    }));
  }
});
