import { Adler32 } from './adler32.ts';
import { HEAD_BYTES } from './file-head.ts';

/** Before each transaction: its checksum and its length (FileTxnLog.append). */
const PREFIX_BYTES = 12;
/** In a transaction: client and its counter, then the zxid (TxnHeader). */
const ZXID_AT = 12;
const END_OF_RECORD = 0x42;

/** The last transaction in the beginning of a log. */
export interface LastTransaction {
  /** Undefined where there is none. */
  readonly zxid: bigint | undefined;
  /** False where the bytes end before the log does: later ones may follow, of this epoch or a later one. */
  readonly isLast: boolean;
}

/** Walks over the transactions of a log as far as its bytes are here; `wholeBytes` is how long the file is. */
export function lastTransaction(bytes: Uint8Array, wholeBytes: number): LastTransaction {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let zxid: bigint | undefined;
  for (let at = HEAD_BYTES; ; ) {
    const next = recordAt(view, at);
    if (next === 'beyond') return { zxid, isLast: bytes.length >= wholeBytes };
    if (next === 'none') return { zxid, isLast: true };
    zxid = view.getBigInt64(at + PREFIX_BYTES + ZXID_AT);
    at = next;
  }
}

/** Where the next record begins; none at the zeros that a log is filled up with, or where one was never finished. */
function recordAt(view: DataView, at: number): number | 'none' | 'beyond' {
  if (at + PREFIX_BYTES > view.byteLength) return 'beyond';
  const length = view.getInt32(at + 8);
  if (length <= ZXID_AT + 8) return 'none';
  const end = at + PREFIX_BYTES + length;
  if (end >= view.byteLength) return 'beyond';
  return view.getUint8(end) === END_OF_RECORD ? end + 1 : 'none';
}

/** What a log holds, read as a whole. */
export interface WholeLog {
  /** Of each transaction up to the end or the first damage, in the order of the file. */
  readonly zxids: readonly bigint[];
  readonly damage: DamagedRecord | undefined;
  /** True where the file ends before its last record does. */
  readonly endsWithin?: boolean;
}

/** The first record of a log that ZooKeeper would end over. */
export interface DamagedRecord {
  /** In bytes, from the beginning of the file. */
  readonly at: number;
  readonly problem: string;
}

/** BinaryInputArchive: jute.maxbuffer, and as much again for what a transaction adds (jute.maxbuffer.extrasize). */
export const LONGEST_TRANSACTION_BYTES = 2 * 0xfffff;

/**
 * Reads a whole log as ZooKeeper does (FileTxnLog.FileTxnIterator.next): a length that cannot be, or bytes of another
 * checksum, end the server; a record that ends too early is taken for the end of the log.
 */
export function readWholeLog(bytes: Uint8Array, longestBytes: number): WholeLog {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const zxids: bigint[] = [];
  const damaged = (at: number, problem: string): WholeLog => ({ zxids, damage: { at, problem } });
  let at = HEAD_BYTES;
  while (at + PREFIX_BYTES <= bytes.length) {
    const length = view.getInt32(at + 8);
    if (length === 0) return { zxids, damage: undefined };
    if (length < 0 || length > longestBytes)
      return damaged(at, `has a record of ${length} bytes, which is not possible`);
    const [begin, end] = [at + PREFIX_BYTES, at + PREFIX_BYTES + length];
    if (end >= bytes.length) return { zxids, damage: undefined, endsWithin: true };
    if (bytes[end] !== END_OF_RECORD) return { zxids, damage: undefined };
    if (view.getBigInt64(at) !== new Adler32().add(bytes, begin, end).value)
      return damaged(at, 'has a record with a wrong checksum');
    if (length >= ZXID_AT + 8) zxids.push(view.getBigInt64(begin + ZXID_AT));
    at = end + 1;
  }
  return { zxids, damage: undefined, endsWithin: at < bytes.length };
}

/**
 * Whether the last bytes of a log are not as ZooKeeper leaves them: zeros, since a log is filled up with at least 4 KiB of them in
 * advance (FilePadding), or else the sign that ends a record.
 */
export function mayEndWithin(tail: Uint8Array): boolean {
  const last = tail.findLastIndex((byte) => byte !== 0);
  return last >= 0 && tail[last] !== END_OF_RECORD;
}

/** How much of a log's end is looked at. */
export const LOG_TAIL_BYTES = 4_096;

/** The counter's bits in a zxid; the epoch is above them (ZxidUtils). */
const COUNTER_BITS = 32n;

/**
 * The first two transactions after a snapshot between which others are missing: an epoch counts without a gap. From 3.9.4
 * on ZooKeeper ends over it (ZKDatabase.addCommittedProposal); before, it goes on without what is missing.
 */
export function gapIn(zxids: readonly bigint[], snapshot: bigint): readonly [bigint, bigint] | undefined {
  let last = snapshot;
  for (const zxid of zxids) {
    if (zxid <= last) continue;
    if (zxid >> COUNTER_BITS === last >> COUNTER_BITS && zxid > last + 1n) return [last, zxid];
    last = zxid;
  }
  return undefined;
}
