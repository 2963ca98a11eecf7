import { chownSync, closeSync, type Dirent, fstatSync, mkdirSync, type Stats } from 'node:fs';
import type { Account } from '../account/account.ts';
import { Unfit } from './foreign.ts';
import { entriesOf } from './list-folder.ts';
import { below, itself, type Reached, reaching, take } from './root-path.ts';

/** An entry below a directory that root does not give away, with the reason in words that follow its path. */
export class NotGiven extends Unfit {
  readonly path: string;
  constructor(path: string, problem: string) {
    super(problem);
    this.path = path;
  }
}

/** Much deeper than ZooKeeper's two levels. Each level holds a descriptor. */
const DEEPEST = 32;

interface HandOver {
  readonly account: Account;
  /** False for a dry run. */
  readonly apply: boolean;
}

/** Whether root must act before the user of ZooKeeper can use a directory. */
export type Need = 'nothing' | 'make' | 'give';

/** A directory of another user is given with its content, which that user wrote. A missing directory is made. */
export function needOf({ stats, missing }: Pick<Reached, 'stats' | 'missing'>, { uid, gid }: Account): Need {
  if (missing.length === 0) return stats.uid === uid || !stats.isDirectory() ? 'nothing' : 'give';
  return mayWrite(stats, { uid, gid }) ? 'nothing' : 'make';
}

function mayWrite({ uid, gid, mode }: Stats, account: Account): boolean {
  const shift = account.uid === uid ? 6 : account.gid === gid ? 3 : 0;
  return ((mode >> shift) & 3) === 3;
}

/**
 * Makes the directory and gives it with all regular files and directories in it to the account. It uses only descriptors, so
 * that a user who changes the tree meanwhile gains nothing. Other file systems that are mounted within are left alone.
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

/** Only the last of the missing directories is given to the user of ZooKeeper. */
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
    // A user who can write in the parent may have replaced it since.
    if (!stats.isDirectory() || stats.uid !== 0) throw new Unfit('was replaced while it was made');
    chownSync(itself(folder), uid, gid);
  } finally {
    if (folder !== descriptor) closeSync(folder);
  }
}

interface Tree {
  readonly path: string;
  readonly how: HandOver;
  /** Files on another device are left alone. */
  readonly device: number;
  /** The number of further levels that may be entered. */
  readonly left: number;
}

/** The directory itself comes last, so that the next start completes a start that was interrupted. */
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

/** A second name may be anywhere on the device, so the file may be a system file. */
function giveFile(entry: number, { path, stats, how }: { path: string; stats: Stats; how: HandOver }): void {
  if (stats.nlink > 1)
    throw new NotGiven(path, `belongs to uid ${stats.uid} and has ${stats.nlink} names (hard links)`);
  giveItself(entry, how);
}

function giveItself(descriptor: number, { account: { uid, gid }, apply }: HandOver): void {
  if (apply) chownSync(itself(descriptor), uid, gid);
}
