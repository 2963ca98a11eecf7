import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Adler32 } from '../../src/volume/adler32.ts';
import {
  gapIn,
  LONGEST_TRANSACTION_BYTES,
  lastTransaction,
  mayEndWithin,
  readWholeLog,
} from '../../src/volume/log-records.ts';

const HEADER = Buffer.alloc(16);

/** A transaction as FileTxnLog writes it: checksum, length, client, counter, zxid, time and type, and the end's mark. */
function record(zxid: bigint, { end = 0x42 }: { end?: number } = {}): Buffer {
  const body = Buffer.alloc(32);
  body.writeBigInt64BE(zxid, 12);
  const prefix = Buffer.alloc(12);
  prefix.writeInt32BE(body.length, 8);
  return Buffer.concat([prefix, body, Buffer.from([end])]);
}

const of = (...parts: readonly Buffer[]) => Buffer.concat([HEADER, ...parts]);

describe('the last transaction of a log', () => {
  it.each<[string, Buffer, bigint | undefined]>([
    ['of a header alone', of(), undefined],
    ['of a header and the zeros that a log is filled up with', of(Buffer.alloc(64)), undefined],
    ['of one', of(record(0x1_0000_0001n)), 0x1_0000_0001n],
    ['of two', of(record(1n), record(2n)), 2n],
    ['of two and zeros', of(record(1n), record(2n), Buffer.alloc(64)), 2n],
    ['of one and another whose end was never written', of(record(1n), record(2n, { end: 0 })), 1n],
    ['of one and another whose end is missing', of(record(1n), record(2n).subarray(0, -1)), 1n],
    [
      'of one and a length below that of a zxid',
      of(record(1n), Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9])),
      1n,
    ],
  ])('%s', (_, bytes, zxid) => {
    expect(lastTransaction(bytes, bytes.length)).toEqual({ zxid, isLast: true });
  });

  it('may not be the last where the bytes end before the log', () => {
    const whole = of(record(1n), record(2n));
    for (const length of [16 + 45, 16 + 50, whole.length])
      expect(lastTransaction(whole.subarray(0, length), whole.length + 45).isLast).toBe(false);
    expect(lastTransaction(whole.subarray(0, 16 + 50), whole.length).zxid).toBe(1n);
  });

  it('is known where zeros follow, although the bytes end before the log', () => {
    const bytes = of(record(1n), Buffer.alloc(64));
    expect(lastTransaction(bytes, 1_000_000)).toEqual({ zxid: 1n, isLast: true });
  });
});

/** What zlib itself says: the last four bytes of its format (RFC 1950). */
const adler32 = (bytes: Uint8Array) => BigInt(deflateSync(bytes).readUInt32BE(deflateSync(bytes).length - 4));

describe('the checksum', () => {
  it('is that of zlib, in whatever parts the bytes come', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20_000 }), { maxLength: 4 }), (parts) => {
        const sum = new Adler32();
        for (const part of parts) sum.add(part);
        expect(sum.value).toBe(adler32(Buffer.concat(parts)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('the first damaged record of a log', () => {
  const summed = (zxid: bigint): Buffer => {
    const bytes = record(zxid);
    bytes.writeBigInt64BE(adler32(bytes.subarray(12, -1)), 0);
    return bytes;
  };
  const log = of(summed(1n), summed(2n), summed(3n), Buffer.alloc(64));
  const damageIn = (bytes: Uint8Array) => readWholeLog(bytes, LONGEST_TRANSACTION_BYTES).damage;
  const LENGTH = summed(1n).length;

  it('is none in a whole log, nor in one that ends in the middle of a record', () => {
    for (let bytes = 0; bytes <= log.length; bytes += 1)
      expect(damageIn(log.subarray(0, bytes))).toBeUndefined();
  });

  it('is the one whose bytes are others than its checksum says, wherever one bit of them flips', () => {
    for (let at = 12; at < LENGTH - 1; at += 1) {
      const flipped = Buffer.from(log);
      const place = 16 + LENGTH + at;
      flipped[place] = (flipped[place] as number) ^ 1;
      expect(damageIn(flipped)).toEqual({
        at: 16 + LENGTH,
        problem: 'has a record with a wrong checksum',
      });
    }
  });

  it('is one of a length that ZooKeeper refuses to read', () => {
    for (const length of [-1, -2_147_483_648, LONGEST_TRANSACTION_BYTES + 1]) {
      const wrong = Buffer.from(log);
      wrong.writeInt32BE(length, 16 + 8);
      expect(damageIn(wrong)?.problem).toContain(`${length} bytes`);
    }
  });
});

describe('the end of a log', () => {
  const log = of(record(1n), record(2n));

  it('is within a record wherever it is cut, but where a record ends or zeros follow', () => {
    const end = (bytes: Uint8Array) => readWholeLog(bytes, LONGEST_TRANSACTION_BYTES).endsWithin === true;
    const summed = Buffer.from(log);
    for (const at of [16, 16 + 45]) summed.writeBigInt64BE(adler32(summed.subarray(at + 12, at + 44)), at);
    for (let bytes = 16; bytes <= summed.length; bytes += 1)
      expect([bytes, end(summed.subarray(0, bytes))]).toEqual([bytes, (bytes - 16) % 45 !== 0]);
    expect(end(of(summed.subarray(16, 61), Buffer.alloc(64)))).toBe(false);
    expect(end(of(summed.subarray(16, 61), summed.subarray(61, 80), Buffer.alloc(64)))).toBe(false);
  });

  it('is as ZooKeeper leaves it where zeros fill it up, or a record ends there', () => {
    expect(mayEndWithin(Buffer.alloc(4_096))).toBe(false);
    expect(mayEndWithin(Buffer.concat([log, Buffer.alloc(20)]))).toBe(false);
    expect(mayEndWithin(log)).toBe(false);
    expect(mayEndWithin(log.subarray(0, -10))).toBe(true);
    expect(mayEndWithin(new Uint8Array())).toBe(false);
  });
});

describe('a gap between transactions', () => {
  const [first, second] = [0x1_0000_0000n, 0x2_0000_0000n];
  it.each<[string, readonly bigint[], readonly bigint[] | undefined]>([
    ['none in what follows the snapshot', [first + 3n, first + 4n], undefined],
    ['none before the snapshot, where logs may have been cut', [first, first + 2n, first + 3n], undefined],
    ['none where an epoch ends', [first + 3n, second + 1n, second + 2n], undefined],
    ['right after the snapshot', [first + 1n, first + 5n], [first + 2n, first + 5n]],
    ['between two', [first + 3n, first + 5n], [first + 3n, first + 5n]],
    ['in a later epoch', [second + 1n, second + 9n], [second + 1n, second + 9n]],
  ])('%s', (_, zxids, gap) => {
    expect(gapIn(zxids, first + 2n)).toEqual(gap);
  });
});
