import { chownSync, lchownSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan, RenderedFile } from '../render/plan.ts';
import type { Account } from './account.ts';
import { describeErrno, errorCode } from './errno.ts';
import { type Written, writeRendered } from './write-file.ts';

/** A path that could not be written, with the reason; nothing after it was tried. */
export class WriteFailure extends Error {
  override readonly name = 'WriteFailure';
  readonly remedy: string;
  constructor(path: string, cause: unknown) {
    super(`${path} ${describeErrno(cause)}`, { cause });
    this.remedy = remedyOf(errorCode(cause));
  }
}

function remedyOf(code: string | undefined): string {
  const us = `uid ${process.getuid?.()}, gid ${process.getgid?.()}`;
  if (code === 'EROFS') return 'mount a writable volume there (an emptyDir is enough for the configuration)';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'free space on that volume or enlarge it';
  if (code === 'EBUSY')
    return 'do not mount a single file there; use the ZK_ variables instead of a ready-made file';
  return `make it writable for ${us}, for example with fsGroup: ${process.getgid?.()} in the securityContext`;
}

/** What became of one file. */
export interface Outcome {
  readonly file: RenderedFile;
  readonly written: Written;
}

/**
 * Makes the directories and writes the files of the plan; as root they are given to the owner.
 * @throws WriteFailure with the path that failed.
 */
export function carryOut(
  { directories, files }: Pick<Plan, 'directories' | 'files'>,
  owner?: Account,
): Outcome[] {
  for (const directory of directories) attempt(directory, () => makeDirectory(directory, owner));
  return files.map((file) => ({ file, written: attempt(file.path, () => writeRendered(file, owner)) }));
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw new WriteFailure(path, cause);
  }
}

/** A directory that belongs to somebody else is given away whole: its content was written before by another user. */
function makeDirectory(path: string, owner: Account | undefined): void {
  mkdirSync(path, { recursive: true });
  if (owner === undefined || statSync(path).uid === owner.uid) return;
  giveTree(path, owner);
}

function giveTree(path: string, { uid, gid }: Account): void {
  chownSync(path, uid, gid);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) giveTree(inner, { uid, gid });
    else lchownSync(inner, uid, gid);
  }
}
