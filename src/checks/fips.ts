import { has } from '../zookeeper/features.ts';
import { isKnownTo } from '../zookeeper/keys.ts';
import type { SettingFacts } from './facts.ts';
import { isTrue, property } from './given.ts';

/** Whether ZooKeeper keeps to what FIPS allows (X509Util.getFipsMode). */
export function fipsMode(
  facts: Pick<SettingFacts, 'settings' | 'distribution' | 'jvm' | 'podFiles'>,
): boolean {
  const { distribution } = facts;
  if (distribution === undefined || !isKnownTo(distribution.release, 'fips-mode')) return false;
  const given = property(facts, 'fips-mode');
  return given === undefined ? has(distribution.release, 'fipsByDefault') : isTrue(given);
}
