import { Adler32 } from './adler32.ts';
import type { DataFile } from './volume-facts.ts';

/** The first and last bytes of a file; never more of it is read. */
export interface FileHead {
  readonly file: DataFile;
  readonly path: string;
  readonly bytes: number;
  /** Up to 16 bytes. */
  readonly head: Uint8Array;
  /** Up to 5 bytes. */
  readonly tail: Uint8Array;
  /** False for a packed file that ends too early; a large one is not tried. */
  readonly unpacks?: boolean;
}

/** How much of a file's beginning is looked at: the header of a log, and of a snapshot (magic, version, dbid). */
export const HEAD_BYTES = 16;

/** What a whole snapshot ends with: the string "/" (SnapStream.sealStream). */
export const TAIL_BYTES = 5;

/** What a file looks like from its ends. */
export type FileState = 'whole' | 'empty' | 'cut short' | 'foreign';

/** SnapStream.isValidCheckedStream. */
const LEAST_BYTES = 10;
const SEAL = '\u0000\u0000\u0000\u0001/';
const VERSION = '\u0000\u0000\u0000\u0002';
const GZIP = '\u001f\u008b';
const SNAPPY = '\u0082SNAPPY\u0000';

/** Judges a snapshot as ZooKeeper does before it reads it (SnapStream.isValidSnapshot), and its header besides. */
export function snapshotState({ file, bytes, head, tail, unpacks }: FileHead): FileState {
  if (bytes === 0) return 'empty';
  const begins = latin1(head);
  if (file.packing !== 'plain') {
    if (!begins.startsWith(file.packing === 'gz' ? GZIP : SNAPPY)) return 'foreign';
    return unpacks === false ? 'cut short' : 'whole';
  }
  if (bytes < HEAD_BYTES + TAIL_BYTES) return 'cut short';
  if (!begins.startsWith(`ZKSN${VERSION}`)) return 'foreign';
  return latin1(tail) === SEAL ? 'whole' : 'cut short';
}

/**
 * True for a snapshot that ZooKeeper takes for none, before it reads it (SnapStream.isValidSnapshot): by its end, or its
 * beginning where it is packed. One that passes this and cannot be read ends a server that has no other.
 */
export function isPassedOver({ file, bytes, head, tail }: FileHead): boolean {
  if (file.packing !== 'plain') return !latin1(head).startsWith(file.packing === 'gz' ? GZIP : SNAPPY);
  return bytes < LEAST_BYTES || latin1(tail) !== SEAL;
}

/** Judges a log by its header (FileTxnLog: magic, version, dbid). */
export function logState({ bytes, head }: FileHead): FileState {
  if (bytes === 0) return 'empty';
  if (bytes < HEAD_BYTES) return 'cut short';
  return latin1(head).startsWith(`ZKLG${VERSION}`) ? 'whole' : 'foreign';
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** The last seal: the checksum of all before it, and the string "/". */
const SEAL_BYTES = 8 + TAIL_BYTES;

/**
 * Whether the content of a snapshot is unchanged, by its last checksum (SnapStream.checkSealIntegrity). `read` gives the
 * file in parts. Undefined for a compressed snapshot, because the compression has its own checksum.
 */
export function isAsWritten(
  { file, bytes }: Pick<FileHead, 'file' | 'bytes'>,
  read: (each: (part: Uint8Array) => void) => void,
): boolean | undefined {
  if (file.packing !== 'plain' || bytes < HEAD_BYTES + SEAL_BYTES) return undefined;
  const sum = new Adler32();
  const seal = new Uint8Array(SEAL_BYTES);
  let at = 0;
  read((part) => {
    const summed = Math.max(0, Math.min(part.length, bytes - SEAL_BYTES - at));
    sum.add(part, 0, summed);
    if (summed < part.length) seal.set(part.subarray(summed), at + summed - (bytes - SEAL_BYTES));
    at += part.length;
  });
  return sum.value === new DataView(seal.buffer).getBigInt64(0);
}
