import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EpochFiles, NewestTransaction } from '../../volume/epochs.ts';
import { type FileHead, HEAD_BYTES, snapshotState, TAIL_BYTES } from '../../volume/file-head.ts';
import { LOG_TAIL_BYTES, lastTransaction, mayEndWithin, readWholeLog } from '../../volume/log-records.ts';
import type { TornLog } from '../../volume/logs.ts';
import type { DataFile, DataFolder, VolumeFacts } from '../../volume/volume-facts.ts';
import { errorCode } from '../errno.ts';
import { atMost, readBeginning, readBytes, readEnds, readText } from '../files/read-file.ts';

/** How many of the newest snapshots are read: the least that a purge keeps. */
const LOOKED_AT = 3;
/** How much of a log is read for its transactions: a thousandth of a second's work. */
const LOG_BYTES = 1_048_576;
/** A first snapshot is small. A larger one is not read, to save time. */
const PACKED_BYTES = 65_536;
const UNPACKED_BYTES = 4_194_304;

/** The ends of the newest snapshots. */
export function readSnapshotHeads({ path, snapshots }: DataFolder): FileHead[] {
  return snapshots.slice(0, LOOKED_AT).flatMap((file) => readHead(path, file) ?? []);
}

/** The ends of one file; undefined if it is gone, is not a file or may not be read. Other checks report that. */
export function readHead(folder: string, file: DataFile): FileHead | undefined {
  const path = join(folder, file.name);
  try {
    const ends = { file, path, ...readEnds(path, { head: HEAD_BYTES, tail: TAIL_BYTES }) };
    const isTried = file.packing === 'gz' && ends.bytes > 0 && ends.bytes <= PACKED_BYTES;
    if (!isTried) return ends;
    return { ...ends, unpacks: unpacks(readBytes(path, { maxBytes: PACKED_BYTES, lies: 'volume' })) };
  } catch {
    return undefined;
  }
}

/** ZooKeeper checks only the beginning of a compressed snapshot before it reads it, and ends if it has no other. */
function unpacks(bytes: Uint8Array): boolean {
  // Rare, and node:zlib takes its time to load.
  const { gunzipSync } = process.getBuiltinModule('node:zlib');
  try {
    gunzipSync(bytes, { maxOutputLength: UNPACKED_BYTES });
    return true;
  } catch (error) {
    return errorCode(error) === 'ERR_BUFFER_TOO_LARGE';
  }
}

/** The newest transaction that is known without reading everything: from the name of the newest complete snapshot and the newest log. */
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
    const { bytes, beginning } = readBeginning(path, LOG_BYTES);
    return lastTransaction(beginning, bytes);
  } catch {
    return { zxid: undefined, isLast: false };
  }
}

/** How many logs are checked, newest first. */
const LOGS_LOOKED_AT = 32;
/** Logs are seldom larger, and the memory of the container is for the JVM. A larger log is left to ZooKeeper. */
export const MOST_LOG_BYTES = 134_217_728;

/** Logs that end within a record, although the next log does not continue there. A whole log is read only if its end is suspicious. */
export function readTornLogs({ path: folder, logs }: DataFolder): TornLog[] {
  return logs.slice(1, LOGS_LOOKED_AT).flatMap(({ name }, place): TornLog[] => {
    const next = logs[place] as DataFile;
    const path = join(folder, name);
    try {
      const { tail } = readEnds(path, { head: 0, tail: LOG_TAIL_BYTES });
      if (!mayEndWithin(tail)) return [];
      const { bytes, beginning } = readBeginning(path, MOST_LOG_BYTES);
      if (bytes > MOST_LOG_BYTES) return [];
      const { zxids, endsWithin } = readWholeLog(beginning, MOST_LOG_BYTES);
      const goesOn = zxids.length > 0 && next.zxid === (zxids.at(-1) as bigint) + 1n;
      return endsWithin === true && !goesOn ? [{ path, next }] : [];
    } catch {
      // Other checks report what is not a file or may not be read.
      return [];
    }
  });
}

/** The epoch files' first lines, as ZooKeeper reads them. */
export function readEpochs(folder: string): EpochFiles {
  return {
    acceptedEpoch: firstLine(join(folder, 'acceptedEpoch')),
    currentEpoch: firstLine(join(folder, 'currentEpoch')),
    unfinished: firstLine(join(folder, 'currentEpoch.tmp')),
  };
}

/**
 * Removes epochs of -1 that a server without a vote has written. With them it would refuse to start with empty data
 * (QuorumPeer.loadDataBase: the current epoch is older than the last zxid). Any other epoch is a promise and is kept.
 */
export function dropEmptyEpochs(dataDir: string): void {
  for (const name of ['currentEpoch', 'acceptedEpoch']) {
    const path = join(dataDir, 'version-2', name);
    if (firstLine(path)?.trim() === '-1') rmSync(path);
  }
}

function firstLine(path: string): string | undefined {
  try {
    const text = readText(path, { maxBytes: atMost.lineBytes, lies: 'volume' }, 'latin1');
    return text.split(/\r\n|\n|\r/, 1)[0] ?? '';
  } catch {
    return undefined;
  }
}
