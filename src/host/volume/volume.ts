import type { Ensemble } from '../../ensemble/member.ts';
import { type MyidOnDisk, myidFindings } from '../../ensemble/myid.ts';
import type { Finding } from '../../findings/finding.ts';
import type { Plan } from '../../render/plan.ts';
import type { Settings } from '../../settings/table.ts';
import { userFindings } from '../account/privileges.ts';
import { describeErrno, errorCode } from '../errno.ts';
import { directoryFindings, leadsAstray } from '../files/directories.ts';
import { whatStandsAt } from '../files/foreign.ts';
import { plannedFindings } from '../files/planned-files.ts';
import { atMost, readText } from '../files/read-file.ts';
import { type GuardInput, volumeFindings } from './volume-guards.ts';

/** What the user, the directories and myid say before anything is written; only what exists is judged. */
export function machineFindings(planned: Planned): Finding[] {
  const { plan, settings } = planned;
  const directories = directoryFindings(plan.directories, settings.user);
  const volume = leadsAstray(directories) ? [] : [...idFindings(planned), ...volumeFindings(planned)];
  return [...userFindings(settings.user), ...directories, ...volume, ...plannedFindings(planned)];
}

/** What is to be carried out, and for whom. */
interface Planned extends GuardInput {
  readonly plan: Plan;
  readonly ensemble: Pick<Ensemble, 'myid' | 'members'>;
  readonly settings: GuardInput['settings'] & Pick<Settings, 'terminationLog'>;
}

function idFindings({ plan, ensemble: { myid } }: Planned): Finding[] {
  const path = plan.files.find(({ onlyIfAbsent }) => onlyIfAbsent)?.path as string;
  return myidFindings(readMyid(path), { myid, path });
}

function readMyid(path: string): MyidOnDisk {
  try {
    // As root a link is not followed, but where it leads to nothing is told all the same.
    whatStandsAt(path);
    return { kind: 'text', text: readText(path, { maxBytes: atMost.lineBytes, lies: 'volume' }, 'latin1') };
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { kind: 'absent' }
      : { kind: 'unreadable', problem: describeErrno(error) };
  }
}
