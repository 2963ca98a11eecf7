import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { EpochFiles } from '../volume/epochs.ts';
import { type FileHead, HEAD_BYTES, TAIL_BYTES } from '../volume/file-head.ts';
import type { DataFile } from '../volume/volume-facts.ts';

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
  const descriptor = openSync(path, 'r');
  try {
    const bytes = fstatSync(descriptor).size;
    const part = (length: number, from: number) => {
      const buffer = new Uint8Array(length);
      return buffer.subarray(0, readSync(descriptor, buffer, 0, length, from));
    };
    const head = part(HEAD_BYTES, 0);
    return { file, path, bytes, head, tail: part(TAIL_BYTES, Math.max(0, bytes - TAIL_BYTES)) };
  } finally {
    closeSync(descriptor);
  }
}

/** The epoch files' first lines, as ZooKeeper reads them. */
export function readEpochs(folder: string): EpochFiles {
  return {
    acceptedEpoch: firstLine(join(folder, 'acceptedEpoch')),
    currentEpoch: firstLine(join(folder, 'currentEpoch')),
  };
}

function firstLine(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1').split(/\r\n|\n|\r/, 1)[0] ?? '';
  } catch {
    return undefined;
  }
}
