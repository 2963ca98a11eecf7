import { compareReleases, isAtLeast, parseRelease, type Release } from '../distribution/release.ts';

/**
 * Every key of zoo.cfg with the first release that knows it, from the sources of the releases (QuorumPeerConfig and
 * the system properties of the servers), by release. Keys of 3.0 to 3.4 need no mention of their release.
 */
const KEYS_SINCE: Readonly<Record<string, string>> = {
  '3.0.0':
    'dataDir dataLogDir clientPort clientPortAddress tickTime initLimit syncLimit maxClientCnxns minSessionTimeout ' +
    'maxSessionTimeout electionAlg peerType autopurge.snapRetainCount autopurge.purgeInterval snapCount preAllocSize ' +
    'globalOutstandingLimit forceSync fsync.warningthresholdms cnxTimeout leaderServes skipACL ' +
    'DigestAuthenticationProvider.superDigest',
  '3.4.6': 'quorumListenOnAllIPs syncEnabled',
  '3.4.10':
    '4lw.commands.whitelist quorum.auth.enableSasl quorum.auth.learnerRequireSasl quorum.auth.serverRequireSasl ' +
    'quorum.auth.learner.saslLoginContext quorum.auth.server.saslLoginContext ' +
    'quorum.auth.kerberos.servicePrincipal quorum.cnxn.threads.size',
  '3.4.11': 'tcpKeepAlive',
  '3.5.0':
    'admin.enableServer admin.serverPort admin.serverAddress admin.commandURL admin.idleTimeout standaloneEnabled ' +
    'dynamicConfigFile localSessionsEnabled localSessionsUpgradingEnabled datadir.autocreate serverCnxnFactory ' +
    'nio.numSelectorThreads nio.numWorkerThreads nio.sessionlessCnxnTimeout forceSnapshotSync',
  '3.5.1':
    'secureClientPort secureClientPortAddress ssl.keyStore.location ssl.keyStore.password ssl.trustStore.location ssl.trustStore.password',
  '3.5.3': 'reconfigEnabled',
  '3.5.4': 'extendedTypesEnabled X509AuthenticationProvider.superUser',
  '3.5.5':
    'sslQuorum portUnification sslQuorumReloadCertFiles ssl.clientAuth ssl.quorum.clientAuth ssl.hostnameVerification ' +
    'ssl.quorum.hostnameVerification ssl.protocol ssl.enabledProtocols ssl.ciphersuites ssl.keyStore.type ' +
    'ssl.trustStore.type ssl.quorum.keyStore.location ssl.quorum.keyStore.password ssl.quorum.keyStore.type ' +
    'ssl.quorum.trustStore.location ssl.quorum.trustStore.password ssl.quorum.trustStore.type ssl.quorum.protocol ' +
    'ssl.quorum.enabledProtocols ssl.quorum.ciphersuites ssl.crl ssl.ocsp ssl.quorum.crl ssl.quorum.ocsp',
  '3.5.6': 'snapshot.trust.empty electionPortBindRetry',
  '3.5.7': 'client.portUnification',
  '3.5.9': 'sessionRequireClientSASLAuth',
  '3.5.10':
    'jvm.pause.monitor jvm.pause.info-threshold.ms jvm.pause.warn-threshold.ms jvm.pause.sleep.time.ms',
  '3.6.0':
    'connectToLearnerMasterLimit clientPortListenBacklog observerMasterPort multiAddress.enabled ' +
    'multiAddress.reachabilityCheckEnabled multiAddress.reachabilityCheckTimeoutMs metricsProvider.className ' +
    'snapSizeLimitInKb txnLogSizeLimitInKb commitLogCount maxCnxns quorumCnxnTimeoutMs admin.portUnification ' +
    'db.autocreate snapshot.compression.method audit.enable digest.enabled maxResponseCacheSize ' +
    'maxGetChildrenResponseCacheSize watchManagerName fastleader.minNotificationInterval ' +
    'fastleader.maxNotificationInterval flushDelay maxBatchSize maxWriteQueuePollTime request_throttle_max_requests ' +
    'request_throttle_stall_time request_throttle_drop_stale request_stale_latency_check ' +
    'request_stale_connection_check connection_throttle_tokens connection_throttle_fill_time ' +
    'connection_throttle_fill_count connection_throttle_freeze_time connection_throttle_drop_increase ' +
    'connection_throttle_drop_decrease connection_throttle_decrease_ratio largeRequestMaxBytes largeRequestThreshold ' +
    'leader.maxConcurrentSnapSyncs leader.maxConcurrentDiffSyncs leader.maxTimeToWaitForEpoch ' +
    'observer.reconnectDelayMs observer.election.DelayMs ensembleAuthName intBufferStartingSizeBytes ' +
    'closeSessionTxn.enabled enableEagerACLCheck bitHashCacheSize netty.advancedFlowControl.enabled ' +
    'netty.server.outstandingHandshake.limit',
  '3.6.3': 'admin.forceHttps learner.asyncSending',
  '3.7.0':
    'clientTcpKeepAlive DigestAuthenticationProvider.enabled DigestAuthenticationProvider.digestAlg ' +
    'enforce.auth.enabled enforce.auth.schemes enforceQuota leader.closeSocketAsync learner.closeSocketAsync ' +
    'throttled_op_wait_time',
  '3.7.2': 'client.certReload',
  '3.8.0':
    'oraclePath ssl.keyStore.passwordPath ssl.trustStore.passwordPath ssl.quorum.keyStore.passwordPath ' +
    'ssl.quorum.trustStore.passwordPath',
  '3.8.2': 'fips-mode',
  '3.9.0':
    'admin.needClientAuth admin.snapshot.enabled admin.restore.enabled serializeLastProcessedZxid.enabled',
  '3.9.3': 'IPAuthenticationProvider.usexforwardedfor',
  '3.9.4': 'ssl.clientHostnameVerification',
};

