import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import type { Ensemble } from '../ensemble/member.ts';
import { type MyidOnDisk, myidFindings } from '../ensemble/myid.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { Plan } from '../render/plan.ts';
import { nameOfUid } from './account.ts';
import { describeErrno, errorCode } from './errno.ts';
import { userFindings } from './privileges.ts';
import { nearestExisting } from './read-places.ts';
import { type GuardInput, volumeFindings } from './volume-guards.ts';

/** What the user, the directories and myid say before anything is written; only what exists is judged. */
export function machineFindings(planned: Planned): Finding[] {
  const {
    plan,
    ensemble: { myid },
    settings,
  } = planned;
  const path = plan.files.find(({ onlyIfAbsent }) => onlyIfAbsent)?.path as string;
  const directories = plan.directories.flatMap((directory) => directoryFindings(directory));
  return [
    ...userFindings(settings.user),
    ...directories,
    ...myidFindings(readMyid(path), { myid, path }),
    ...volumeFindings(planned),
  ];
}

/** What is to be carried out, and for whom. */
interface Planned extends GuardInput {
  readonly plan: Plan;
  readonly ensemble: Pick<Ensemble, 'myid' | 'members'>;
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
