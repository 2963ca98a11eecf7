import { type Finding, finding } from '../findings/finding.ts';
import { type Room, roomFindings } from './room.ts';
import { noLock } from './strange.ts';

interface PathProblem {
  readonly path: string;
  readonly problem: string;
}

/** What the files that are to be written find where they go. */
export interface PlannedLook {
  /** What stands in the place of a file and cannot be replaced by it. */
  readonly inTheWay: readonly PathProblem[];
  /** Entries at the path of a lock file that are not regular files. */
  readonly locks: readonly PathProblem[];
  /** The files that are mount points of their own. */
  readonly mountedAlone: readonly string[];
  readonly room: Room;
  readonly terminationLog: PathProblem | undefined;
}

/** What keeps files from being written. */
export function plannedFindings(look: PlannedLook): Finding[] {
  return [
    ...look.inTheWay.map(inTheWay),
    ...look.locks.map(({ path, problem }) => noLock(path, problem)),
    ...look.mountedAlone.map(mountedAlone),
    ...roomFindings(look.room),
    ...(look.terminationLog === undefined ? [] : [noTerminationLog(look.terminationLog)]),
  ];
}

function inTheWay({ path, problem }: PathProblem): Finding {
  return finding('ZK-FILE-004', {
    subject: path,
    problem: `${problem}, but the start must write a file there`,
    remedy: 'remove it',
  });
}

function mountedAlone(path: string): Finding {
  return finding('ZK-FILE-002', {
    subject: path,
    problem: 'is a mount point, so the start cannot replace it with its own file',
    remedy: 'do not mount a single file there (subPath); use the ZK_ variables instead of a ready-made file',
  });
}

function noTerminationLog({ path, problem }: PathProblem): Finding {
  return finding('ZK-FILE-003', {
    subject: path,
    problem: `${problem}, so the reason why a server ended is not written there (ZK_TERMINATION_LOG)`,
    remedy: 'give the path of a regular file; in Kubernetes the one of terminationMessagePath',
  });
}
