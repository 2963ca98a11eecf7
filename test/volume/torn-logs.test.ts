import { describe, expect, it } from 'vitest';
import type { FileHead } from '../../src/volume/file-head.ts';
import { leadingTo, tornFindings } from '../../src/volume/logs.ts';
import type { DataFile } from '../../src/volume/volume-facts.ts';

const snapshot = (zxid: bigint): DataFile => ({
  name: `snapshot.${zxid.toString(16)}`,
  zxid,
  packing: 'plain',
});
const log = (zxid: bigint): DataFile => ({ name: `log.${zxid.toString(16)}`, zxid, packing: 'plain' });
const FIRST = 0x1_0000_0001n;
const SECOND = 0x2_0000_0001n;
const torn = [{ path: '/log/log.100000001', next: log(SECOND) }];
const opened = (path: string) => ({ path, file: log(FIRST) }) as unknown as FileHead;
const folder = (...snapshots: readonly DataFile[]) => ({ path: '/data', names: [], snapshots, logs: [] });

describe('a log that ends within a record, before another', () => {
  it('refuses the start where ZooKeeper would read it', () => {
    const found = tornFindings(torn, [opened('/log/log.100000001')], folder(snapshot(0n)));
    expect(found).toMatchObject([
      { code: 'ZK-VOLUME-054', severity: 'error', subject: '/log/log.100000001' },
    ]);
  });

  it('is told of where an older snapshot leads to it, with the snapshots that should go', () => {
    const snapshots = folder(snapshot(0x2_0000_0009n), snapshot(0x1_0000_0003n), snapshot(0n));
    const found = tornFindings(torn, [opened('/log/log.200000001')], snapshots);
    expect(found).toMatchObject([{ code: 'ZK-VOLUME-055', severity: 'warning' }]);
    expect(found[0]?.problem).toContain('/data/snapshot.100000003, /data/snapshot.0');
    expect(leadingTo(log(SECOND), snapshots.snapshots)).toEqual(snapshots.snapshots.slice(1));
  });

  it('is nothing where no snapshot leads to it any more', () => {
    expect(tornFindings(torn, [], folder(snapshot(0x2_0000_0009n), snapshot(0x2_0000_0000n)))).toEqual([]);
  });
});
