import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../settings/table.ts';
import { type DataFolder, dataFolder, type VolumeFacts } from '../volume/volume-facts.ts';

/** The folder in dataDir and dataLogDir that ZooKeeper keeps its data in (FileTxnSnapLog.VERSION). */
const VERSION = 'version-2';

/** Reads the names of what lies in both directories; what cannot be listed counts as empty and is told elsewhere. */
export function readVolume({ dataDir, dataLogDir }: Pick<Settings, 'dataDir' | 'dataLogDir'>): VolumeFacts {
  const data = readFolder(dataDir);
  return { data, log: dataLogDir === dataDir ? data : readFolder(dataLogDir) };
}

/** The names in `version-2` below one directory. */
export function readFolder(directory: string): DataFolder {
  const path = join(directory, VERSION);
  return dataFolder(path, namesIn(path));
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
