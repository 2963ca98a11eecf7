import { describe, expect, it } from 'vitest';
import { keepsWhatItShouldNot, tellsOfDamagedLog, tellsOfGap } from '../../scripts/torture/stage/defects.ts';
import { afterGap, zxidsIn } from '../../scripts/torture/stage/logged.ts';

it('knows a gap by the words of the server that met it, and takes no other failure for one', () => {
  const line = (text: string) => `2026-01-01 00:00:00,000 [myid:2] - ERROR [main:ZKDatabase@340] - ${text}\n`;
  expect(
    tellsOfGap(
      line('Committed proposal cached out of order: 0x77000004aa is not the next proposal of 0x77000004a2'),
    ),
  ).toBe(true);
  expect(tellsOfGap(line('Unable to load database on disk'))).toBe(false);
  expect(tellsOfGap('')).toBe(false);
});

it('knows a log that a full disk left damaged by the words of the server that met it', () => {
  const words = (place: string) =>
    [
      'java.io.IOException: Unreasonable length = 7163177',
      '\tat a.B.checkLength(B.java:1)',
      '\tat a.B.readBuffer(B.java:2)',
    ]
      .concat(`\tat org.apache.zookeeper.${place}`, '')
      .join('\n');
  expect(tellsOfDamagedLog(words('server.persistence.Util.readTxnBytes(Util.java:159)'))).toBe(true);
  expect(tellsOfDamagedLog(words('server.NIOServerCnxn.readRequest(NIOServerCnxn.java:1)'))).toBe(false);
});

describe('a log', () => {
  /** As FileTxnLog writes it, each with a body of some bytes. */
  const logOf = (zxids: readonly bigint[]) =>
    Buffer.concat([
      Buffer.from('ZKLG\0\0\0\x02\0\0\0\0\0\0\0\0', 'latin1'),
      ...zxids.map((zxid, place) => {
        const entry = Buffer.alloc(12 + 32 + place + 1);
        entry.writeInt32BE(32 + place, 8);
        entry.writeBigInt64BE(zxid, 12 + 12);
        entry.write('B', entry.length - 1);
        return entry;
      }),
    ]);
  const zxids = [0x10000001fn, 0x200000001n, 0x200000002n];

  it.each<[string, (log: Buffer) => Buffer]>([
    ['as it is', (log) => log],
    ['grown with zeros', (log) => Buffer.concat([log, Buffer.alloc(64)])],
    ['with half an entry at its end', (log) => Buffer.concat([log, logOf([0x200000003n]).subarray(16, 40)])],
  ])('%s is read', (_, change) => expect(zxidsIn(change(logOf(zxids)))).toEqual(zxids));

  it.each<[string, bigint, readonly bigint[], bigint | undefined]>([
    ['whole', 0x10000001en, zxids, undefined],
    ['of a new epoch alone', 0x10000001fn, [0x200000001n], undefined],
    ['with a skipped number', 0x10000001en, [0x10000001fn, 0x100000021n], 0x100000021n],
    ['with a skipped beginning of an epoch', 0x10000001en, [0x10000001fn, 0x20000000an], 0x20000000an],
    ['with a gap that the snapshot covers', 0x200000009n, [0x10000001fn, 0x20000000an], undefined],
    ['with nothing', -1n, [], undefined],
  ])('%s is judged', (_, snapshot, all, gap) => {
    expect(afterGap({ zxids: new Set(all), snapshot })).toBe(gap);
  });
});

describe('a dirty snapshot', () => {
  const going = (to: string, loaded: string) =>
    [
      `INFO - Truncating log to get in sync with the leader ${to}`,
      'INFO - Reading snapshot /data/version-2/snapshot.8e000004d9',
      `INFO - Snapshot loaded in 324 ms, highest zxid is ${loaded}, digest is 1`,
      '',
    ].join('\n');

  it.each<[string, string, boolean]>([
    ['is loaded again after going back', going('0x8e000004d6', '0x8e000004d9'), true],
    ['is none where the log alone was ahead', going('0x8e000004d6', '0x8e000004d6'), false],
    [
      'is found after a sound one',
      going('0x8e000004d6', '0x8e000004d6') + going('0x8f00000001', '0x8f00000002'),
      true,
    ],
    ['needs somebody to go back', going('0x9', '0xa').replace('Truncating', 'Reading'), false],
  ])('%s', (_, output, dirty) => expect(keepsWhatItShouldNot(output)).toBe(dirty));
});
