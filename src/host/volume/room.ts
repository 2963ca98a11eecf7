import { existsSync, rmSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Settings } from '../../settings/table.ts';
import { type Purge, purgeable } from '../../volume/purgeable.ts';
import type { DataFolder } from '../../volume/volume-facts.ts';
import { allocateFile } from '../files/write-file.ts';
import { readHead } from './read-heads.ts';
import { nearestExisting } from './read-places.ts';
import { readVolume } from './read-volume.ts';

/** Space that nothing uses until it is needed most. */
export const RESERVE_FILE = 'zk-entrypoint.reserve';

type Places = Pick<Settings, 'dataDir' | 'dataLogDir'>;

/** The free and the whole size of the volume of a directory, read without blocking other work. */
export async function sampleVolume(directory: string): Promise<{ freeBytes: number; sizeBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(nearestExisting(directory));
  return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
}

/** The number and size of the snapshots and logs of a volume. */
export interface HeldFiles {
  readonly count: number;
  readonly bytes: number;
  /** Of the newest. */
  readonly newestBytes: number;
}

/** Counts snapshots and logs, and their size. */
export function heldFiles(places: Places): { readonly snapshots: HeldFiles; readonly logs: HeldFiles } {
  const { data, log } = readVolume(places);
  return { snapshots: sizes(data, data.snapshots), logs: sizes(log, log.logs) };
}

function sizes({ path }: DataFolder, files: readonly { readonly name: string }[]): HeldFiles {
  // For a log that is allocated in advance, the allocated size.
  const taken = files.map(({ name }) => {
    const stats = statSync(join(path, name), { throwIfNoEntry: false });
    return stats === undefined ? 0 : stats.blocks * 512;
  });
  return {
    count: files.length,
    bytes: taken.reduce((one, other) => one + other, 0),
    newestBytes: taken[0] ?? 0,
  };
}

/** Removes the files that ZooKeeper's own purge would remove. Returns their names and size. @throws the system call's error */
export function purgeNow(places: Places, keep: number): Purge & { readonly bytes: number } {
  const facts = readVolume(places);
  const { snapshots, logs } = purgeable(facts, { keep, head: (file) => readHead(facts.data.path, file) });
  let bytes = 0;
  // Logs first: a snapshot is complete without older logs, but logs without a snapshot are useless.
  for (const path of [...logs, ...snapshots]) {
    bytes += (statSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * 512;
    rmSync(path, { force: true });
  }
  return { snapshots, logs, bytes };
}

/** The size of the reserve in a directory; 0 without a reserve. */
export function reserveIn(directory: string): number {
  return (statSync(join(directory, RESERVE_FILE), { throwIfNoEntry: false })?.blocks ?? 0) * 512;
}

/** Releases the reserve; false without a reserve. @throws the system call's error */
export function releaseReserve(directory: string): boolean {
  const path = join(directory, RESERVE_FILE);
  if (!existsSync(path)) return false;
  rmSync(path);
  return true;
}

/** Makes the reserve again, with bytes that the file system cannot compress. @throws the system call's error; then nothing is left. */
export function keepReserve(directory: string, bytes: number): Promise<void> {
  return allocateFile(join(directory, RESERVE_FILE), bytes);
}
