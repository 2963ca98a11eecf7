import { type Finding, finding } from '../findings/finding.ts';
import { ownerOfZooCfgKey } from '../settings/table.ts';
import { nearest } from '../text/nearest.ts';
import { isKey, knownKeys, withoutEffect } from '../zookeeper/zoo-cfg-keys.ts';
import type { SettingFacts } from './facts.ts';

const SUBJECT = 'ZK_EXTRA_CONFIG';

/** Keys that have a setting, keys without effect, and keys that no release knows. */
export function extraConfigFindings({ settings }: Pick<SettingFacts, 'settings'>): Finding[] {
  return settings.extraConfig.flatMap(([key]) => keyFinding(key) ?? []);
}

function keyFinding(key: string): Finding | undefined {
  const owner = ownerOfZooCfgKey(key);
  if (owner !== undefined) {
    return finding('ZK-SETTING-007', {
      subject: SUBJECT,
      problem: `${key} has a setting of its own`,
      remedy: `set ${owner} instead`,
    });
  }
  const remedy = withoutEffect(key);
  if (remedy !== undefined) {
    return finding('ZK-SETTING-008', {
      subject: SUBJECT,
      problem: `${key} in zoo.cfg has no effect`,
      remedy,
    });
  }
  if (isKey(key)) return undefined;
  const near = nearest(key, knownKeys());
  return finding('ZK-SETTING-009', {
    subject: SUBJECT,
    problem: `${key} is a key no release knows`,
    remedy:
      near === undefined
        ? `check the spelling; it becomes the system property zookeeper.${key}`
        : `did you mean ${near}?`,
  });
}
