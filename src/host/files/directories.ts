import { accessSync, constants, type Stats, statSync } from 'node:fs';
import { type Finding, finding, hasErrors } from '../../findings/finding.ts';
import { type Account, nameOfUid } from '../account/account.ts';
import { permissionFindings, userToBecome } from '../account/privileges.ts';
import { describeErrno, errorCode } from '../errno.ts';
import { nearestExisting } from '../volume/read-places.ts';
import { Unfit, whatStandsAt } from './foreign.ts';
import { handOver, NotGiven, needOf } from './hand-over.ts';
import { reaching, Straying } from './root-path.ts';

/** What keeps ZooKeeper's user from the directories of the plan; as root, what keeps root from handing them over too. */
export function directoryFindings(directories: readonly string[], user: string): Finding[] {
  const account = userToBecome(user);
  if (account === undefined) return directories.flatMap((path) => [...leadingNowhere(path), ...access(path)]);
  const looked = directories.map((path) => lookAsRoot(path, account));
  const gives = looked.some(({ gives }) => gives);
  const found = looked.flatMap(({ findings }) => findings);
  return [...permissionFindings(account, { gives }), ...found];
}

/** True where root would have to go astray: then nothing there is to be read. */
export function leadsAstray(findings: readonly Finding[]): boolean {
  return findings.some(({ code }) => code === 'ZK-VOLUME-040');
}

interface Looked {
  readonly gives: boolean;
  readonly findings: readonly Finding[];
}

/** The same walk that the start makes, without doing anything. */
function lookAsRoot(path: string, account: Account): Looked {
  try {
    return reaching(path, (reached) => {
      const need = needOf(reached, account);
      const way = reached.steps.filter(
        (_, index) => index < reached.steps.length - (need === 'give' ? 1 : 0),
      );
      const barred = [...searchable(way, account), ...usable({ path, need, ...reached }, account)];
      if (need !== 'nothing' && !hasErrors(barred)) handOver(path, { account, apply: false });
      return { gives: need !== 'nothing', findings: barred };
    });
  } catch (error) {
    return { gives: false, findings: [refusedToRoot(path, error, account)] };
  }
}

function refusedToRoot(path: string, error: unknown, { uid, gid }: Account): Finding {
  const asUser = `start as that user: runAsUser: ${uid} and fsGroup: ${gid} in the pod's securityContext`;
  if (error instanceof Straying) {
    const remedy = `remove the link, or ${asUser}`;
    return finding('ZK-VOLUME-040', { subject: path, problem: error.message, remedy });
  }
  if (error instanceof NotGiven) {
    return finding('ZK-VOLUME-041', {
      subject: error.path,
      problem: `${error.message}, so root does not give it to uid ${uid} with the directory`,
      remedy: `move it away, or change its owner by hand (chown ${uid}:${gid}), or ${asUser}`,
    });
  }
  return finding('ZK-VOLUME-003', {
    subject: path,
    problem: error instanceof Unfit ? error.message : `cannot be reached: it ${describeErrno(error)}`,
    remedy: `remove what stands in the way, or ${asUser}`,
  });
}

/** Root may pass where the user may not. */
function searchable(steps: readonly { path: string; stats: Stats }[], account: Account): Finding[] {
  const barred = steps.find(({ stats }) => (bitsFor(stats, account) & 1) === 0);
  if (barred === undefined) return [];
  return [notForUser(barred, account, { access: 'searched', remedy: `let that user search it (chmod a+x)` })];
}

interface Place {
  readonly path: string;
  readonly need: ReturnType<typeof needOf>;
  readonly stats: Stats;
  readonly missing: readonly string[];
}

/** What is given to the user has the same mode as before. */
function usable({ path, need, stats, missing }: Place, account: Account): Finding[] {
  if (!stats.isDirectory()) return notADirectory(path);
  if (need === 'make' || isReadOnly(path)) return access(path);
  const bits = need === 'give' ? stats.mode >> 6 : bitsFor(stats, account);
  if (missing.length > 0 || (bits & 7) === 7) return [];
  const remedy = 'let its owner read, write and search it (chmod u+rwx)';
  return [notForUser({ path, stats }, account, { access: 'written', remedy })];
}

function notForUser(
  { path, stats }: { path: string; stats: Stats },
  { uid, gid }: Account,
  { access: done, remedy }: { access: string; remedy: string },
): Finding {
  const mode = (stats.mode & 0o777).toString(8).padStart(4, '0');
  return finding('ZK-VOLUME-003', {
    subject: path,
    problem: `cannot be ${done} by uid ${uid}, gid ${gid}, which ZooKeeper runs as: it belongs to ${nameOfUid(stats.uid)} (uid ${stats.uid}, gid ${stats.gid}), mode ${mode}`,
    remedy,
  });
}

function bitsFor({ uid, gid, mode }: Stats, account: Account): number {
  return mode >> (account.uid === uid ? 6 : account.gid === gid ? 3 : 0);
}

/** A link into nowhere is no missing directory, which could be made. */
function leadingNowhere(path: string): Finding[] {
  try {
    whatStandsAt(path);
    return [];
  } catch (error) {
    if (!(error instanceof Unfit) && errorCode(error) !== 'ELOOP' && errorCode(error) !== 'ENAMETOOLONG')
      return [];
    return [
      finding('ZK-VOLUME-003', {
        subject: path,
        problem: describeErrno(error),
        remedy: 'correct the link, or remove it, or choose another path',
      }),
    ];
  }
}

function access(path: string): Finding[] {
  const nearest = nearestExisting(path);
  if (!statSync(nearest).isDirectory()) return notADirectory(nearest);
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

function notADirectory(path: string): Finding[] {
  return [
    finding('ZK-VOLUME-003', {
      subject: path,
      problem: 'is not a directory',
      remedy: 'remove what stands there, or choose another path',
    }),
  ];
}

function unwritable(path: string, error: unknown): Finding {
  if (errorCode(error) === 'EROFS') {
    return finding('ZK-VOLUME-003', {
      subject: path,
      problem: 'is on a read-only file system',
      remedy: 'mount a writable volume there',
    });
  }
  const { uid, gid } = statSync(path);
  const [us, group] = [process.getuid?.() ?? -1, process.getgid?.() ?? -1];
  return finding('ZK-VOLUME-003', {
    subject: path,
    problem: `cannot be written: it belongs to ${nameOfUid(uid)} (uid ${uid}, gid ${gid}), we are uid ${us}, gid ${group}`,
    // Root that may not write lacks what makes it root, which no group gives back.
    remedy: `set ${us === 0 ? `runAsUser: ${uid || 1_000}` : `fsGroup: ${group}`} in the pod's securityContext`,
  });
}
