/**
 * Keys that QuorumPeerConfig itself takes from zoo.cfg, by the first release of each line that knows them (read off the
 * tags of the releases). A JVM flag `-Dzookeeper.<key>` does nothing for them. Keys of 3.0 to 3.4 need no mention of
 * their release.
 */
export const PARSED_KEYS: Readonly<Record<string, string>> = {
  '3.0.0':
    'dataDir dataLogDir clientPort clientPortAddress tickTime initLimit syncLimit maxClientCnxns minSessionTimeout ' +
    'maxSessionTimeout electionAlg peerType autopurge.snapRetainCount autopurge.purgeInterval',
  '3.4.6': 'quorumListenOnAllIPs syncEnabled',
  '3.4.10 3.5.4':
    'quorum.auth.enableSasl quorum.auth.learnerRequireSasl quorum.auth.serverRequireSasl ' +
    'quorum.auth.learner.saslLoginContext quorum.auth.server.saslLoginContext ' +
    'quorum.auth.kerberos.servicePrincipal quorum.cnxn.threads.size',
  '3.5.0': 'standaloneEnabled dynamicConfigFile localSessionsEnabled localSessionsUpgradingEnabled',
  '3.5.1': 'secureClientPort secureClientPortAddress',
  '3.5.3': 'reconfigEnabled',
  '3.5.5': 'sslQuorum portUnification sslQuorumReloadCertFiles',
  '3.5.10 3.6.0':
    'jvm.pause.monitor jvm.pause.info-threshold.ms jvm.pause.warn-threshold.ms jvm.pause.sleep.time.ms',
  '3.6.0': 'connectToLearnerMasterLimit clientPortListenBacklog observerMasterPort metricsProvider.className',
  '3.8.0': 'oraclePath',
};

const TLS_PROPERTIES: Readonly<Record<string, string>> = {
  '3.5.5':
    'protocol enabledProtocols ciphersuites keyStore.type trustStore.type hostnameVerification clientAuth crl ocsp ' +
    'handshakeDetectionTimeoutMillis',
  '3.6.0': 'context.supplier.class',
  '3.8.0': 'keyStore.passwordPath trustStore.passwordPath',
  '3.8.6 3.9.5': 'allowReverseDnsLookup',
  '3.9.4': 'clientHostnameVerification',
};

