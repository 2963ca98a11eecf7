import { type Dirent, opendirSync, type Stats } from 'node:fs';
import { errorCode } from '../errno.ts';
import { Unfit, whatStandsAt } from './foreign.ts';
import { isRoot, itself, reaching } from './root-path.ts';

/** More entries than any folder of ours has; a million of them would take seconds, and memory for each. */
export const MOST_ENTRIES = 100_000;

/** Options of a listing. */
export interface Listing {
  readonly most?: number;
  /** Only these are kept. The others only count against the limit. */
  keep?(name: string): boolean;
}

/**
 * The entries of a directory that others have filled, without an order; empty if it does not exist.
 * @throws Unfit for too many entries or for anything that is not a directory, and the system call's error otherwise.
 */
export function listFolder(path: string, listing: Listing = {}): Dirent[] {
  try {
    if (isRoot()) return listWithoutStraying(path, listing);
    // A broken link does not count as a missing directory.
    const stats = whatStandsAt(path);
    return directoryEntries(stats, path, listing);
  } catch (error) {
    // If the parent is not a directory, nothing exists below it. The check of the parent reports that.
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return [];
    throw error;
  }
}

function listWithoutStraying(path: string, listing: Listing): Dirent[] {
  return reaching(path, ({ descriptor, stats, missing }) =>
    missing.length > 0 ? [] : directoryEntries(stats, itself(descriptor), listing),
  );
}

function directoryEntries(stats: Stats, path: string, listing: Listing): Dirent[] {
  if (!stats.isDirectory()) throw new Unfit('is not a directory');
  return entriesOf(path, listing);
}

/** The entries of a directory; as root through the path of a descriptor. @throws as listFolder does. */
export function entriesOf(path: string, { most = MOST_ENTRIES, keep = () => true }: Listing = {}): Dirent[] {
  const folder = opendirSync(path, { bufferSize: 1_024 });
  const kept: Dirent[] = [];
  let count = 0;
  try {
    for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
      count += 1;
      if (count > most) throw new Unfit(`holds more than ${most} entries`);
      if (keep(entry.name)) kept.push(entry);
    }
    return kept;
  } finally {
    folder.closeSync();
  }
}
