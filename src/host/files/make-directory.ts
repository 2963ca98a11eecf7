import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../errno.ts';

/**
 * Makes a directory and the missing ones above it. Node's `recursive` tries for ever if a parent exists but accepts no
 * directory, as in /proc.
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

/** A broken link also counts as existing, because nothing can be made in its place. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
