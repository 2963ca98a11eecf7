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

/** Free and whole size of the volume that a directory lies on, without waiting for it in the way of others. */
export async function sampleVolume(directory: string): Promise<{ freeBytes: number; sizeBytes: number }> {
  const { bavail, blocks, bsize } = await statfs(nearestExisting(directory));
  return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
}

/** What the snapshots and logs of a volume come to. */
export interface HeldFiles {
  readonly count: number;
  readonly bytes: number;
  /** Of the newest. */
  readonly newestBytes: number;
}

/** Counts snapshots and logs, and what they take. */
export function heldFiles(places: Places): { readonly snapshots: HeldFiles; readonly logs: HeldFiles } {
  const { data, log } = readVolume(places);
  return { snapshots: sizes(data, data.snapshots), logs: sizes(log, log.logs) };
}

function sizes({ path }: DataFolder, files: readonly { readonly name: string }[]): HeldFiles {
  // Of a log that is filled up in advance, what it takes.
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

/** Removes what ZooKeeper's own purge would; returns what is gone, and how much it took. @throws the system call's error */
export function purgeNow(places: Places, keep: number): Purge & { readonly bytes: number } {
  const facts = readVolume(places);
  const { snapshots, logs } = purgeable(facts, { keep, head: (file) => readHead(facts.data.path, file) });
  let bytes = 0;
  // Logs first: a snapshot without its logs is whole, and logs without a snapshot are none.
  for (const path of [...logs, ...snapshots]) {
    bytes += (statSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * 512;
    rmSync(path, { force: true });
  }
  return { snapshots, logs, bytes };
}

/** How much the reserve in a directory takes; 0 where there is none. */
export function reserveIn(directory: string): number {
  return (statSync(join(directory, RESERVE_FILE), { throwIfNoEntry: false })?.blocks ?? 0) * 512;
}

/** Gives the reserve up; false where there is none. @throws the system call's error */
export function releaseReserve(directory: string): boolean {
  const path = join(directory, RESERVE_FILE);
  if (!existsSync(path)) return false;
  rmSync(path);
  return true;
}

/** Puts the reserve back, with bytes that the file system cannot leave out. @throws the system call's error, and nothing is left then. */
export function keepReserve(directory: string, bytes: number): Promise<void> {
  return allocateFile(join(directory, RESERVE_FILE), bytes);
}
