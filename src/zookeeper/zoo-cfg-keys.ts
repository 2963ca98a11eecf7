import { compareReleases, parseRelease, type Release, reaches } from './release.ts';
import { CLIENT_KEYS, PARSED_KEYS, PROPERTY_KEYS, TLS_KEYS } from './zoo-cfg-key-table.ts';

const SINCE = new Map(
  [PARSED_KEYS, TLS_KEYS, PROPERTY_KEYS].flatMap((table) =>
    Object.entries(table).flatMap(([since, keys]) =>
      keys.split(' ').map((key) => [key, since.split(' ')] as const),
    ),
  ),
);

const PARSED = new Set(Object.values(PARSED_KEYS).flatMap((keys) => keys.split(' ')));

/** Whole families whose members cannot be listed; the first three and the last are no system properties. */
const FAMILIES = [
  /^server\.\d+$/,
  /^group\.\d+$/,
  /^weight\.\d+$/,
  /^authProvider\.[^.]/,
  /^superUser\.[^.]/,
  /^metricsProvider\.[^.]/,
];

/** Keys that came and went: the first release that no longer knew them. */
const REMOVED: Readonly<Record<string, string>> = {
  ipReachableTimeout: '3.5.0',
  'leader.maxConcurrentSnapshots': '3.6.0',
  'leader.maxConcurrentSnapshotTimeout': '3.6.0',
};

/** The releases that brought the key, one for each line that got it late; `undefined` for a key no release knows. */
export function keySince(key: string): readonly string[] | undefined {
  return SINCE.get(key) ?? (FAMILIES.some((family) => family.test(key)) ? ['3.0.0'] : undefined);
}

/** False only when some release knows the key and this one does not; a key nobody knows is passed on as it is. */
export function isKnownTo(release: Release, key: string): boolean {
  const removed = REMOVED[key];
  if (removed !== undefined) return compareReleases(release, parseRelease(removed) as Release) < 0;
  const since = keySince(key);
  return since === undefined || reaches(release, since);
}

/** True for a key that QuorumPeerConfig takes for itself, so that no system property stands for it. */
export function isParsedOnly(key: string): boolean {
  return PARSED.has(key) || /^(server|group|weight)\.\d+$|^metricsProvider\./.test(key);
}

/** True for a key that some release knows or knew. */
export function isKey(key: string): boolean {
  return keySince(key) !== undefined || Object.hasOwn(REMOVED, key);
}

/** All keys with a fixed name, for `did you mean`. */
export function knownKeys(): string[] {
  return [...SINCE.keys()];
}

/** Keys that ZooKeeper reads from zoo.cfg without effect, and what has the effect (facts of QuorumPeerConfig). */
export function withoutEffect(key: string): string | undefined {
  if (key.startsWith('zookeeper.')) return `write ${key.slice('zookeeper.'.length)}, without the prefix`;
  if (JVM_ONLY.test(key)) return `set JVMFLAGS=-D${key}=… instead`;
  if (CLIENT_KEYS.includes(key)) return `give it to the clients: CLIENT_JVMFLAGS=-Dzookeeper.${key}=…`;
  if (key === 'requireClientAuthScheme')
    return 'use enforce.auth.enabled=true and enforce.auth.schemes=sasl (3.7 and newer)';
  const right = RENAMED[key];
  return right === undefined ? undefined : `write ${right} (the name that the code reads)`;
}

const JVM_ONLY =
  /^(jute\.maxbuffer|readonlymode\.enabled|(leader|follower)\.nodelay|znode\.container\..*|(java|javax|jdk|sun|user|file)\..*|com\.sun\..*|log4j\..*|logback\..*)$/;

/** Headings of ZooKeeper's administrator's guide whose property has another name. */
const RENAMED: Readonly<Record<string, string>> = {
  connectionMaxTokens: 'connection_throttle_tokens',
  connectionTokenFillTime: 'connection_throttle_fill_time',
  connectionTokenFillCount: 'connection_throttle_fill_count',
  connectionFreezeTime: 'connection_throttle_freeze_time',
  connectionDropIncrease: 'connection_throttle_drop_increase',
  connectionDropDecrease: 'connection_throttle_drop_decrease',
  connectionDecreaseRatio: 'connection_throttle_decrease_ratio',
  requestThrottleLimit: 'request_throttle_max_requests',
  requestThrottleStallTime: 'request_throttle_stall_time',
  requestThrottleDropStale: 'request_throttle_drop_stale',
  requestStaleLatencyCheck: 'request_stale_latency_check',
  requestStaleConnectionCheck: 'request_stale_connection_check',
  maxConcurrentSnapSyncs: 'leader.maxConcurrentSnapSyncs',
  maxConcurrentDiffSyncs: 'leader.maxConcurrentDiffSyncs',
  maxTimeToWaitForEpoch: 'leader.maxTimeToWaitForEpoch',
  advancedFlowControlEnabled: 'netty.advancedFlowControl.enabled',
  'outstandingHandshake.limit': 'netty.server.outstandingHandshake.limit',
  throttledOpWaitTime: 'throttled_op_wait_time',
};
