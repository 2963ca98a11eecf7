import { readlinkSync, statSync } from 'node:fs';
import { basename, dirname, normalize, resolve } from 'node:path';

/** As many as the kernel follows (path_resolution(7)). */
const MOST_LINKS = 40;

/**
 * What two paths have in common exactly when they lead to one place: device, inode and birth of what is there. Where
 * nothing is yet, that of the nearest directory above with the rest of the path, behind a link that leads to nothing too.
 */
export function identityOf(path: string, links = 0): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined) return `${stats.dev}:${stats.ino}:${Math.floor(stats.birthtimeMs)}`;
  const target = links < MOST_LINKS ? linkIn(path) : undefined;
  if (target !== undefined) return identityOf(resolve(dirname(path), target), links + 1);
  const plain = normalize(path);
  return `${identityOf(dirname(plain), links)}/${basename(plain)}`;
}

function linkIn(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
