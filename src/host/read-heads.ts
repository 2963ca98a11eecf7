import { join } from 'node:path';
import type { EpochFiles } from '../volume/epochs.ts';
import { type FileHead, HEAD_BYTES, TAIL_BYTES } from '../volume/file-head.ts';
import type { DataFile } from '../volume/volume-facts.ts';
import { atMost, readEnds, readText } from './read-file.ts';

/** The ends of one file; undefined for one that is gone, is no file or may not be read, which other looks tell. */
export function readHead(folder: string, file: DataFile): FileHead | undefined {
  const path = join(folder, file.name);
  try {
    return { file, path, ...readEnds(path, { head: HEAD_BYTES, tail: TAIL_BYTES }) };
  } catch {
    return undefined;
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
    const text = readText(path, { maxBytes: atMost.lineBytes, lies: 'volume' }, 'latin1');
    return text.split(/\r\n|\n|\r/, 1)[0] ?? '';
  } catch {
    return undefined;
  }
}
