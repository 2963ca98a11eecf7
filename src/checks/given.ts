import { isKnownTo } from '../zookeeper/keys.ts';
import type { SettingFacts } from './facts.ts';
import { type JvmFacts, jvmWords, lastWord, subjectOf } from './jvm/jvm-words.ts';

/** A value and the variable it was given in. */
export interface Given {
  readonly value: string;
  /** ZK_EXTRA_CONFIG, JVMFLAGS and so on. */
  readonly subject: string;
}

type Facts = Pick<SettingFacts, 'settings' | 'distribution' | 'jvm' | 'podFiles'>;

/** The value of a key that zoo.cfg will hold, for keys that QuorumPeerConfig parses; a flag does nothing for those. */
export function written({ settings, distribution }: Facts, key: string): Given | undefined {
  if (distribution !== undefined && !isKnownTo(distribution.release, key)) return undefined;
  const pair = settings.extraConfig.find(([name]) => name === key);
  return pair === undefined ? undefined : { value: pair[1], subject: 'ZK_EXTRA_CONFIG' };
}

/** The value of a system property `zookeeper.<key>`: zoo.cfg wins over -D, the last flag over the others. */
export function property(facts: Facts, key: string): Given | undefined {
  return written(facts, key) ?? systemProperty(facts, `zookeeper.${key}`);
}

/** The value of a -D flag as the JVM will have it; a flag without a value is an empty text. */
export function systemProperty(facts: Facts, name: string): Given | undefined {
  return lastFlag(facts, (flag) => {
    if (flag === `-D${name}`) return '';
    return flag.startsWith(`-D${name}=`) ? flag.slice(name.length + 3) : undefined;
  });
}

/** What the last flag that `read` understands says, whatever it came from. */
export function lastFlag(facts: JvmFacts, read: (flag: string) => string | undefined): Given | undefined {
  const last = lastWord(jvmWords(facts), read);
  return last === undefined ? undefined : { value: last.value, subject: subjectOf(last.given) };
}

/** True for a boolean property that is set, as Java reads it. */
export function isTrue(given: Given | undefined): boolean {
  return given?.value.toLowerCase() === 'true';
}

/** True for a boolean property that is set to false, as Java reads it. */
export function isFalse(given: Given | undefined): boolean {
  return given?.value.toLowerCase() === 'false';
}
