import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataFolder, isEmpty } from '../../src/volume/volume-facts.ts';

const folder = (...names: string[]) => dataFolder('/data/version-2', names);
const none = folder();

describe('the names in version-2', () => {
  it('are read in the order of their transactions, not of their letters', () => {
    const { snapshots, logs } = folder('snapshot.9', 'snapshot.100000002', 'snapshot.a', 'log.1', 'log.10');
    expect(snapshots.map(({ name }) => name)).toEqual(['snapshot.100000002', 'snapshot.a', 'snapshot.9']);
    expect(logs.map(({ zxid }) => zxid)).toEqual([16n, 1n]);
  });

  it('tell how a snapshot is packed', () => {
    expect(
      folder('snapshot.1.gz', 'snapshot.2.snappy', 'snapshot.3').snapshots.map(({ packing }) => packing),
    ).toEqual(['plain', 'snappy', 'gz']);
  });

  it.each(['snapshot', 'snapshot.', 'snapshot.x', 'log.1.tmp', 'acceptedEpoch', 'old-log.1', 'log.1.gz.gz'])(
    '%s is no data',
    (name) => expect(isEmpty({ data: folder(name), log: none })).toBe(true),
  );

  it.each(['snapshot.0', 'log.1', 'snapshot.100000000.gz'])('%s is data, in either directory', (name) => {
    expect(isEmpty({ data: folder(name), log: none })).toBe(false);
    expect(isEmpty({ data: none, log: folder(name) })).toBe(false);
  });

  it('never throw, whatever they are', () => {
    fc.assert(fc.property(fc.array(fc.string()), (names) => void folder(...names)));
  });
});
