import { loginVariableOf } from '../settings/logins.ts';
import { tlsVariableOf } from '../settings/tls.ts';
import { has } from '../zookeeper/features.ts';
import { isKnownTo } from '../zookeeper/keys.ts';
import { type JvmFacts, jvmWords, lastWord, subjectOf } from './jvm/command-line.ts';
import type { SettingFacts } from './setting-facts.ts';

/** A value and the variable it was given in. */
export interface GivenValue {
  readonly value: string;
  /** ZK_EXTRA_CONFIG, JVMFLAGS and so on. */
  readonly subject: string;
}

type Facts = Pick<SettingFacts, 'settings' | 'distribution' | 'jvm' | 'podFiles'>;

/** The value of a key that zoo.cfg will hold, for keys that QuorumPeerConfig parses; a flag does nothing for those. */
export function written({ settings, distribution }: Facts, key: string): GivenValue | undefined {
  if (distribution !== undefined && !isKnownTo(distribution.release, key)) return undefined;
  const pair = settings.extraConfig.find(([name]) => name === key);
  return pair === undefined
    ? undefined
    : {
        value: pair[1],
        subject: tlsVariableOf(settings, key) ?? loginVariableOf(settings, pair) ?? 'ZK_EXTRA_CONFIG',
      };
}

/** The value of a system property `zookeeper.<key>`: zoo.cfg wins over -D, the last flag over the others. */
export function property(facts: Facts, key: string): GivenValue | undefined {
  return written(facts, key) ?? systemProperty(facts, `zookeeper.${key}`);
}

/** The value of a -D flag as the JVM will have it; a flag without a value is an empty text. */
export function systemProperty(facts: Facts, name: string): GivenValue | undefined {
  return lastFlag(facts, (flag) => {
    if (flag === `-D${name}`) return '';
    return flag.startsWith(`-D${name}=`) ? flag.slice(name.length + 3) : undefined;
  });
}

/** What the last flag that `read` understands says, whatever it came from. */
export function lastFlag(
  facts: JvmFacts,
  read: (flag: string) => string | undefined,
): GivenValue | undefined {
  const last = lastWord(jvmWords(facts), read);
  return last === undefined ? undefined : { value: last.value, subject: subjectOf(last.given) };
}

/** True for a boolean property that is set, as Java reads it. */
export function isTrue(given: GivenValue | undefined): boolean {
  return given?.value.toLowerCase() === 'true';
}

/** True for a boolean property that is set to false, as Java reads it. */
export function isFalse(given: GivenValue | undefined): boolean {
  return given?.value.toLowerCase() === 'false';
}

/** Whether ZooKeeper keeps to what FIPS allows (X509Util.getFipsMode). */
export function fipsMode(facts: Facts): boolean {
  const { distribution } = facts;
  if (distribution === undefined || !isKnownTo(distribution.release, 'fips-mode')) return false;
  const given = property(facts, 'fips-mode');
  return given === undefined ? has(distribution.release, 'fipsByDefault') : isTrue(given);
}

/** Every authProvider.<name> that is given, in zoo.cfg or as a flag (ProviderRegistry). */
export function providers(facts: JvmFacts) {
  const flags = jvmWords(facts).map(({ word }) => word.replace(/^-Dzookeeper\./, ''));
  const pairs = [
    ...facts.settings.extraConfig,
    ...flags.map((flag) => flag.split('=', 2) as [string, string]),
  ];
  return pairs
    .filter(([key]) => key.startsWith('authProvider.'))
    .map(([key, className = '']) => ({ name: key.slice('authProvider.'.length), className }));
}
