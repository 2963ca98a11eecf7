import { type Finding, finding } from '../findings/finding.ts';
import { formatMode } from '../text/numbers.ts';

/** A user and its group, as numbers. */
export interface UserIds {
  readonly uid: number;
  readonly gid: number;
}

/** Whose a path is; `name` is the owner's, for people. */
export interface PathOwner extends UserIds {
  readonly name: string;
  readonly mode: number;
}

/** Why the user of ZooKeeper cannot use a directory. `user` is the later user of ZooKeeper, if root asks. */
export type DirectoryProblem = { readonly path: string } & (
  | { readonly kind: 'leads-nowhere'; readonly problem: string }
  | { readonly kind: 'not-a-directory' }
  | { readonly kind: 'read-only' }
  /** We may not write there ourselves. */
  | { readonly kind: 'unwritable'; readonly owner: PathOwner; readonly us: UserIds }
  /** The user that root becomes may not search or write there. */
  | {
      readonly kind: 'barred';
      readonly access: 'searched' | 'written';
      readonly owner: PathOwner;
      readonly user: UserIds;
      /** True if the owner itself lacks the right, so that giving it away does not help. */
      readonly byMode: boolean;
    }
  /** A link leads root out of the way that only root may change. */
  | { readonly kind: 'astray'; readonly problem: string; readonly user: UserIds }
  /** Something in it that root does not give away with it. */
  | { readonly kind: 'not-given'; readonly problem: string; readonly user: UserIds }
  | { readonly kind: 'unreachable'; readonly problem: string; readonly user: UserIds }
);

/** Each problem with what to do about it. */
export function directoryFindings(problems: readonly DirectoryProblem[]): Finding[] {
  return problems.map((problem) => {
    const { code = 'ZK-VOLUME-003', words, remedy } = explained(problem);
    return finding(code, { subject: problem.path, problem: words, remedy });
  });
}

/** True where root would have to go astray: then nothing there is to be read. */
export function leadsAstray(problems: readonly DirectoryProblem[]): boolean {
  return problems.some(({ kind }) => kind === 'astray');
}

interface Explained {
  readonly code?: Finding['code'];
  readonly words: string;
  readonly remedy: string;
}

function explained(problem: DirectoryProblem): Explained {
  switch (problem.kind) {
    case 'leads-nowhere':
      return { words: problem.problem, remedy: 'correct the link, or remove it, or choose another path' };
    case 'not-a-directory':
      return {
        words: 'is not a directory',
        remedy: 'remove the entry at that path, or choose another path',
      };
    case 'read-only':
      return { words: 'is on a read-only file system', remedy: 'mount a writable volume there' };
    case 'unwritable':
      return unwritable(problem);
    case 'barred':
      return barred(problem);
    case 'astray':
      return {
        code: 'ZK-VOLUME-040',
        words: problem.problem,
        remedy: `remove the link, or ${asUser(problem.user)}`,
      };
    case 'not-given':
      return notGiven(problem);
    case 'unreachable':
      return {
        words: problem.problem,
        remedy: `remove the entry at that path, or ${asUser(problem.user)}`,
      };
  }
}

type Of<Kind extends DirectoryProblem['kind']> = Extract<DirectoryProblem, { readonly kind: Kind }>;

function unwritable({ owner, us }: Of<'unwritable'>): Explained {
  // If root may not write, it lacks a capability, and no group can replace that.
  const way = us.uid === 0 ? `runAsUser: ${owner.uid || 1_000}` : `fsGroup: ${us.gid}`;
  return {
    words: `cannot be written: it belongs to ${owner.name} (uid ${owner.uid}, gid ${owner.gid}), the start runs as uid ${us.uid}, gid ${us.gid}`,
    remedy: `set ${way} in the pod's securityContext`,
  };
}

function barred({ access, owner, user, byMode }: Of<'barred'>): Explained {
  const ours = `uid ${user.uid}, gid ${user.gid}, which ZooKeeper runs as`;
  const mode = formatMode(owner.mode & 0o777);
  return {
    words: `cannot be ${access} by ${ours}: it belongs to ${owner.name} (uid ${owner.uid}, gid ${owner.gid}), mode ${mode}`,
    remedy: byMode
      ? 'let its owner read, write and search it (chmod u+rwx)'
      : 'let that user search it (chmod a+x)',
  };
}

function notGiven({ problem, user }: Of<'not-given'>): Explained {
  const { uid, gid } = user;
  return {
    code: 'ZK-VOLUME-041',
    words: `${problem}, so root does not give it to uid ${uid} with the directory`,
    remedy: `move it away, or change its owner by hand (chown ${uid}:${gid}), or ${asUser(user)}`,
  };
}

function asUser({ uid, gid }: UserIds): string {
  return `start as that user: runAsUser: ${uid} and fsGroup: ${gid} in the pod's securityContext`;
}

/** Root lacks the right to give directories away or to become that user; `why` says what is missing. */
export function notPermitted({ uid, gid }: UserIds, why: string): Finding {
  return finding('ZK-VOLUME-042', {
    subject: 'ZK_USER',
    problem: `${why}, so the start cannot become uid ${uid}, gid ${gid}`,
    remedy: `set runAsUser: ${uid} and fsGroup: ${gid} in the pod's securityContext, so that no root is needed`,
  });
}
