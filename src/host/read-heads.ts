import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { EpochFiles, NewestTransaction } from '../volume/epochs.ts';
import { type FileHead, HEAD_BYTES, snapshotState, TAIL_BYTES } from '../volume/file-head.ts';
import { lastTransaction } from '../volume/log-records.ts';
import type { DataFile, DataFolder, VolumeFacts } from '../volume/volume-facts.ts';
import { errorCode } from './errno.ts';

/** How many of the newest snapshots are looked at: what a purge keeps at least. */
const LOOKED_AT = 3;
/** How much of a log is read for its transactions: a thousandth of a second's work. */
const LOG_BYTES = 1_048_576;
/** A first snapshot is small; what is larger is not worth the time. */
const PACKED_BYTES = 65_536;
const UNPACKED_BYTES = 4_194_304;

/** The ends of the newest snapshots. */
export function readSnapshotHeads({ path, snapshots }: DataFolder): FileHead[] {
  return snapshots.slice(0, LOOKED_AT).flatMap((file) => readHead(path, file) ?? []);
}

/** The ends of one file; undefined for one that is gone or may not be read, which the look at owners tells. */
export function readHead(folder: string, file: DataFile): FileHead | undefined {
  const path = join(folder, file.name);
  try {
    return endsOf(path, file);
  } catch {
    return undefined;
  }
}

function endsOf(path: string, file: DataFile): FileHead {
  return withFile(path, (descriptor) => {
    const bytes = fstatSync(descriptor).size;
    const part = (length: number, from: number) => {
      const buffer = new Uint8Array(length);
      return buffer.subarray(0, readSync(descriptor, buffer, 0, length, from));
    };
    const head = part(HEAD_BYTES, 0);
    const ends = { file, path, bytes, head, tail: part(TAIL_BYTES, Math.max(0, bytes - TAIL_BYTES)) };
    const isTried = file.packing === 'gz' && bytes > 0 && bytes <= PACKED_BYTES;
    return isTried ? { ...ends, unpacks: unpacks(part(bytes, 0)) } : ends;
  });
}

/** ZooKeeper looks only at the beginning of a packed snapshot before it reads it, and ends when it has no other. */
function unpacks(bytes: Uint8Array): boolean {
  try {
    gunzipSync(bytes, { maxOutputLength: UNPACKED_BYTES });
    return true;
  } catch (error) {
    return errorCode(error) === 'ERR_BUFFER_TOO_LARGE';
  }
}

function withFile<T>(path: string, read: (descriptor: number) => T): T {
  const descriptor = openSync(path, 'r');
  try {
    return read(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The newest transaction that can be told without reading all: from the newest whole snapshot's name and the newest log. */
export function readNewestTransaction(
  { log }: Pick<VolumeFacts, 'log'>,
  snapshots: readonly FileHead[],
): NewestTransaction | undefined {
  const whole = snapshots.find((head) => snapshotState(head) === 'whole');
  const ofSnapshot = whole && { zxid: whole.file.zxid, path: whole.path, isLast: true };
  for (const { name } of log.logs) {
    const path = join(log.path, name);
    const { zxid, isLast } = readLastTransaction(path);
    if (zxid === undefined) continue;
    return ofSnapshot !== undefined && ofSnapshot.zxid >= zxid
      ? { ...ofSnapshot, isLast }
      : { zxid, path, isLast };
  }
  return ofSnapshot;
}

function readLastTransaction(path: string): ReturnType<typeof lastTransaction> {
  try {
    return withFile(path, (descriptor) => {
      const { size } = fstatSync(descriptor);
      const buffer = new Uint8Array(Math.min(size, LOG_BYTES));
      return lastTransaction(buffer.subarray(0, readSync(descriptor, buffer, 0, buffer.length, 0)), size);
    });
  } catch {
    return { zxid: undefined, isLast: false };
  }
}

/** The epoch files' first lines, as ZooKeeper reads them. */
export function readEpochs(folder: string): EpochFiles {
  return {
    acceptedEpoch: firstLine(join(folder, 'acceptedEpoch')),
    currentEpoch: firstLine(join(folder, 'currentEpoch')),
    unfinished: firstLine(join(folder, 'currentEpoch.tmp')),
  };
}

function firstLine(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1').split(/\r\n|\n|\r/, 1)[0] ?? '';
  } catch {
    return undefined;
  }
}
