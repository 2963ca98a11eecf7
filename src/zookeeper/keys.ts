import { CLIENT_KEYS, FAMILIES, JVM_ONLY, KEYS, type KeyRow, RENAMED, type Takes } from './key-table.ts';
import { isAtLeast, type Release, reaches } from './release.ts';

function rowOf(key: string): Omit<KeyRow, 'takes' | 'port'> | undefined {
  return fixedRow(key) ?? FAMILIES.find(({ names }) => names.test(key));
}

function fixedRow(key: string): KeyRow | undefined {
  return Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
}

/** The releases that brought the key, one for each line that got it late; undefined for one that is gone or nobody knows. */
export function keySince(key: string): readonly string[] | undefined {
  return rowOf(key)?.since;
}

/** False only when some release knows the key and this one does not; a key nobody knows is passed on as it is. */
export function isKnownTo(release: Release, key: string): boolean {
  const row = rowOf(key);
  if (row?.until !== undefined && isAtLeast(release, row.until)) return false;
  return row?.since === undefined || reaches(release, row.since);
}

/** True for a key that QuorumPeerConfig takes for itself, so that no system property stands for it. */
export function isParsedOnly(key: string): boolean {
  return rowOf(key)?.read === 'zoo.cfg';
}

/** True for a key that some release knows or knew. */
export function isKey(key: string): boolean {
  return rowOf(key) !== undefined;
}

/** What the value of a key is checked for. */
export function takes(key: string): Takes {
  return fixedRow(key)?.takes ?? 'text';
}

/** True where this very value keeps somebody out: a release that does not know the key would let them in. */
export function secures(key: string, value: string): boolean {
  const how = rowOf(key)?.secures;
  return how === 'either way' || (how === 'unless off' && !/^(false|none)$/i.test(value));
}

/** All keys with a fixed name that are not gone, for `did you mean`. */
export const knownKeys: readonly string[] = Object.entries(KEYS).flatMap(([key, { until }]) =>
  until === undefined ? [key] : [],
);

/** Keys whose value is a port that this server opens. */
export const portKeys: readonly string[] = knownKeys.filter((key) => KEYS[key]?.port);

/** Keys that ZooKeeper reads from zoo.cfg without effect, and what has the effect (facts of QuorumPeerConfig). */
export function withoutEffect(key: string): string | undefined {
  if (key.startsWith('zookeeper.')) return `write ${key.slice('zookeeper.'.length)}, without the prefix`;
  if (JVM_ONLY.test(key)) return `set JVMFLAGS=-D${key}=… instead`;
  if (CLIENT_KEYS.includes(key)) return `give it to the clients: CLIENT_JVMFLAGS=-Dzookeeper.${key}=…`;
  if (key === 'requireClientAuthScheme')
    return 'use enforce.auth.enabled=true and enforce.auth.schemes=sasl (3.7 and newer)';
  const right = Object.hasOwn(RENAMED, key) ? RENAMED[key] : undefined;
  return right === undefined ? undefined : `write ${right} (the name that the code reads)`;
}