const SINCE = new Map(
  Object.entries(KEYS_SINCE).flatMap(([since, keys]) => keys.split(' ').map((key) => [key, since] as const)),
);

/** Whole families whose members cannot be listed. */
const FAMILIES = [
  /^server\.\d+$/,
  /^group\.\d+$/,
  /^weight\.\d+$/,
  /^authProvider\./,
  /^superUser/,
  /^metricsProvider\./,
  /^kerberos\./,
  /^(nio|netty|commitProcessor|pathStats|messageTracker|watcherClean)\w*\.?/,
];

/** Keys that came and went: the last release line that knew them. */
const REMOVED: Readonly<Record<string, string>> = {
  ipReachableTimeout: '3.5.0',
  'leader.maxConcurrentSnapshots': '3.6.0',
};

/** The release that brought the key, `undefined` for a key no release knows. */
export function keySince(key: string): string | undefined {
  return SINCE.get(key) ?? (FAMILIES.some((family) => family.test(key)) ? '3.0.0' : undefined);
}

/** False only when some release knows the key and this one does not; a key nobody knows is passed on as it is. */
export function isKnownTo(release: Release, key: string): boolean {
  const removed = REMOVED[key];
  if (removed !== undefined) return compareReleases(release, parseRelease(removed) as Release) < 0;
  const since = keySince(key);
  // client.certReload came to three lines at different times; 3.8.0 to 3.8.4 are newer than 3.7.2 and lack it.
  if (key === 'client.certReload' && release.minor === 8) return isAtLeast(release, '3.8.5');
  return since === undefined || isAtLeast(release, since);
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
  const right = RENAMED[key];
  return right === undefined ? undefined : `write ${right} (the name that the code reads)`;
}

const JVM_ONLY =
  /^(jute\.maxbuffer|readonlymode\.enabled|(leader|follower)\.nodelay|znode\.container\..*|java\..*|javax\..*|sun\..*|com\.sun\..*|log4j\..*|logback\..*)$/;

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
