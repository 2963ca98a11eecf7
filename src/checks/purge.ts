import { type Finding, finding } from '../findings/finding.ts';
import type { SettingFacts } from './facts.ts';

/** Settings that let the volume fill up, or keep less than ZooKeeper does. */
export function purgeFindings({ settings }: SettingFacts): Finding[] {
  const findings: Finding[] = [];
  if (settings.purgeIntervalHours === 0) {
    findings.push(
      finding('ZK-PURGE-001', {
        subject: 'ZK_PURGE_INTERVAL',
        problem: 'is 0, so snapshots and logs are kept until the volume is full',
        remedy: 'set hours, such as 24',
      }),
    );
  }
  if (settings.snapRetainCount < 3) {
    findings.push(
      finding('ZK-PURGE-002', {
        subject: 'ZK_SNAP_RETAIN_COUNT',
        problem: `is ${settings.snapRetainCount}; ZooKeeper raises it to 3`,
        remedy: 'set 3 or more',
      }),
    );
  }
  return findings;
}
