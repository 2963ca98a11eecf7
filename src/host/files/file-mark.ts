import { lstatSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FileMark } from '../../checks/tls/tls-reload.ts';

/** What tells this version of the file from the next; undefined where there is none, or none that may be looked at. */
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
