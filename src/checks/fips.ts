import { isAtLeast } from '../zookeeper/release.ts';
import type { SettingFacts } from './facts.ts';
import { isTrue, property } from './given.ts';

/** Whether ZooKeeper keeps to what FIPS allows: known since 3.8.2, and the default since 3.9.0 (X509Util.getFipsMode). */
export function fipsMode(
  facts: Pick<SettingFacts, 'settings' | 'distribution' | 'jvm' | 'podFiles'>,
): boolean {
  const { distribution } = facts;
  if (distribution === undefined || !isAtLeast(distribution.release, '3.8.2')) return false;
  const given = property(facts, 'fips-mode');
  return given === undefined ? isAtLeast(distribution.release, '3.9.0') : isTrue(given);
}
