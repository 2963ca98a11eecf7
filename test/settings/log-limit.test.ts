import { describe, expect, it } from 'vitest';
import { withLogLimit } from '../../src/settings/log-limit.ts';
import { readSettings } from '../../src/settings/read.ts';
import { parseRelease, type Release } from '../../src/zookeeper/release.ts';

const GIB = 1_024 ** 3;
const memory = { memoryBytes: GIB, memoryIs: 'limit' } as const;
const limited = (
  volumeBytes: number | undefined,
  variables: Record<string, string> = {},
  release = '3.9.6',
) => {
  const { settings } = readSettings({ variables, files: new Map(), memory });
  const { extraConfig } = withLogLimit(settings, { release: parseRelease(release) as Release, volumeBytes });
  return extraConfig;
};

describe('the limit of one log', () => {
  it('is a tenth of a volume on which a log of ZooKeeper’s own limit would be too large', () => {
    expect(limited(10 * GIB)).toEqual([['snapSizeLimitInKb', String(1_024 ** 2)]]);
  });

  it('is ZooKeeper’s own on a large volume, on none, on a release that does not know it, and where it is given', () => {
    expect(limited(100 * GIB)).toEqual([]);
    expect(limited(undefined)).toEqual([]);
    expect(limited(10 * GIB, {}, '3.5.9')).toEqual([]);
    for (const given of ['snapSizeLimitInKb=7', 'snapCount=5000'])
      expect(limited(10 * GIB, { ZK_EXTRA_CONFIG: given })).toEqual([given.split('=')]);
  });
});
