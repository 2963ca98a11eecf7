import { existsSync, realpathSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Mount, mountOf, readMounts } from '../../volume/mounts.ts';
import type { Need, Owned } from '../../volume/ownership.ts';
import type { FileSystem } from '../../volume/space.ts';
import { atMost, readText } from '../files/read-file.ts';

/** The path itself if it exists, otherwise the nearest existing directory above it. */
export function nearestExisting(path: string): string {
  return existsSync(path) || path === '/' ? path : nearestExisting(dirname(path));
}

/** The file system of the directory, or the one on which it would be made. */
export function readFileSystem(directory: string): FileSystem {
  const path = nearestExisting(directory);
  const { bavail, blocks, bsize } = statfsSync(path);
  return { path, device: statSync(path).dev, freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
}

/** The path without symbolic links, like the paths of mount points. */
export function realPath(directory: string): string {
  return realpathSync(nearestExisting(directory));
}

/** All mounts of this process; empty if the system does not show them. */
export function mounts(): Mount[] {
  try {
    return readMounts(readText('/proc/self/mountinfo', { maxBytes: atMost.listBytes }));
  } catch {
    return [];
  }
}

/** True if the directory is on a mounted volume, and not on the root of a container or a machine. */
export function isVolume(directory: string): boolean {
  const mount = mountOf(mounts(), realPath(directory));
  return mount !== undefined && mount.point !== '/';
}

/**
 * The owners of the paths. Left out are paths that do not exist, and paths below a directory that may not be searched: the
 * directory itself is reported.
 */
export function readOwners(looked: readonly { path: string; need: Need }[]): (Owned & { need: Need })[] {
  return looked.flatMap(({ path, need }) => {
    try {
      const stats = statSync(path);
      const { uid, gid, mode } = stats;
      // An entry of another type is left out here. Another check reports it.
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
