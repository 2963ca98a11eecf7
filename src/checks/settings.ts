import type { Finding } from '../findings/finding.ts';
import { connectionFindings } from './connections.ts';
import { ensembleFindings } from './ensemble.ts';
import { extraConfigFindings } from './extra-config.ts';
import type { SettingFacts } from './facts.ts';
import { flagFindings } from './flags.ts';
import { memoryFindings } from './memory.ts';
import { portFindings } from './ports.ts';
import { purgeFindings } from './purge.ts';
import { timeFindings } from './time.ts';
import { versionFindings } from './version.ts';

/** Every check that judges settings as such, all findings at once. */
export function settingFindings(facts: SettingFacts): Finding[] {
  return [
    ...portFindings(facts),
    ...timeFindings(facts),
    ...ensembleFindings(facts),
    ...purgeFindings(facts),
    ...connectionFindings(facts),
    ...memoryFindings(facts),
    ...flagFindings(facts),
    ...extraConfigFindings(facts),
    ...versionFindings(facts),
  ];
}
