import {
  closeSync,
  constants,
  fchownSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  type Stats,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { formatHolder, holderWords, LOCK_FILE, parseHolder } from '../../admission/lock-holder.ts';
import type { Account } from '../account/account.ts';
import { describeErrno, errorCode } from '../errno.ts';
import { AT_ONCE, Unfit, whyNoFile } from '../files/foreign.ts';
import { below, isRoot, reaching } from '../files/root-path.ts';

/** An open lock file. Node closes its descriptor in every child that does not get it explicitly. */
export interface LockFile {
  readonly directory: string;
  readonly descriptor: number;
  /** Device and inode: two paths may lead to one file. */
  readonly identity: string;
  /** True for the directory itself, whose lock is taken beside that of its file. */
  readonly isDirectory: boolean;
}

/** The result of opening one; `foreign` if its path is not a regular file. */
export type OpenedLock =
  | { readonly kind: 'open'; readonly file: LockFile }
  | {
      readonly kind: 'failed';
      readonly directory: string;
      readonly problem: string;
      readonly why: 'foreign' | 'no directory' | 'other';
    };

/** Follows no link, and waits for no pipe. */
const SAFELY = constants.O_NOFOLLOW | AT_ONCE;
const MOST_BYTES = 1_024;

/** Opens the lock file of the directory, and makes it if it does not exist. As root it gives a new file to the owner. */
export function openLockFile(directory: string, owner: Account | undefined): OpenedLock {
  try {
    const descriptor = openIn(directory, owner);
    const { dev, ino } = fstatSync(descriptor);
    return { kind: 'open', file: { directory, descriptor, identity: `${dev}:${ino}`, isDirectory: false } };
  } catch (error) {
    const why = reasonOf(error);
    const problem = errorCode(error) === 'ELOOP' ? 'is a symbolic link' : describeErrno(error);
    return { kind: 'failed', directory, problem, why };
  }
}

/** Opens the directory itself. Its lock remains even if the lock file is removed. Undefined if it cannot be opened. */
export function openDirectory(directory: string): LockFile | undefined {
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | SAFELY;
  const inRoot = () =>
    reaching(directory, ({ descriptor, missing }) =>
      missing.length > 0 ? undefined : openSync(below(descriptor, '.'), flags),
    );
  try {
    const descriptor = isRoot() ? inRoot() : openSync(join(directory, '.'), flags);
    if (descriptor === undefined) return undefined;
    const { dev, ino } = fstatSync(descriptor);
    return { directory, descriptor, identity: `${dev}:${ino}`, isDirectory: true };
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): 'foreign' | 'no directory' | 'other' {
  const code = errorCode(error) ?? '';
  if (error instanceof NotOurs || code === 'ELOOP') return 'foreign';
  return ['ENOENT', 'ENOTDIR', 'EROFS'].includes(code) ? 'no directory' : 'other';
}

/** Another entry at the path of the lock file. It is not changed. */
class NotOurs extends Unfit {}

/** Root reaches the directory only by descriptors, because another user may have put links into the path. */
function openIn(directory: string, owner: Account | undefined): number {
  if (!isRoot()) return open(join(directory, LOCK_FILE), owner);
  return reaching(directory, ({ descriptor, missing }) => {
    if (missing.length > 0) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    return open(below(descriptor, LOCK_FILE), owner);
  });
}

function open(path: string, owner: Account | undefined): number {
  // Opening a device may have effects, so the entry is checked first, and again once it is open.
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return made(path, owner);
  demandOurs(stats);
  const descriptor = existing(path);
  try {
    demandOurs(fstatSync(descriptor));
    return descriptor;
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** What is at the path of the lock file, in words that follow its path; undefined if a lock is possible there. */
export function whyNoLock(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats && whyNotOurs(stats);
}

/** The file is written later, and a second name may be the name of a system file. */
function whyNotOurs(stats: Stats): string | undefined {
  return whyNoFile(stats) ?? (stats.nlink > 1 ? `has ${stats.nlink} names (hard links)` : undefined);
}

function demandOurs(stats: Stats): void {
  const problem = whyNotOurs(stats);
  if (problem !== undefined) throw new NotOurs(problem);
}

/** Only a new file is given away. An existing one may belong to any user. */
function made(path: string, owner: Account | undefined): number {
  try {
    const descriptor = openSync(
      path,
      constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | SAFELY,
      0o644,
    );
    if (owner !== undefined) fchownSync(descriptor, owner.uid, owner.gid);
    return descriptor;
  } catch (error) {
    // Another server has made it at this moment.
    if (errorCode(error) === 'EEXIST') return open(path, owner);
    throw error;
  }
}

/** Another user's file cannot be written, but can be locked; over NFS only a writable one can (flock(2)). */
function existing(path: string): number {
  try {
    return openSync(path, constants.O_RDWR | SAFELY);
  } catch (error) {
    if (errorCode(error) !== 'EACCES') throw error;
    return openSync(path, constants.O_RDONLY | SAFELY);
  }
}

/** Writes the holder into the file, for waiting servers. If that fails, they only know less. */
export function signLockFile({ descriptor, isDirectory }: LockFile): void {
  if (isDirectory) return;
  const since = new Date().toISOString();
  const holder = { host: hostname(), pid: process.pid, pidNamespace: ownPidNamespace(), since };
  try {
    ftruncateSync(descriptor, 0);
    writeSync(descriptor, formatHolder(holder), 0);
  } catch {
    // A full disk, or a file that may only be read.
  }
}

/** Who holds it now, in words. */
export function whoHolds({ descriptor, isDirectory }: LockFile): string {
  if (isDirectory) return `its ${LOCK_FILE} has been removed`;
  const buffer = new Uint8Array(MOST_BYTES);
  const bytes = readSync(descriptor, buffer, 0, MOST_BYTES, 0);
  const holder = parseHolder(Buffer.from(buffer.subarray(0, bytes)).toString('utf8'));
  return holderWords(holder, { pidNamespace: ownPidNamespace(), isAlive });
}

function ownPidNamespace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
