import { CLIENT_KEYS, FAMILIES, JVM_ONLY, KEYS, type KeyRow, RENAMED, type Takes } from './key-table.ts';
import { isAtLeast, type Release, reaches } from './release.ts';

function rowOf(key: string): Omit<KeyRow, 'takes' | 'port'> | undefined {
  return fixedRow(key) ?? FAMILIES.find(({ names }) => names.test(key));
}

function fixedRow(key: string): KeyRow | undefined {
  return Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
}

/** The releases that introduced the key, one for each release line. Undefined for a removed key and for an unknown one. */
export function keySince(key: string): readonly string[] | undefined {
  return rowOf(key)?.since;
}

/** False if another release knows the key and this one does not. A key that no release knows is passed on as it is. */
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

/** The key of zoo.cfg without which ZooKeeper ends where this one is on. */
export function neededBy(key: string): string | undefined {
  return fixedRow(key)?.needs;
}

/** True for a key that QuorumPeerConfig reads as a line of a member, and ends at, since no number follows. */
export function isReadAsMember(key: string): boolean {
  return /^(server\.|group|weight)/.test(key) && !/^(server|group|weight)\.\d+$/.test(key);
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

/** Why a key of zoo.cfg has no effect. */
export type WithoutEffect =
  /** It has the prefix of system properties, which QuorumPeerConfig puts before it again; `key` is without. */
  | { readonly kind: 'prefixed'; readonly key: string }
  /** Only a flag of the JVM can set it. */
  | { readonly kind: 'jvm-only' }
  /** Only clients read it. */
  | { readonly kind: 'of-clients' }
  /** The administrator's guide calls it so; the code reads `key`. */
  | { readonly kind: 'renamed'; readonly key: string }
  /** Two keys have taken its place since. */
  | { readonly kind: 'replaced'; readonly by: string; readonly since: string };

/** Whether and why ZooKeeper reads a key of zoo.cfg without effect (QuorumPeerConfig); undefined where it has one. */
export function withoutEffect(key: string): WithoutEffect | undefined {
  if (key.startsWith('zookeeper.')) return { kind: 'prefixed', key: key.slice('zookeeper.'.length) };
  if (JVM_ONLY.test(key)) return { kind: 'jvm-only' };
  if (CLIENT_KEYS.includes(key)) return { kind: 'of-clients' };
  if (key === 'requireClientAuthScheme')
    return {
      kind: 'replaced',
      by: 'enforce.auth.enabled=true and enforce.auth.schemes=sasl',
      since: '3.7',
    };
  const right = Object.hasOwn(RENAMED, key) ? RENAMED[key] : undefined;
  return right === undefined ? undefined : { kind: 'renamed', key: right };
}
