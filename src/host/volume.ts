import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Distribution } from '../distribution/distribution.ts';
import type { Ensemble } from '../ensemble/member.ts';
import { type MyidOnDisk, myidFindings } from '../ensemble/myid.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { Plan } from '../render/plan.ts';
import type { Settings } from '../settings/table.ts';
import { refusalsOf } from '../volume/refusable.ts';
import { missingSnapshot } from '../volume/snapshots.ts';
import { nameOfUid } from './account.ts';
import { describeErrno, errorCode } from './errno.ts';
import { userFindings } from './privileges.ts';
import { readVolume } from './read-volume.ts';

/** What the user, the directories and myid say before anything is written; only what exists is judged. */
export function machineFindings({ plan, ensemble: { myid }, settings, distribution }: Planned): Finding[] {
  const path = plan.files.find(({ onlyIfAbsent }) => onlyIfAbsent)?.path as string;
  const directories = plan.directories.flatMap((directory) => directoryFindings(directory));
  return [
    ...userFindings(settings.user),
    ...directories,
    ...myidFindings(readMyid(path), { myid, path }),
    ...refusalsOf(missingSnapshot(readVolume(settings), distribution.release), []),
  ];
}

/** What is to be carried out, and for whom. */
interface Planned {
  readonly plan: Plan;
  readonly ensemble: Pick<Ensemble, 'myid'>;
  readonly settings: Pick<Settings, 'user' | 'dataDir' | 'dataLogDir'>;
  readonly distribution: Pick<Distribution, 'release'>;
}

function readMyid(path: string): MyidOnDisk {
  try {
    return { kind: 'text', text: readFileSync(path, 'latin1') };
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { kind: 'absent' }
      : { kind: 'unreadable', problem: describeErrno(error) };
  }
}

function directoryFindings(path: string): Finding[] {
  if (process.getuid?.() === 0) return notADirectory(path);
  const nearest = nearestExisting(path);
  if (!statSync(nearest).isDirectory()) return notADirectory(nearest);
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
    return [];
  } catch (error) {
    return [unwritable(nearest, error)];
  }
}

function notADirectory(path: string): Finding[] {
  if (!existsSync(path) || statSync(path).isDirectory()) return [];
  return [
    finding('ZK-VOLUME-003', {
      subject: path,
      problem: 'is not a directory',
      remedy: 'remove what stands there, or choose another path',
    }),
  ];
}

function nearestExisting(path: string): string {
  return existsSync(path) || path === '/' ? path : nearestExisting(dirname(path));
}

function unwritable(path: string, error: unknown): Finding {
  const { uid, gid } = statSync(path);
  const us = process.getuid?.() ?? -1;
  const group = process.getgid?.() ?? -1;
  if (errorCode(error) === 'EROFS') {
    return finding('ZK-VOLUME-003', {
      subject: path,
      problem: 'is on a read-only file system',
      remedy: 'mount a writable volume there',
    });
  }
  return finding('ZK-VOLUME-003', {
    subject: path,
    problem: `cannot be written: it belongs to ${nameOfUid(uid)} (uid ${uid}, gid ${gid}), we are uid ${us}, gid ${group}`,
    remedy: `set fsGroup: ${group} in the pod's securityContext`,
  });
}
