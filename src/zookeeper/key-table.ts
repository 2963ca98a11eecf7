/**
 * What a value is checked for. QuorumPeerConfig.parseBoolean and Boolean.getBoolean take `boolean`; FileTxnLog and others
 * compare with `yes or no` alone, so `forceSync=false` still is yes; Integer.parseInt and Integer.getInteger take `number`,
 * without a unit; InetAddress.getByName takes `address`. `text` is not checked. The others end ZooKeeper.
 */
export type Takes = 'boolean' | 'yes or no' | 'number' | 'address' | 'text' | Ending;

/** Values that end ZooKeeper unless they are right, in zoo.cfg as in a flag. */
export type Ending =
  | { readonly least: number }
  | { readonly decimal: true }
  | { readonly oneOf: readonly string[] }
  /** The classes of ZooKeeper's own that fit. One of another package may come with a jar that is added. */
  | { readonly classes: readonly string[] };

/** A key of zoo.cfg. */
export interface KeyRow {
  /** `zoo.cfg`: QuorumPeerConfig takes it for itself. `property`: the server reads the system property zookeeper.<key>. */
  readonly read: 'zoo.cfg' | 'property';
  /** The first releases that know it, one for each line that got it late; undefined where every older release did. */
  readonly since: readonly string[] | undefined;
  /** The first release that no longer knows it. */
  readonly until?: string;
  readonly takes: Takes;
  /** Its value is a port that this server opens. */
  readonly port?: true;
  /** It keeps somebody out: whatever its value is, or unless it is false or none. */
  readonly secures?: 'either way' | 'unless off';
  /** Where it is on, ZooKeeper ends unless this key of zoo.cfg is on too. */
  readonly needs?: string;
}

type More = Pick<KeyRow, 'port' | 'secures' | 'needs'>;

function parsed(since: string, takes: Takes = 'text', more: More = {}): KeyRow {
  return { read: 'zoo.cfg', since: since.split(' '), takes, ...more };
}

function property(since: string, takes: Takes = 'text', more: More = {}): KeyRow {
  return { read: 'property', since: since.split(' '), takes, ...more };
}

function ofClasses(names: string): Ending {
  return { classes: names.split(' ').map((name) => `org.apache.zookeeper.${name}`) };
}

/** What a Java without further providers has (Java Security Standard Algorithm Names, MessageDigest). */
const DIGESTS =
  'SHA1 SHA-1 SHA SHA-224 SHA-256 SHA-384 SHA-512 SHA-512/224 SHA-512/256 SHA3-224 SHA3-256 SHA3-384 SHA3-512 MD5 MD2'.split(
    ' ',
  );

function gone(until: string): KeyRow {
  return { read: 'property', since: undefined, until, takes: 'text' };
}

function tls(names: Readonly<Record<string, KeyRow>>): Readonly<Record<string, KeyRow>> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, row]) =>
      ['ssl.', 'ssl.quorum.'].map((prefix) => [
        `${prefix}${name}`,
        { ...row, secures: 'unless off' as const },
      ]),
    ),
  );
}

/** The release up to which this table has been held to the jars (test/zookeeper/keys) and to the tags of the history. */
export const KEYS_REVIEWED_UP_TO = '3.9.6';

/**
 * Every key with a fixed name. The first releases are read off the tags of ZooKeeper's history, one for each line where
 * they differ; test/zookeeper/keys holds the names to the jars.
 */
