import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../errno.ts';

/**
 * Makes a directory and those above it that are missing. Node's own `recursive` asks again for ever where a parent is
 * there and takes no directory, as in /proc.
 * @throws the system call's error.
 */
export function makeDirectory(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    const parent = dirname(path);
    if (errorCode(error) !== 'ENOENT' || isThere(parent)) throw error;
    makeDirectory(parent);
    makeDirectory(path);
  }
}

/** A link to nothing is there too: nothing can be made in its place. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
