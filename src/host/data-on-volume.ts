import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DataOnVolume } from '../admission/known.ts';

/** Where ZooKeeper keeps snapshots and logs (FileTxnSnapLog.version). */
const VERSION_FOLDER = 'version-2';

/**
 * Whether the volume holds data, by the names of the files alone. A lone snapshot.0 is what a server writes that was
 * told to begin; the first transaction makes a log beside it. A folder that cannot be read is judged elsewhere.
 */
export function dataOnVolume(directories: readonly string[]): DataOnVolume {
  const names = [...new Set(directories)].flatMap((directory) => namesIn(join(directory, VERSION_FOLDER)));
  const data = names.filter((name) => /^(snapshot|log)\.[0-9a-f]/.test(name));
  if (data.length === 0) return 'empty';
  return data.every((name) => /^snapshot\.0(\.|$)/.test(name)) ? 'created' : 'served';
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
