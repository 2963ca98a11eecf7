import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { RenderedFile } from '../../render/plan-input.ts';
import { errorCode } from '../errno.ts';
import { randomDigits } from '../random-digits.ts';
import { regularFile, Unfit, whyNoFile } from './foreign.ts';
import { entriesOf } from './list-folder.ts';
import { readText } from './read-file.ts';

export type Written = 'written' | 'unchanged' | 'kept';

/**
 * Writes one file under a temporary name and renames it, so that no reader ever sees a part of it. A power cut does not
 * leave a part either: the file and its folder are synced, unless every start writes the file again. A file that already has
 * the content and mode is not changed. An existing entry at the path is never opened for writing, so it cannot block.
 * @throws the system call's error if it cannot be written, and Unfit if the entry at the path is not a file. Then nothing is
 * left behind.
 */
export function writeRendered(file: RenderedFile): Written {
  if (file.onlyIfAbsent && statSync(file.path, { throwIfNoEntry: false }) !== undefined) return 'kept';
  if (isInPlace(file)) return 'unchanged';
  const problem = whyNotReplaceable(file.path);
  if (problem !== undefined) throw new Unfit(problem);
  try {
    replace(file);
  } catch (error) {
    // Another writer of the same file removed ours as a leftover. It is tried once more, then it is an error.
    if (errorCode(error) !== 'ENOENT') throw error;
    replace(file);
  }
  if (file.remade !== true) syncFolder(dirname(file.path));
  return 'written';
}

/** True if the file already has the content and mode. */
export function isInPlace({ path, content, mode, encoding }: RenderedFile): boolean {
  const stats = regularFile(path);
  const bytes = Buffer.byteLength(content, encoding);
  if (stats === undefined || (stats.mode & 0o777) !== mode || stats.size !== bytes) return false;
  try {
    return readText(path, { maxBytes: bytes }, encoding) === content;
  } catch {
    return false;
  }
}

/** The entry at the path that must not be replaced by a file. A link is replaced. */
export function whyNotReplaceable(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats === undefined || stats.isSymbolicLink() ? undefined : whyNoFile(stats);
}

/** Removes leftovers of writers that were killed. A leftover that cannot be removed stays. */
export function removeLeftovers(paths: readonly string[]): void {
  const names = new Map<string, string[]>();
  for (const path of paths) names.set(dirname(path), [...(names.get(dirname(path)) ?? []), basename(path)]);
  for (const [folder, owners] of names) for (const left of leftoversIn(folder, owners)) unlinkQuietly(left);
}

/** `zoo.cfg.0a1b2c3d4e5f.tmp`, and `zoo.cfg.7.tmp` as it was named before. */
const LEFTOVER = /^(.+)\.[0-9a-f]{1,12}\.tmp$/;

function leftoversIn(folder: string, owners: readonly string[]): string[] {
  try {
    const keep = (name: string) => owners.includes(LEFTOVER.exec(name)?.[1] ?? '');
    return entriesOf(folder, { keep }).map(({ name }) => join(folder, name));
  } catch {
    return [];
  }
}

function unlinkQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Every temporary name is new, so a leftover disturbs no later writer.
  }
}

function replace(file: RenderedFile): void {
  const temporary = `${file.path}.${randomDigits(12)}.tmp`;
  try {
    writeNew(temporary, file);
    renameSync(temporary, file.path);
  } catch (error) {
    unlinkQuietly(temporary);
    throw error;
  }
}

const NEW = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;

function writeNew(path: string, { content, mode, remade, encoding }: RenderedFile): void {
  const descriptor = openSync(path, NEW, 0o600);
  try {
    writeWhole(descriptor, Buffer.from(content, encoding));
    // The umask must not decide who can read the configuration.
    fchmodSync(descriptor, mode);
    if (remade !== true) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A full disk or a limit makes a write end early without an error. The next write then fails with the reason. */
export function writeWhole(descriptor: number, content: string | Buffer): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let done = 0; done < bytes.length; ) {
    const count = writeSync(descriptor, bytes, done, bytes.length - done);
    if (count === 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' });
    done += count;
  }
}

/** Makes renames in a folder survive a power cut, if the file system supports that. */
export function syncFolder(path: string): void {
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(descriptor);
  } catch {
    // Some network file systems refuse to sync a folder; the rename itself has succeeded.
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes a file that really uses that many bytes: random bytes, which no file system can compress. It writes in parts, so
 * that other work can run in between. @throws the system call's error; then nothing is left behind.
 */
export async function allocateFile(path: string, bytes: number): Promise<void> {
  // Needed seldom, so a start does not load them.
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  const { open } = process.getBuiltinModule('node:fs/promises');
  const part = randomBytes(65_536);
  const handle = await open(path, NEW, 0o600);
  try {
    for (let done = 0; done < bytes; done += part.length)
      await handle.write(part, 0, Math.min(part.length, bytes - done));
    await handle.close();
  } catch (error) {
    await handle.close().catch(() => undefined);
    unlinkQuietly(path);
    throw error;
  }
}
