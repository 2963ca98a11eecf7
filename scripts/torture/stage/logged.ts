import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** FileHeader: magic, version, dbid. */
const HEADER_BYTES = 16;
/** Of an entry, before its transaction: checksum and length (FileTxnLog.append). */
const CHECKSUM_BYTES = 8;
const LENGTH_BYTES = 4;
/** Of a transaction, before its zxid: client and cxid (TxnHeader). */
const BEFORE_ZXID = 12;
/** The counter in a zxid; the epoch is above it (ZxidUtils). */
const COUNTER_BITS = 32n;
/** Each entry ends with a B. */
const END_BYTES = 1;

/** The ids of all transactions in the logs of a dataLogDir, and that of its newest snapshot. */
export interface Logged {
  readonly zxids: ReadonlySet<bigint>;
  readonly snapshot: bigint;
}

/** What a member has written, from the files alone; it may run meanwhile. */
export function readLogged({ data, log }: { data: string; log: string }): Logged {
  const zxids = namesOf(log, 'log.').flatMap((name) => zxidsIn(readFileSync(join(log, 'version-2', name))));
  const snapshots = namesOf(data, 'snapshot.').map((name) => BigInt(`0x${name.slice('snapshot.'.length)}`));
  return { zxids: new Set(zxids), snapshot: snapshots.toSorted(ascending).at(-1) ?? -1n };
}

/** The ids in one log, in its order; it ends at the zeros that it is grown with, or where it is cut short. */
export function zxidsIn(log: Buffer): bigint[] {
  const zxids: bigint[] = [];
  for (let at = HEADER_BYTES; at + CHECKSUM_BYTES + LENGTH_BYTES <= log.length; ) {
    const length = log.readInt32BE(at + CHECKSUM_BYTES);
    const from = at + CHECKSUM_BYTES + LENGTH_BYTES;
    if (length <= BEFORE_ZXID || from + length + END_BYTES > log.length) break;
    zxids.push(log.readBigInt64BE(from + BEFORE_ZXID));
    at = from + length + END_BYTES;
  }
  return zxids;
}

/**
 * The first transaction after a gap, undefined without one. What follows the newest snapshot, the rest of the log that a
 * start reads, has every number of an epoch from its first on.
 */
export function afterGap({ zxids, snapshot }: Logged): bigint | undefined {
  let before = snapshot;
  for (const zxid of [...zxids].filter((each) => each > snapshot).toSorted(ascending)) {
    const opensEpoch = zxid >> COUNTER_BITS > before >> COUNTER_BITS && BigInt.asUintN(32, zxid) === 1n;
    if (zxid !== before + 1n && !opensEpoch) return zxid;
    before = zxid;
  }
  return undefined;
}

function ascending(one: bigint, other: bigint): number {
  return one < other ? -1 : 1;
}

function namesOf(directory: string, beginning: string): string[] {
  return readdirSync(join(directory, 'version-2')).filter((name) => name.startsWith(beginning));
}