export const KEYS: Readonly<Record<string, KeyRow>> = {
  // What QuorumPeerConfig takes for itself; a flag does nothing for these.
  dataDir: parsed('3.0.0'),
  dataLogDir: parsed('3.0.0'),
  clientPort: parsed('3.0.0'),
  clientPortAddress: parsed('3.0.0'),
  tickTime: parsed('3.0.0'),
  initLimit: parsed('3.0.0'),
  syncLimit: parsed('3.0.0'),
  maxClientCnxns: parsed('3.0.0'),
  minSessionTimeout: parsed('3.0.0'),
  maxSessionTimeout: parsed('3.0.0'),
  electionAlg: parsed('3.0.0', { oneOf: ['3'] }),
  peerType: parsed('3.0.0'),
  'autopurge.snapRetainCount': parsed('3.0.0'),
  'autopurge.purgeInterval': parsed('3.0.0'),
  quorumListenOnAllIPs: parsed('3.4.6'),
  syncEnabled: parsed('3.4.6', 'boolean'),
  'quorum.auth.enableSasl': parsed('3.4.10 3.5.4', 'boolean', { secures: 'unless off' }),
  'quorum.auth.learnerRequireSasl': parsed('3.4.10 3.5.4', 'boolean', {
    secures: 'unless off',
    needs: 'quorum.auth.enableSasl',
  }),
  'quorum.auth.serverRequireSasl': parsed('3.4.10 3.5.4', 'boolean', {
    secures: 'unless off',
    needs: 'quorum.auth.enableSasl',
  }),
  'quorum.auth.learner.saslLoginContext': parsed('3.4.10 3.5.4', 'text', { secures: 'unless off' }),
  'quorum.auth.server.saslLoginContext': parsed('3.4.10 3.5.4', 'text', { secures: 'unless off' }),
  'quorum.auth.kerberos.servicePrincipal': parsed('3.4.10 3.5.4', 'text', { secures: 'unless off' }),
  'quorum.cnxn.threads.size': parsed('3.4.10 3.5.4', 'number'),
  standaloneEnabled: parsed('3.5.0', 'boolean'),
  dynamicConfigFile: parsed('3.5.0'),
  localSessionsEnabled: parsed('3.5.0', 'boolean'),
  localSessionsUpgradingEnabled: parsed('3.5.0', 'boolean'),
  secureClientPort: parsed('3.5.1', 'number', { port: true, secures: 'unless off' }),
  secureClientPortAddress: parsed('3.5.1', 'address', { secures: 'unless off', needs: 'secureClientPort' }),
  reconfigEnabled: parsed('3.5.3', 'boolean'),
  sslQuorum: parsed('3.5.5', 'boolean', { secures: 'unless off' }),
  portUnification: parsed('3.5.5', 'boolean'),
  sslQuorumReloadCertFiles: parsed('3.5.5', 'boolean'),
  'jvm.pause.monitor': parsed('3.5.10 3.6.0', 'boolean'),
  'jvm.pause.info-threshold.ms': parsed('3.5.10 3.6.0', 'number'),
  'jvm.pause.warn-threshold.ms': parsed('3.5.10 3.6.0', 'number'),
  'jvm.pause.sleep.time.ms': parsed('3.5.10 3.6.0', 'number'),
  connectToLearnerMasterLimit: parsed('3.6.0', 'number'),
  clientPortListenBacklog: parsed('3.6.0', 'number'),
  observerMasterPort: parsed('3.6.0', 'number', { port: true }),
  'metricsProvider.className': parsed('3.6.0'),
  'metricsProvider.httpPort': parsed('3.6.0', 'number', { port: true }),
  'metricsProvider.httpHost': parsed('3.6.0', 'address'),
  oraclePath: parsed('3.8.0'),

  // Below `ssl.` for clients, and below `ssl.quorum.` between members (X509Util).
  ...tls({
    protocol: property('3.5.5'),
    enabledProtocols: property('3.5.5'),
    ciphersuites: property('3.5.5'),
    'keyStore.type': property('3.5.5'),
    'trustStore.type': property('3.5.5'),
    hostnameVerification: property('3.5.5', 'boolean'),
    clientAuth: property('3.5.5'),
    crl: property('3.5.5', 'boolean'),
    ocsp: property('3.5.5', 'boolean'),
    handshakeDetectionTimeoutMillis: property('3.5.5'),
    'context.supplier.class': property('3.6.0'),
    'keyStore.passwordPath': property('3.8.0'),
    'trustStore.passwordPath': property('3.8.0'),
    allowReverseDnsLookup: property('3.8.6 3.9.5', 'boolean'),
    clientHostnameVerification: property('3.9.4', 'boolean'),
  }),

  // System properties: zoo.cfg sets them, and so does a flag -Dzookeeper.<key>.
  snapCount: property('3.0.0', 'number'),
  preAllocSize: property('3.0.0', 'number'),
  globalOutstandingLimit: property('3.0.0', 'number'),
  forceSync: property('3.0.0', 'yes or no'),
  'fsync.warningthresholdms': property('3.0.0', 'number'),
  cnxTimeout: property('3.0.0', 'number'),
  leaderServes: property('3.0.0', 'yes or no'),
  skipACL: property('3.0.0', 'yes or no'),
  'DigestAuthenticationProvider.superDigest': property('3.0.0', 'text', { secures: 'unless off' }),
  'jmx.log4j.disable': property('3.0.0'),
  serverCnxnFactory: property(
    '3.4.0',
    ofClasses('server.NIOServerCnxnFactory server.NettyServerCnxnFactory'),
  ),
  superUser: property('3.4.0'),
  allowSaslFailedClients: property('3.4.0'),
  'kerberos.removeHostFromPrincipal': property('3.4.0'),
  'kerberos.removeRealmFromPrincipal': property('3.4.0'),
  kinit: property('3.4.0'),
  requireKerberosConfig: property('3.4.0'),
  'security.auth_to_local': property('3.4.0'),
  'server.realm': property('3.4.0'),
  'SASLAuthenticationProvider.superPassword': property('3.4.0'),
  'sasl.serverconfig': property('3.4.4'),
  'observer.syncEnabled': property('3.4.6'),
  '4lw.commands.whitelist': property('3.4.10 3.5.3'),
  tcpKeepAlive: property('3.4.11 3.5.4', 'boolean'),
  'admin.enableServer': property('3.5.0'),
  'admin.serverPort': property('3.5.0'),
  'admin.serverAddress': property('3.5.0', 'address'),
  'admin.commandURL': property('3.5.0'),
  'admin.idleTimeout': property('3.5.0', 'number'),
  'datadir.autocreate': property('3.5.0', 'boolean'),
  'nio.numSelectorThreads': property('3.5.0', { least: 1 }),
  'nio.numWorkerThreads': property('3.5.0', 'number'),
  'nio.sessionlessCnxnTimeout': property('3.5.0', 'number'),
  'nio.directBufferBytes': property('3.5.0'),
  'nio.shutdownTimeout': property('3.5.0'),
  forceSnapshotSync: property('3.5.0'),
  'commitProcessor.numWorkerThreads': property('3.5.0'),
  'commitProcessor.shutdownTimeout': property('3.5.0'),
  letAnySaslUserDoX: property('3.5.0'),
  snapshotSizeFactor: property('3.5.0'),
  'ssl.keyStore.location': property('3.5.1', 'text', { secures: 'unless off' }),
  'ssl.keyStore.password': property('3.5.1', 'text', { secures: 'unless off' }),
  'ssl.trustStore.location': property('3.5.1', 'text', { secures: 'unless off' }),
  'ssl.trustStore.password': property('3.5.1', 'text', { secures: 'unless off' }),
  'ssl.authProvider': property('3.5.1', 'text', { secures: 'unless off' }),
  'X509AuthenticationProvider.superUser': property('3.5.1', 'text', { secures: 'unless off' }),
  extendedTypesEnabled: property('3.5.4', 'boolean'),
  emulate353TTLNodes: property('3.5.4', 'boolean'),
  'ssl.quorum.keyStore.location': property('3.5.5', 'text', { secures: 'unless off' }),
  'ssl.quorum.keyStore.password': property('3.5.5', 'text', { secures: 'unless off' }),
  'ssl.quorum.trustStore.location': property('3.5.5', 'text', { secures: 'unless off' }),
  'ssl.quorum.trustStore.password': property('3.5.5', 'text', { secures: 'unless off' }),
  'jmx.log4j.mbean': property('3.5.5'),
  'snapshot.trust.empty': property('3.5.6', 'boolean'),
  electionPortBindRetry: property('3.5.6', 'number'),
  'client.portUnification': property('3.5.7', 'boolean'),
  'jute.maxbuffer.extrasize': property('3.5.7'),
  sessionRequireClientSASLAuth: property('3.5.9', 'boolean', { secures: 'unless off' }),
  'kerberos.minReLoginTimeMs': property('3.5.10 3.6.4 3.7.1 3.8.1 3.9.0'),
  'multiAddress.enabled': property('3.6.0', 'boolean'),
  'multiAddress.reachabilityCheckEnabled': property('3.6.0', 'boolean'),
  'multiAddress.reachabilityCheckTimeoutMs': property('3.6.0', 'number'),
  snapSizeLimitInKb: property('3.6.0', 'number'),
  txnLogSizeLimitInKb: property('3.6.0', 'number'),
  commitLogCount: property('3.6.0', 'number'),
  maxCnxns: property('3.6.0', 'number'),
  quorumCnxnTimeoutMs: property('3.6.0', 'number'),
  'admin.portUnification': property('3.6.0', 'boolean'),
  'admin.httpVersion': property('3.6.0'),
  'db.autocreate': property('3.6.0', 'boolean'),
  'snapshot.compression.method': property('3.6.0'),
  'audit.enable': property('3.6.0', 'boolean'),
  'audit.impl.class': property('3.6.0'),
  'digest.enabled': property('3.6.0', 'boolean'),
  maxResponseCacheSize: property('3.6.0', 'number'),
  maxGetChildrenResponseCacheSize: property('3.6.0', 'number'),
  watchManagerName: property(
    '3.6.0',
    ofClasses('server.watch.WatchManager server.watch.WatchManagerOptimized'),
  ),
  'fastleader.minNotificationInterval': property('3.6.0', 'number'),
  'fastleader.maxNotificationInterval': property('3.6.0', 'number'),
  flushDelay: property('3.6.0', 'number'),
  maxBatchSize: property('3.6.0', 'number'),
  maxWriteQueuePollTime: property('3.6.0', 'number'),
  request_throttle_max_requests: property('3.6.0'),
  request_throttle_stall_time: property('3.6.0'),
  request_throttle_drop_stale: property('3.6.0'),
  request_stale_latency_check: property('3.6.0'),
  request_stale_connection_check: property('3.6.0'),
  'request_throttler.shutdownTimeout': property('3.6.0'),
  connection_throttle_tokens: property('3.6.0'),
  connection_throttle_fill_time: property('3.6.0'),
  connection_throttle_fill_count: property('3.6.0'),
  connection_throttle_freeze_time: property('3.6.0'),
  connection_throttle_drop_increase: property('3.6.0'),
  connection_throttle_drop_decrease: property('3.6.0'),
  connection_throttle_decrease_ratio: property('3.6.0', { decimal: true }),
  connection_throttle_weight_enabled: property('3.6.0'),
  connection_throttle_global_session_weight: property('3.6.0'),
  connection_throttle_local_session_weight: property('3.6.0'),
  connection_throttle_renew_session_weight: property('3.6.0'),
  largeRequestMaxBytes: property('3.6.0'),
  largeRequestThreshold: property('3.6.0'),
  'leader.ackLoggingFrequency': property('3.6.0'),
  'leader.maxConcurrentSnapSyncs': property('3.6.0'),
  'leader.maxConcurrentDiffSyncs': property('3.6.0'),
  'leader.maxTimeToWaitForEpoch': property('3.6.0'),
  leaderConnectDelayDuringRetryMs: property('3.6.0'),
  'observer.reconnectDelayMs': property('3.6.0', 'number'),
  'observer.election.DelayMs': property('3.6.0', 'number'),
  'observerMaster.sizeLimit': property('3.6.0'),
  ensembleAuthName: property('3.6.0'),
  intBufferStartingSizeBytes: property('3.6.0', { least: 32 }),
  'closeSessionTxn.enabled': property('3.6.0', 'boolean'),
  enableEagerACLCheck: property('3.6.0'),
  bitHashCacheSize: property('3.6.0'),
  'commitProcessor.maxReadBatchSize': property('3.6.0'),
  'commitProcessor.maxCommitBatchSize': property('3.6.0'),
  'pathStats.enabled': property('3.6.0'),
  'pathStats.delay': property('3.6.0'),
  'pathStats.initialDelay': property('3.6.0'),
  'pathStats.maxDepth': property('3.6.0'),
  'pathStats.sampleRate': property('3.6.0'),
  'pathStats.slotCapacity': property('3.6.0'),
  'pathStats.slotDuration': property('3.6.0'),
  'pathStats.topPathMax': property('3.6.0'),
  'messageTracker.Enabled': property('3.6.0'),
  'messageTracker.BufferSize': property('3.6.0'),
  watcherCleanIntervalInSeconds: property('3.6.0'),
  watcherCleanThreadsNum: property('3.6.0'),
  watcherCleanThreshold: property('3.6.0'),
  maxInProcessingDeadWatchers: property('3.6.0'),
  'netty.advancedFlowControl.enabled': property('3.6.0'),
  'netty.server.outstandingHandshake.limit': property('3.6.0'),
  'admin.forceHttps': property('3.6.3', 'boolean', { secures: 'unless off' }),
  'learner.asyncSending': property('3.6.3 3.7.1', 'boolean'),
  clientTcpKeepAlive: property('3.7.0', 'boolean'),
  'DigestAuthenticationProvider.enabled': property('3.7.0', 'boolean', { secures: 'either way' }),
  'DigestAuthenticationProvider.digestAlg': property('3.7.0', { oneOf: DIGESTS }, { secures: 'unless off' }),
  'enforce.auth.enabled': property('3.7.0', 'boolean', { secures: 'unless off' }),
  'enforce.auth.schemes': property('3.7.0', 'text', { secures: 'unless off' }),
  enforceQuota: property('3.7.0', 'boolean'),
  throttled_op_wait_time: property('3.7.0'),
  'kerberos.canonicalizeHostNames': property('3.7.0'),
  'follower.skipLearnerRequestToNextProcessor': property('3.7.0'),
  forward_learner_requests_to_commit_processor_disabled: property('3.7.0'),
  'leader.closeSocketAsync': property('3.7.1', 'boolean'),
  'learner.closeSocketAsync': property('3.7.1', 'boolean'),
  'netty.server.earlyDropSecureConnectionHandshakes': property('3.7.1'),
  'client.certReload': property('3.7.2 3.8.5 3.9.0', 'boolean'),
  'fips-mode': property('3.8.2', 'boolean'),
  'admin.needClientAuth': property('3.9.0', 'boolean', { secures: 'unless off' }),
  'admin.snapshot.enabled': property('3.9.0', 'boolean'),
  'admin.restore.enabled': property('3.9.0', 'boolean'),
  'admin.rateLimiterIntervalInMS': property('3.9.0'),
  'serializeLastProcessedZxid.enabled': property('3.9.0', 'boolean'),
  'ssl.sslProvider': property('3.9.0', 'text', { secures: 'unless off' }),
  'IPAuthenticationProvider.usexforwardedfor': property('3.9.3', 'text', { secures: 'unless off' }),

  // What is gone.
  ipReachableTimeout: gone('3.5.0'),
  'leader.maxConcurrentSnapshots': gone('3.6.0'),
  'leader.maxConcurrentSnapshotTimeout': gone('3.6.0'),
};

