import { type Finding, finding } from '../findings/finding.ts';
import type { SettingFacts } from './setting-facts.ts';

const SUBJECT = 'ZK_EXTRA_CONFIG';
const FEWEST = 1_000;

/** Keys that make ZooKeeper trust a volume it should not, or write snapshots without end. */
export function storageFindings({ settings: { extraConfig } }: Pick<SettingFacts, 'settings'>): Finding[] {
  return extraConfig.flatMap(([key, value]) => {
    if (key === 'snapshot.trust.empty' && value.toLowerCase() === 'true') return [trustLeftOn()];
    if (key === 'snapCount' && Number(value) < FEWEST) return [snapshotStorm(value)];
    return [];
  });
}

function trustLeftOn(): Finding {
  return finding('ZK-SNAPSHOT-001', {
    subject: SUBJECT,
    problem:
      'snapshot.trust.empty is true: a volume that has lost its snapshots would start without an error',
    remedy: 'remove it; if one start needs it, see the consent in ZK-VOLUME-004',
  });
}

function snapshotStorm(value: string): Finding {
  return finding('ZK-SNAPSHOT-002', {
    subject: SUBJECT,
    problem: `snapCount is ${value}: a snapshot would be written after every few hundred transactions`,
    remedy: `set ${FEWEST} or more; ZooKeeper's own is 100000`,
  });
}

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
