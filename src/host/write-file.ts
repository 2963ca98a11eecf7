import {
  chownSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { RenderedFile } from '../render/plan.ts';
import type { Account } from './account.ts';

export type Written = 'written' | 'unchanged' | 'kept';

/**
 * Puts one file in place so that no reader and no power cut ever sees half of it: temporary name, fsync, rename, fsync
 * of the folder. A file that already has the content and mode is left alone.
 * @throws the system call's error when it cannot be written; nothing is left behind then.
 */
export function writeRendered(file: RenderedFile, owner?: Account): Written {
  const current = readCurrent(file.path);
  if (current !== undefined && file.onlyIfAbsent) return 'kept';
  if (current?.content === file.content && current.mode === file.mode) return 'unchanged';
  const temporary = `${file.path}.${process.pid}.tmp`;
  try {
    writeSynced(temporary, file);
    if (owner !== undefined) chownSync(temporary, owner.uid, owner.gid);
    renameSync(temporary, file.path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(file.path));
  return 'written';
}

function readCurrent(path: string): { content: string; mode: number } | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  return { content: readFileSync(path, 'utf8'), mode: stat.mode & 0o777 };
}

function writeSynced(path: string, { content, mode }: RenderedFile): void {
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeSync(descriptor, content);
    // The umask must not decide who can read the configuration.
    fchmodSync(descriptor, mode);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncFolder(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } catch {
    // Some network file systems refuse to sync a folder; the rename itself has succeeded.
  } finally {
    closeSync(descriptor);
  }
}