/** Keys whose names are not fixed: all that match are known since that release. */
export const FAMILIES: readonly (Pick<KeyRow, 'read' | 'since' | 'secures'> & { readonly names: RegExp })[] =
  [
    { names: /^(server|group|weight)\.\d+$/, ...parsed('3.0.0') },
    { names: /^authProvider\.[^.]/, ...property('3.0.0', 'text', { secures: 'unless off' }) },
    { names: /^superUser\.[^.]/, ...property('3.0.0') },
    { names: /^metricsProvider\.[^.]/, ...parsed('3.6.0') },
  ];

/** Names of ZooKeeper's client in the same jar: a server that is given them does nothing with them. */
export const CLIENT_KEYS: readonly string[] = (
  'client.secure clientCnxnSocket disableAutoWatchReset request.timeout sasl.client ' +
  'sasl.client.canonicalize.hostname sasl.client.allowReverseDnsLookup sasl.client.username sasl.clientconfig ' +
  'server.principal'
).split(' ');

/** System properties without `zookeeper.` before them: zoo.cfg cannot set these, a flag can. */
export const JVM_ONLY =
  /^(jute\.maxbuffer|readonlymode\.enabled|(leader|follower)\.nodelay|znode\.container\..*|(java|javax|jdk|sun|user|file)\..*|com\.sun\..*|log4j\..*|logback\..*)$/;

/** Headings of ZooKeeper's administrator's guide whose property has another name. */
export const RENAMED: Readonly<Record<string, string>> = {
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
