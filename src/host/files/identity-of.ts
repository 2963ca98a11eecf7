import { lstatSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, normalize, resolve } from 'node:path';
import type { FileMark } from '../../checks/tls/tls-reload.ts';

/** As many as the kernel follows (path_resolution(7)). */
const MOST_LINKS = 40;

/**
 * The identity of the file that a path leads to: device, inode and birth time. Two paths have the same identity only if they
 * lead to one file. If the file does not exist, it is the identity of the nearest directory above, with the rest of the path,
 * also behind a broken link.
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

/** A mark that differs between versions of the file; undefined if the file does not exist or may not be read. */
export function markOf(path: string): FileMark | undefined {
  try {
    const [content, entry, folder] = [statSync(path), lstatSync(path), statSync(dirname(path))];
    const changedAtMs = Math.max(content.ctimeMs, entry.ctimeMs);
    return {
      content: words(content),
      entry: words(entry),
      folder: `${folder.dev}:${folder.ino}`,
      changedAtMs,
    };
  } catch {
    return undefined;
  }
}

function words({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string {
  return [dev, ino, size, mtimeMs, ctimeMs].join(':');
}
