import { isKnownTo } from '../render/zoo-cfg-keys.ts';
import type { Settings } from '../settings/table.ts';
import type { SettingFacts } from './facts.ts';

/** A value and the variable it was given in. */
export interface Given {
  readonly value: string;
  readonly subject: 'ZK_EXTRA_CONFIG' | 'JVMFLAGS' | 'SERVER_JVMFLAGS';
}

type Facts = Pick<SettingFacts, 'settings' | 'distribution'>;

/** The value of a key that zoo.cfg will hold, for keys that QuorumPeerConfig parses; a flag does nothing for those. */
export function written({ settings, distribution }: Facts, key: string): Given | undefined {
  if (distribution !== undefined && !isKnownTo(distribution.release, key)) return undefined;
  const pair = settings.extraConfig.find(([name]) => name === key);
  return pair === undefined ? undefined : { value: pair[1], subject: 'ZK_EXTRA_CONFIG' };
}

/** The value of a system property `zookeeper.<key>`: zoo.cfg wins over -D, the last flag over the others. */
export function property(facts: Facts, key: string): Given | undefined {
  return written(facts, key) ?? systemProperty(facts.settings, `zookeeper.${key}`);
}

/** The value of a -D flag as the JVM will have it. */
export function systemProperty(settings: Settings, name: string): Given | undefined {
  return lastFlag(settings, (flag) =>
    flag.startsWith(`-D${name}=`) ? flag.slice(name.length + 3) : undefined,
  );
}

/** What the last flag that `read` understands says; JVMFLAGS come after SERVER_JVMFLAGS. */
export function lastFlag(settings: Settings, read: (flag: string) => string | undefined): Given | undefined {
  return flagsInOrder(settings).reduce<Given | undefined>((last, { flag, subject }) => {
    const value = read(flag);
    return value === undefined ? last : { value, subject };
  }, undefined);
}

function flagsInOrder({ serverJvmFlags, jvmFlags }: Settings) {
  return [
    ...serverJvmFlags.map((flag) => ({ flag, subject: 'SERVER_JVMFLAGS' as const })),
    ...jvmFlags.map((flag) => ({ flag, subject: 'JVMFLAGS' as const })),
  ];
}

/** True for a boolean property that is set, as Java reads it. */
export function isTrue(given: Given | undefined): boolean {
  return given?.value.toLowerCase() === 'true';
}

/** True for a boolean property that is set to false, as Java reads it. */
export function isFalse(given: Given | undefined): boolean {
  return given?.value.toLowerCase() === 'false';
}
