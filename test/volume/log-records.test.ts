import { describe, expect, it } from 'vitest';
import { lastTransaction } from '../../src/volume/log-records.ts';

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
