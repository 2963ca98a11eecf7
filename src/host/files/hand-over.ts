import { chownSync, closeSync, type Dirent, fstatSync, mkdirSync, type Stats } from 'node:fs';
import type { Account } from '../account/account.ts';
import { Unfit } from './foreign.ts';
import { entriesOf } from './list-folder.ts';
import { below, itself, type Reached, reaching, take } from './root-path.ts';

/** Something below a directory that root does not give away, with the reason in words that follow its path. */
export class NotGiven extends Unfit {
  readonly path: string;
  constructor(path: string, problem: string) {
    super(problem);
    this.path = path;
  }
}

/** Deeper than ZooKeeper's two levels by far; each level holds a descriptor. */
const DEEPEST = 32;

interface HandOver {
  readonly account: Account;
  /** False for a look at what would happen. */
  readonly apply: boolean;
}

/** Whether root has to do something before ZooKeeper's user can use a directory. */
export type Need = 'nothing' | 'make' | 'give';

/** A directory of another user is given whole: its content was written by that user. One that is missing is made. */
export function needOf({ stats, missing }: Pick<Reached, 'stats' | 'missing'>, { uid, gid }: Account): Need {
  if (missing.length === 0) return stats.uid === uid || !stats.isDirectory() ? 'nothing' : 'give';
  return mayWrite(stats, { uid, gid }) ? 'nothing' : 'make';
}

function mayWrite({ uid, gid, mode }: Stats, account: Account): boolean {
  const shift = account.uid === uid ? 6 : account.gid === gid ? 3 : 0;
  return ((mode >> shift) & 3) === 3;
}

/**
 * Makes the directory and gives it with all regular files and directories in it to the account; all by descriptors, so
 * that whoever may change the tree meanwhile gains nothing. Other file systems mounted within are left alone.
 * @throws NotGiven for a file with a second name, Straying for a link on the way, the system call's error otherwise.
 */
export function handOver(path: string, how: HandOver): void {
  reaching(path, (reached) => {
    const need = needOf(reached, how.account);
    if (need === 'give')
      giveTree(reached.descriptor, { path, how, device: reached.stats.dev, left: DEEPEST });
    if (need === 'make' && how.apply) make(reached, how.account);
  });
}

/** Only the last of the missing directories is ZooKeeper's. */
function make({ descriptor, missing }: Reached, { uid, gid }: Account): void {
  let folder = descriptor;
  try {
    for (const name of missing) {
      mkdirSync(below(folder, name));
      const made = take(folder, name);
      if (made === undefined) throw new Unfit('vanished while it was made');
      if (folder !== descriptor) closeSync(folder);
      folder = made;
    }
    const stats = fstatSync(folder);
    // Whoever may write above may have put something else there since.
    if (!stats.isDirectory() || stats.uid !== 0) throw new Unfit('was replaced while it was made');
    chownSync(itself(folder), uid, gid);
  } finally {
    if (folder !== descriptor) closeSync(folder);
  }
}

interface Tree {
  readonly path: string;
  readonly how: HandOver;
  /** What lies on another device is somebody else's. */
  readonly device: number;
  /** Levels that may still be gone down. */
  readonly left: number;
}

/** The directory itself comes last: a start that is cut off in the middle is then made up for by the next. */
function giveTree(descriptor: number, tree: Tree): void {
  if (tree.left === 0) throw new NotGiven(tree.path, 'is too deep below the directory whose owner changes');
  for (const { name } of entriesIn(descriptor, tree.path)) giveEntry(descriptor, name, tree);
  giveItself(descriptor, tree.how);
}

function entriesIn(descriptor: number, path: string): Dirent[] {
  try {
    return entriesOf(itself(descriptor));
  } catch (error) {
    throw error instanceof Unfit ? new NotGiven(path, error.message) : error;
  }
}

function giveEntry(folder: number, name: string, tree: Tree): void {
  const entry = take(folder, name);
  if (entry === undefined) return;
  try {
    const stats = fstatSync(entry);
    const path = `${tree.path}/${name}`;
    if (stats.dev !== tree.device) return;
    if (stats.isDirectory()) return giveTree(entry, { ...tree, path, left: tree.left - 1 });
    if (stats.isFile() && stats.uid !== tree.how.account.uid) giveFile(entry, { path, stats, how: tree.how });
  } finally {
    closeSync(entry);
  }
}

/** A second name may stand anywhere on the device, so the file may be one of the system's. */
function giveFile(entry: number, { path, stats, how }: { path: string; stats: Stats; how: HandOver }): void {
  if (stats.nlink > 1)
    throw new NotGiven(path, `belongs to uid ${stats.uid} and has ${stats.nlink} names (hard links)`);
  giveItself(entry, how);
}

function giveItself(descriptor: number, { account: { uid, gid }, apply }: HandOver): void {
  if (apply) chownSync(itself(descriptor), uid, gid);
}
