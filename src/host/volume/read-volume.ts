import type { Dirent, Stats } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../settings/table.ts';
import {
  type DataFolder,
  dataFolder,
  isEpoch,
  isOfServer,
  type VolumeFacts,
} from '../../volume/volume-facts.ts';
import { describeErrno, errorCode } from '../errno.ts';
import { whatStandsAt, whyNoFile } from '../files/foreign.ts';
import { listFolder } from '../files/list-folder.ts';
import { atMost, tooLarge } from '../files/read-file.ts';

/** The folder in dataDir and dataLogDir that ZooKeeper keeps its data in (FileTxnSnapLog.VERSION). */
const VERSION = 'version-2';

/** Reads the names in both directories. A directory that cannot be listed gets a problem. */
export function readVolume({ dataDir, dataLogDir }: Pick<Settings, 'dataDir' | 'dataLogDir'>): VolumeFacts {
  const data = readFolder(dataDir);
  return { data, log: dataLogDir === dataDir ? data : readFolder(dataLogDir) };
}

/** The names in `version-2` below one directory that ZooKeeper reads. */
export function readFolder(directory: string): DataFolder {
  const path = join(directory, VERSION);
  try {
    const entries = listFolder(path, { keep: isOfServer });
    const found = dataFolder(
      path,
      entries.map(({ name }) => name),
    );
    return { ...found, strange: entries.flatMap((entry) => strangeAt(path, entry)) };
  } catch (error) {
    return { ...dataFolder(path, []), problem: describeErrno(error) };
  }
}

/** ZooKeeper reads the whole first line, however long it is. */
function tooLong({ size }: Stats): string | undefined {
  return size > atMost.lineBytes ? tooLarge(atMost.lineBytes, size).message : undefined;
}

/** Most entries are regular files, as the listing shows. The others are checked one by one. */
function strangeAt(folder: string, entry: Dirent): { path: string; problem: string }[] {
  if (entry.isFile() && !isEpoch(entry.name)) return [];
  const path = join(folder, entry.name);
  try {
    const stats = whatStandsAt(path);
    const problem = whyNoFile(stats) ?? (isEpoch(entry.name) ? tooLong(stats) : undefined);
    return problem === undefined ? [] : [{ path, problem }];
  } catch (error) {
    // A server that runs may have purged it meanwhile.
    return errorCode(error) === 'ENOENT' ? [] : [{ path, problem: describeErrno(error) }];
  }
}
