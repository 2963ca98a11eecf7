import type { Finding } from '../../../src/findings/finding.ts';
import { lookAtVolume, readContents } from '../../../src/host/volume/look-at-volume.ts';
import type { Settings } from '../../../src/settings/table.ts';
import { judgeVolume, type VolumeQuestion } from '../../../src/volume/judge-volume.ts';

/** A volume of this machine, and the server that is to start on it. */
export interface Judged extends Omit<VolumeQuestion, 'standalone' | 'lastStart' | 'consents' | 'settings'> {
  readonly settings: Pick<Settings, 'user' | 'dataDir' | 'dataLogDir' | 'extraConfig'>;
  readonly members: number;
  readonly lastStart?: VolumeQuestion['lastStart'];
  readonly consents?: VolumeQuestion['consents'];
}

/** What a start would find on it. */
export function volumeFindings({ members, lastStart, consents, ...question }: Judged): Finding[] {
  const look = lookAtVolume(readContents(question.settings), question.settings, lastStart?.dataLogDir);
  return judgeVolume(look, { ...question, standalone: members < 2, lastStart, consents }).findings;
}
