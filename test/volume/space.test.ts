import { describe, expect, it } from 'vitest';
import { type SpaceLook, spaceFindings } from '../../src/volume/space.ts';
import { parseRelease, type Release } from '../../src/zookeeper/release.ts';

const MIB = 1_048_576;
const disk = (freeMib: number, device = 1, sizeMib = 10_000) => ({
  path: `/disk-${device}`,
  device,
  freeBytes: freeMib * MIB,
  sizeBytes: sizeMib * MIB,
});

function codes(look: Partial<SpaceLook> & { free: number; log?: SpaceLook['log']; of?: string }): string[] {
  const { free, of = '3.9.6', ...more } = look;
  const usual = {
    extraConfig: [],
    release: parseRelease(of) as Release,
    standalone: true,
    snapshotBytes: 100 * MIB,
  };
  return spaceFindings({ data: disk(free), log: disk(free), ...usual, ...more }).map(({ code }) => code);
}

describe('room', () => {
  it.each<[string, Parameters<typeof codes>[0], string[]]>([
    ['for two snapshots and a log', { free: 264 }, []],
    ['for a little less', { free: 263 }, ['ZK-SPACE-001']],
    ['for less than one snapshot', { free: 99 }, ['ZK-SPACE-002']],
    ['for less than one snapshot, to 3.4', { free: 99, of: '3.4.13' }, ['ZK-SPACE-001']],
    ['for less than one snapshot, in an ensemble', { free: 99, standalone: false }, ['ZK-SPACE-001']],
    ['for nothing, in an ensemble', { free: 0, standalone: false }, ['ZK-SPACE-002']],
    ['for the snapshots alone, the log elsewhere', { free: 200, log: disk(64, 2) }, []],
    ['for no log elsewhere', { free: 200, log: disk(63, 2) }, ['ZK-SPACE-001']],
    ['for nothing elsewhere', { free: 200, log: disk(0, 2) }, ['ZK-SPACE-002']],
    ['for logs of half the volume', { free: 300, log: disk(90, 2, 100) }, ['ZK-SPACE-003']],
    [
      'for logs of a smaller preAllocSize',
      { free: 200, extraConfig: [['preAllocSize', '1024']] },
      ['ZK-SPACE-001'],
    ],
    ['for logs of a preAllocSize that is none', { free: 264, extraConfig: [['preAllocSize', 'x']] }, []],
  ])('%s', (_what, look, expected) => expect(codes(look)).toEqual(expected));
});
