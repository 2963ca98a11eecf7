import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { atMost, readText } from '../files/read-file.ts';

/**
 * Removes the epochs of -1 that a server without a vote has written: with them it would refuse to begin with nothing
 * (QuorumPeer.loadDataBase: the current epoch is older than the last zxid). Any other epoch is a promise and stays.
 */
export function dropEmptyEpochs(dataDir: string): void {
  for (const name of ['currentEpoch', 'acceptedEpoch']) {
    const path = join(dataDir, 'version-2', name);
    if (read(path) === '-1') rmSync(path);
  }
}

function read(path: string): string | undefined {
  try {
    return readText(path, { maxBytes: atMost.lineBytes, lies: 'volume' }).trim();
  } catch {
    return undefined;
  }
}
