import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DataFolder,
  type DataOnVolume,
  dataFolder,
  dataOn,
  isEmpty,
} from '../../src/volume/volume-facts.ts';

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

  it.each<[string, DataFolder, DataFolder, DataOnVolume, number?]>([
    ['nothing', none, none, 'empty'],
    ['nothing but an epoch', none, none, 'empty', 1],
    ['an empty snapshot alone', folder('snapshot.0'), none, 'created'],
    ['an empty snapshot, packed', folder('snapshot.0.gz'), none, 'created'],
    ['an empty snapshot and no epoch of a quorum', folder('snapshot.0'), none, 'created', 0],
    ['an empty snapshot and that of one without a vote', folder('snapshot.0'), none, 'created', -1],
    ['an empty snapshot and the epoch of a quorum', folder('snapshot.0'), none, 'served', 1],
    ['an empty snapshot and a log beside it', folder('snapshot.0'), folder('log.100000001'), 'served'],
    ['a snapshot of something', folder('snapshot.0', 'snapshot.100000002'), none, 'served'],
    ['a log alone', none, folder('log.1'), 'served'],
    ['what is neither', folder('log.1.tmp', 'acceptedEpoch'), none, 'empty'],
  ])('tell what was done with it: %s', (_what, data, log, expected, epoch = 0) => {
    expect(dataOn({ data, log }, epoch)).toBe(expected);
  });

  it('never throw, whatever they are', () => {
    fc.assert(fc.property(fc.array(fc.string()), (names) => void folder(...names)));
  });
});
