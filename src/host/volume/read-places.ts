import { existsSync, realpathSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Mount, mountOf, readMounts } from '../../volume/mounts.ts';
import type { Need, Owned } from '../../volume/ownership.ts';
import type { FileSystem } from '../../volume/space.ts';
import { atMost, readText } from '../files/read-file.ts';

/** The path itself where something stands there, otherwise the nearest directory above that exists. */
export function nearestExisting(path: string): string {
  return existsSync(path) || path === '/' ? path : nearestExisting(dirname(path));
}

/** The file system that the directory lies on or would be made on. */
export function readFileSystem(directory: string): FileSystem {
  const path = nearestExisting(directory);
  const { bavail, blocks, bsize } = statfsSync(path);
  return { path, device: statSync(path).dev, freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
}

/** The path without symbolic links, as mount points are told. */
export function realPath(directory: string): string {
  return realpathSync(nearestExisting(directory));
}

/** All mounts of this process; none where the system does not tell them. */
export function mounts(): Mount[] {
  try {
    return readMounts(readText('/proc/self/mountinfo', { maxBytes: atMost.listBytes }));
  } catch {
    return [];
  }
}

/** True where the directory lies on a mount of its own, and not on the root of a container or a machine. */
export function isVolume(directory: string): boolean {
  const mount = mountOf(mounts(), realPath(directory));
  return mount !== undefined && mount.point !== '/';
}

/** Whose these are; left out is what does not exist, or lies below what may not be searched, which is told of that. */
export function readOwners(looked: readonly { path: string; need: Need }[]): (Owned & { need: Need })[] {
  return looked.flatMap(({ path, need }) => {
    try {
      const stats = statSync(path);
      const { uid, gid, mode } = stats;
      // What is not what is needed is told as what it is.
      return (need === 7 ? stats.isDirectory() : stats.isFile()) ? [{ path, need, uid, gid, mode }] : [];
    } catch {
      return [];
    }
  });
}

/** True when the file is there. */
export function isThere(directory: string, name: string): boolean {
  return existsSync(join(directory, name));
}
