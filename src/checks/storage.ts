import { type Finding, finding } from '../findings/finding.ts';
import type { SettingFacts } from './facts.ts';

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
      'snapshot.trust.empty is true: a volume that has lost its snapshots starts as if nothing were missing',
    remedy: 'remove it; where one start needs it, ZK-VOLUME-004 says how to consent to that one',
  });
}

function snapshotStorm(value: string): Finding {
  return finding('ZK-SNAPSHOT-002', {
    subject: SUBJECT,
    problem: `snapCount is ${value}: a snapshot would be written after every few hundred transactions`,
    remedy: `set ${FEWEST} or more; ZooKeeper's own is 100000`,
  });
}
