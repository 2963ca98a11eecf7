import { describe, expect, it } from 'vitest';
import { type Room, roomFindings } from '../../src/volume/room.ts';
import { strangeFindings } from '../../src/volume/strange.ts';
import { dataFolder, dataOn, isOfServer } from '../../src/volume/volume-facts.ts';

const file = (more: Partial<Room['files'][number]>) => ({
  path: '/conf/zoo.cfg',
  bytes: 400,
  folder: '/conf',
  device: 1,
  replacedBytes: 0,
  freeBytes: 1_048_576,
  blockBytes: 4_096,
  freeEntries: 100,
  ...more,
});
const judge = (files: Room['files'], more: Partial<Room> = {}) =>
  roomFindings({ files, fileLimitBytes: undefined, extraConfig: [], ...more }).map(
    ({ code, problem }) => `${code} ${problem}`,
  );

describe('room for the files of a start', () => {
  it.each<[string, Partial<Room['files'][number]>[], string[]]>([
    ['is enough', [{}], []],
    [
      'is not there',
      [{ freeBytes: 0 }],
      ['ZK-SPACE-004 has 0 bytes free, too few to write /conf/zoo.cfg (400 bytes)'],
    ],
    ['is less than a block', [{ freeBytes: 4_095 }], [expect.stringContaining('has 4095 bytes free')]],
    ['is a block', [{ freeBytes: 4_096 }], []],
    ['is for one of two', [{ freeBytes: 4_096 }, { freeBytes: 4_096 }], [expect.stringContaining('too few')]],
    [
      'is for one at a time, where each replaces another',
      [
        { freeBytes: 4_096, replacedBytes: 400 },
        { freeBytes: 4_096, replacedBytes: 400 },
      ],
      [],
    ],
    ['is on devices of their own', [{ freeBytes: 4_096 }, { freeBytes: 4_096, device: 2 }], []],
    ['has no inode', [{ freeEntries: 0 }], ['ZK-SPACE-004 has no inode left, so no file can be made']],
    ['has inodes that nobody counts', [{ freeEntries: undefined }], []],
    ['is not needed', [], []],
  ])('%s', (_, files, expected) => {
    expect(judge(files.map(file))).toEqual(expected);
  });

  it.each<[number | undefined, string, number]>([
    [undefined, '65536', 0],
    [67_108_864, '65536', 0],
    [67_108_863, '65536', 1],
    [1_048_576, '1024', 0],
    [0, '1024', 1],
  ])('under a limit of %s bytes with preAllocSize %s: %i findings', (fileLimitBytes, preAllocSize, count) => {
    expect(judge([], { fileLimitBytes, extraConfig: [['preAllocSize', preAllocSize]] })).toHaveLength(count);
  });
});

describe('a folder of data that cannot be looked at', () => {
  const whole = dataFolder('/data/version-2', ['snapshot.0']);
  const barred = { ...dataFolder('/log/version-2', []), problem: 'is not a directory' };

  it('is said, and is never taken for an empty one', () => {
    expect(strangeFindings({ data: whole, log: barred })).toMatchObject([
      { code: 'ZK-VOLUME-043', subject: '/log/version-2', problem: 'is not a directory' },
    ]);
    expect(dataOn({ data: barred, log: barred }, 0)).toBe('served');
    expect(dataOn({ data: dataFolder('/data/version-2', []), log: whole }, 0)).toBe('created');
  });

  it('tells the first of many that are no files', () => {
    const strange = Array.from({ length: 9 }, (_, at) => ({ path: `/data/log.${at}`, problem: 'is a pipe' }));
    const folder = { ...whole, strange };
    expect(strangeFindings({ data: folder, log: folder })).toHaveLength(3);
  });

  it.each<[string, boolean]>([
    ['snapshot.100000000', true],
    ['log.1', true],
    ['snapshot.1.gz', true],
    ['currentEpoch', true],
    ['currentEpoch.tmp', true],
    ['updatingEpoch', true],
    ['acceptedEpoch', true],
    ['log.1.bak', false],
    ['lost+found', false],
  ])('keeps of the names: %s %s', (name, kept) => {
    expect(isOfServer(name)).toBe(kept);
  });
});