/** Keys that ZooKeeper's server reads as the system property `zookeeper.<key>`: zoo.cfg sets it, and so does a flag. */
export const PROPERTY_KEYS: Readonly<Record<string, string>> = {
  '3.0.0':
    'snapCount preAllocSize globalOutstandingLimit forceSync fsync.warningthresholdms cnxTimeout leaderServes skipACL ' +
    'DigestAuthenticationProvider.superDigest jmx.log4j.disable',
  '3.4.0':
    'serverCnxnFactory superUser allowSaslFailedClients kerberos.removeHostFromPrincipal kerberos.removeRealmFromPrincipal ' +
    'kinit requireKerberosConfig security.auth_to_local server.realm SASLAuthenticationProvider.superPassword',
  '3.4.4': 'sasl.serverconfig',
  '3.4.6': 'observer.syncEnabled',
  '3.4.10 3.5.3': '4lw.commands.whitelist',
  '3.4.11 3.5.4': 'tcpKeepAlive',
  '3.5.0':
    'admin.enableServer admin.serverPort admin.serverAddress admin.commandURL admin.idleTimeout datadir.autocreate ' +
    'nio.numSelectorThreads nio.numWorkerThreads nio.sessionlessCnxnTimeout nio.directBufferBytes nio.shutdownTimeout ' +
    'forceSnapshotSync commitProcessor.numWorkerThreads commitProcessor.shutdownTimeout letAnySaslUserDoX ' +
    'snapshotSizeFactor',
  '3.5.1':
    'ssl.keyStore.location ssl.keyStore.password ssl.trustStore.location ssl.trustStore.password ssl.authProvider ' +
    'X509AuthenticationProvider.superUser',
  '3.5.4': 'extendedTypesEnabled emulate353TTLNodes',
  '3.5.5':
    'ssl.quorum.keyStore.location ssl.quorum.keyStore.password ssl.quorum.trustStore.location ' +
    'ssl.quorum.trustStore.password jmx.log4j.mbean',
  '3.5.6': 'snapshot.trust.empty electionPortBindRetry',
  '3.5.7': 'client.portUnification jute.maxbuffer.extrasize',
  '3.5.9': 'sessionRequireClientSASLAuth',
  '3.5.10 3.6.4 3.7.1 3.8.1 3.9.0': 'kerberos.minReLoginTimeMs',
  '3.6.0':
    'multiAddress.enabled multiAddress.reachabilityCheckEnabled multiAddress.reachabilityCheckTimeoutMs ' +
    'snapSizeLimitInKb txnLogSizeLimitInKb commitLogCount maxCnxns quorumCnxnTimeoutMs admin.portUnification ' +
    'admin.httpVersion db.autocreate snapshot.compression.method audit.enable audit.impl.class digest.enabled ' +
    'maxResponseCacheSize maxGetChildrenResponseCacheSize watchManagerName fastleader.minNotificationInterval ' +
    'fastleader.maxNotificationInterval flushDelay maxBatchSize maxWriteQueuePollTime request_throttle_max_requests ' +
    'request_throttle_stall_time request_throttle_drop_stale request_stale_latency_check ' +
    'request_stale_connection_check request_throttler.shutdownTimeout connection_throttle_tokens ' +
    'connection_throttle_fill_time connection_throttle_fill_count connection_throttle_freeze_time ' +
    'connection_throttle_drop_increase connection_throttle_drop_decrease connection_throttle_decrease_ratio ' +
    'connection_throttle_weight_enabled connection_throttle_global_session_weight ' +
    'connection_throttle_local_session_weight connection_throttle_renew_session_weight largeRequestMaxBytes ' +
    'largeRequestThreshold leader.ackLoggingFrequency leader.maxConcurrentSnapSyncs leader.maxConcurrentDiffSyncs ' +
    'leader.maxTimeToWaitForEpoch leaderConnectDelayDuringRetryMs observer.reconnectDelayMs observer.election.DelayMs ' +
    'observerMaster.sizeLimit ensembleAuthName intBufferStartingSizeBytes closeSessionTxn.enabled enableEagerACLCheck ' +
    'bitHashCacheSize commitProcessor.maxReadBatchSize commitProcessor.maxCommitBatchSize pathStats.enabled ' +
    'pathStats.delay pathStats.initialDelay pathStats.maxDepth pathStats.sampleRate pathStats.slotCapacity ' +
    'pathStats.slotDuration pathStats.topPathMax messageTracker.Enabled messageTracker.BufferSize ' +
    'watcherCleanIntervalInSeconds watcherCleanThreadsNum watcherCleanThreshold maxInProcessingDeadWatchers ' +
    'netty.advancedFlowControl.enabled netty.server.outstandingHandshake.limit',
  '3.6.3': 'admin.forceHttps',
  '3.6.3 3.7.1': 'learner.asyncSending',
  '3.7.0':
    'clientTcpKeepAlive DigestAuthenticationProvider.enabled DigestAuthenticationProvider.digestAlg ' +
    'enforce.auth.enabled enforce.auth.schemes enforceQuota throttled_op_wait_time kerberos.canonicalizeHostNames ' +
    'follower.skipLearnerRequestToNextProcessor forward_learner_requests_to_commit_processor_disabled',
  '3.7.1':
    'leader.closeSocketAsync learner.closeSocketAsync netty.server.earlyDropSecureConnectionHandshakes',
  '3.7.2 3.8.5 3.9.0': 'client.certReload',
  '3.8.2': 'fips-mode',
  '3.9.0':
    'admin.needClientAuth admin.snapshot.enabled admin.restore.enabled admin.rateLimiterIntervalInMS ' +
    'serializeLastProcessedZxid.enabled ssl.sslProvider',
  '3.9.3': 'IPAuthenticationProvider.usexforwardedfor',
};

/** The keys of TLS, which stand under `ssl.` for clients and under `ssl.quorum.` between members (X509Util). */
export const TLS_KEYS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(TLS_PROPERTIES).map(([since, names]) => [
    since,
    names
      .split(' ')
      .flatMap((name) => [`ssl.${name}`, `ssl.quorum.${name}`])
      .join(' '),
  ]),
);

/** Names of ZooKeeper's client in the same jar: a server that is given them does nothing with them. */
export const CLIENT_KEYS: readonly string[] = (
  'client.secure clientCnxnSocket disableAutoWatchReset request.timeout sasl.client ' +
  'sasl.client.canonicalize.hostname sasl.client.allowReverseDnsLookup sasl.client.username sasl.clientconfig ' +
  'server.principal'
).split(' ');
