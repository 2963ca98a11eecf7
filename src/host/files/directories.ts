import { accessSync, constants, type Stats, statfsSync, statSync } from 'node:fs';
import type { ExitFacts } from '../../ending/exit-facts.ts';
import type { DirectoryProblem, PathOwner, UserIds } from '../../volume/directories.ts';
import { type Account, nameOfUid } from '../account/account.ts';
import { userToBecome, whyNotPermitted } from '../account/privileges.ts';
import { describeErrno, errorCode } from '../errno.ts';
import { nearestExisting } from '../volume/read-places.ts';
import { Unfit, whatStandsAt } from './foreign.ts';
import { handOver, NotGiven, needOf } from './hand-over.ts';
import { reaching, Straying } from './root-path.ts';

/** The facts about the directories of a plan. */
export interface DirectoriesLook {
  readonly problems: readonly DirectoryProblem[];
  /** Why root cannot become ZooKeeper's user, and which user that is. */
  readonly notPermitted: { readonly user: UserIds; readonly why: string } | undefined;
}

/** Why the user of ZooKeeper cannot use the directories; as root, also why root cannot give them away. */
export function lookAtDirectories(directories: readonly string[], user: string): DirectoriesLook {
  const account = userToBecome(user);
  if (account === undefined) {
    const problems = directories.flatMap((path) => [...leadingNowhere(path), ...access(path)]);
    return { problems, notPermitted: undefined };
  }
  const looked = directories.map((path) => lookAsRoot(path, account));
  const why = whyNotPermitted(account, { gives: looked.some(({ gives }) => gives) });
  return {
    problems: looked.flatMap(({ problems }) => problems),
    notPermitted: why === undefined ? undefined : { user: account, why },
  };
}

interface Looked {
  readonly gives: boolean;
  readonly problems: readonly DirectoryProblem[];
}

/** Checks the same paths as the start, without a change. */
function lookAsRoot(path: string, account: Account): Looked {
  try {
    return reaching(path, (reached) => {
      const need = needOf(reached, account);
      const way = reached.steps.filter(
        (_, index) => index < reached.steps.length - (need === 'give' ? 1 : 0),
      );
      const barred = [...searchable(way, account), ...usable({ path, need, ...reached }, account)];
      if (need !== 'nothing' && barred.length === 0) handOver(path, { account, apply: false });
      return { gives: need !== 'nothing', problems: barred };
    });
  } catch (error) {
    return { gives: false, problems: [refusedToRoot(path, error, account)] };
  }
}

function refusedToRoot(path: string, error: unknown, user: Account): DirectoryProblem {
  if (error instanceof Straying) return { kind: 'astray', path, problem: error.message, user };
  if (error instanceof NotGiven) return { kind: 'not-given', path: error.path, problem: error.message, user };
  const problem = error instanceof Unfit ? error.message : `cannot be reached: it ${describeErrno(error)}`;
  return { kind: 'unreachable', path, problem, user };
}

/** Root can pass directories that the user cannot. */
function searchable(steps: readonly { path: string; stats: Stats }[], account: Account): DirectoryProblem[] {
  const barred = steps.find(({ stats }) => (bitsFor(stats, account) & 1) === 0);
  if (barred === undefined) return [];
  return [barredFor(account, barred, 'searched')];
}

interface Place {
  readonly path: string;
  readonly need: ReturnType<typeof needOf>;
  readonly stats: Stats;
  readonly missing: readonly string[];
}

/** A directory that is given to the user keeps its mode. */
function usable({ path, need, stats, missing }: Place, account: Account): DirectoryProblem[] {
  if (!stats.isDirectory()) return [{ kind: 'not-a-directory', path }];
  if (need === 'make' || isReadOnly(path)) return access(path);
  const bits = need === 'give' ? stats.mode >> 6 : bitsFor(stats, account);
  if (missing.length > 0 || (bits & 7) === 7) return [];
  return [barredFor(account, { path, stats }, 'written')];
}

function barredFor(
  user: Account,
  { path, stats }: { path: string; stats: Stats },
  access: 'searched' | 'written',
): DirectoryProblem {
  return { kind: 'barred', path, access, owner: ownerOf(stats), user, byMode: access === 'written' };
}

function ownerOf({ uid, gid, mode }: Stats): PathOwner {
  return { uid, gid, mode, name: nameOfUid(uid) };
}

function bitsFor({ uid, gid, mode }: Stats, account: Account): number {
  return mode >> (account.uid === uid ? 6 : account.gid === gid ? 3 : 0);
}

/** A broken link is not a missing directory: it cannot be made. */
function leadingNowhere(path: string): DirectoryProblem[] {
  try {
    whatStandsAt(path);
    return [];
  } catch (error) {
    if (!(error instanceof Unfit) && errorCode(error) !== 'ELOOP' && errorCode(error) !== 'ENAMETOOLONG')
      return [];
    return [{ kind: 'leads-nowhere', path, problem: describeErrno(error) }];
  }
}

function access(path: string): DirectoryProblem[] {
  const nearest = nearestExisting(path);
  if (!statSync(nearest).isDirectory()) return [{ kind: 'not-a-directory', path: nearest }];
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
    return [];
  } catch (error) {
    return [unwritable(nearest, error)];
  }
}

function isReadOnly(path: string): boolean {
  try {
    accessSync(nearestExisting(path), constants.W_OK);
    return false;
  } catch (error) {
    return errorCode(error) === 'EROFS';
  }
}

function unwritable(path: string, error: unknown): DirectoryProblem {
  if (errorCode(error) === 'EROFS') return { kind: 'read-only', path };
  const us = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 };
  return { kind: 'unwritable', path, owner: ownerOf(statSync(path)), us };
}

/** The facts about a data directory that explain an end. Every part may be unknown. */
export function directoryFacts(
  dataDir: string,
): Pick<ExitFacts, 'dataDirWritable' | 'dataDirOwnerUid' | 'dataDirFreeBytes'> {
  try {
    const { bavail, bsize } = statfsSync(dataDir);
    return {
      dataDirWritable: isWritable(dataDir),
      dataDirOwnerUid: statSync(dataDir).uid,
      dataDirFreeBytes: bavail * bsize,
    };
  } catch {
    return {};
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
