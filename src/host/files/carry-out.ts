import type { Plan } from '../../render/plan.ts';
import type { RenderedFile } from '../../render/plan-input.ts';
import { describeErrno, errorCode } from '../errno.ts';
import { makeDirectory } from './make-directory.ts';
import { removeLeftovers, type Written, writeRendered } from './write-file.ts';

/** A path that could not be written, with the reason; nothing after it was tried. */
export class WriteFailure extends Error {
  override readonly name = 'WriteFailure';
  readonly remedy: string;
  constructor(path: string, cause: unknown) {
    super(`${path} ${describeErrno(cause)}`, { cause });
    this.remedy = remedyOf(errorCode(cause));
  }
}

const REMEDIES: Readonly<Record<string, string>> = {
  EROFS: 'mount a writable volume there (an emptyDir is enough for the configuration)',
  ENOSPC: 'free space on that volume or enlarge it',
  EDQUOT: 'free space under that quota or raise it',
  EFBIG: 'raise the limit on the size of files (ulimit -f)',
  EIO: 'look at the device and the log of the node',
  ESTALE: 'check the server of that file system, and mount it again',
  EBUSY: 'do not mount a single file there; use the ZK_ variables instead of a ready-made file',
  ENOENT: 'choose a path where this machine can make directories',
  ENOTDIR: 'remove what stands in the way, or choose another path',
  EEXIST: 'remove the entry at that path, or choose another path',
  ELOOP: 'correct the link, or choose another path',
  ENAMETOOLONG: 'choose a shorter path',
};

function remedyOf(code: string | undefined): string {
  if (code === undefined) return 'remove the entry at that path, or choose another path';
  if (REMEDIES[code] !== undefined) return REMEDIES[code];
  const [uid, gid] = [process.getuid?.(), process.getgid?.()];
  // If root may not write, it lacks a capability, and no group can replace that.
  if (uid === 0) return "start as the user of ZooKeeper (runAsUser, fsGroup in the pod's securityContext)";
  return `make it writable for uid ${uid}, gid ${gid}, for example with fsGroup: ${gid} in the securityContext`;
}

/** The result for one file. */
export interface Outcome {
  readonly file: RenderedFile;
  readonly written: Written;
}

/**
 * Makes the directories and writes the files of the plan, as the user that we are.
 * @throws WriteFailure with the path that failed.
 */
export function carryOut({ directories, files }: Pick<Plan, 'directories' | 'files'>): Outcome[] {
  for (const directory of directories) attempt(directory, () => makeDirectory(directory));
  removeLeftovers(files.map(({ path }) => path));
  return files.map((file) => ({ file, written: attempt(file.path, () => writeRendered(file)) }));
}

/** @throws WriteFailure with the path, for every error of the action. */
export function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw new WriteFailure(path, cause);
  }
}
