import type { Dialect, ForeignRow, Pairs, ServerEntry, Unreadable } from './row.ts';

/** `host:2888:3888`, separated by semicolons. The position is always the id, from 1. */
function servers(list: string): ServerEntry[] {
  return list
    .split(';')
    .map((word) => word.trim())
    .map((address, place) => ({ id: place + 1, address }))
    .filter(({ address }) => address !== '');
}

/** The entries of a list. A semicolon after the last entry does not start another one. */
function places(list: string): string[] {
  return list
    .replace(/;\s*$/, '')
    .split(';')
    .map((text) => text.trim());
}

function numbered(name: 'group' | 'weight'): ForeignRow {
  const pairs = (value: string): Pairs =>
    places(value).map((text, place) => [`${name}.${place + 1}`, text] as const);
  const unreadable = (value: string): Unreadable | undefined =>
    places(value).every((text) => /^\d+(:\d+)*$/.test(text))
      ? undefined
      : {
          problem: `is "${value}", which is not a list of numbers`,
          remedy: `write one ${name} for each server, with semicolons between them`,
        };
  return { kind: 'becomes', pairs, unreadable };
}

/** The heap of `-Xmx512M -Xms512M`. Every other flag stays a flag. */
function heap(value: string): Pairs {
  const words = value.split(/\s+/);
  const size = words.map((word) => /^-Xmx(\S+)$/.exec(word)?.[1]).findLast((found) => found !== undefined);
  const rest = words.filter((word) => !/^-Xm[xs]/.test(word)).join(' ');
  return [
    ...(size === undefined ? [] : [['ZK_HEAP_SIZE', size] as const]),
    ...(rest === '' ? [] : [['SERVER_JVMFLAGS', rest] as const]),
  ];
}

const WORDS = /^-Dzookeeper\.4lw\.commands\.whitelist=(.+)$/;

/** The flags, without the flag for four-letter words. Here zoo.cfg has that key, and a key of zoo.cfg overrides the flag. */
function flags(value: string): Pairs {
  const words = value.split(/\s+/);
  const allowed = words.flatMap((word) => WORDS.exec(word)?.[1] ?? []).at(-1);
  const rest = words.filter((word) => !WORDS.test(word)).join(' ');
  return [
    ...(allowed === undefined ? [] : [['4lw.commands.whitelist', allowed] as const]),
    ...(rest === '' ? [] : [['SERVER_JVMFLAGS', rest] as const]),
  ];
}

/**
 * Confluent's image `cp-zookeeper`: its `zookeeper.properties.template` and `configure` (the last release with ZooKeeper
 * is 7.9). The image leaves out keys that are not set, so ZooKeeper's defaults count; its tick is 3000 (ZooKeeperServer).
 */
export const confluent: Dialect = {
  id: 'confluent',
  owner: "Confluent's",
  serverList: 'ZOOKEEPER_SERVERS',
  serverId: 'ZOOKEEPER_SERVER_ID',
  servers,
  listForm:
    'host:2888:3888 for each server, without ids (the position is the id) and with semicolons between them',
  defaults: {
    ZK_TICK_TIME: '3000',
    ZK_PURGE_INTERVAL: '0',
    ZK_HEAP_SIZE: '512m',
    ZK_ADMIN_PORT: '8080',
  },
  rows: {
    ZOOKEEPER_CLIENT_PORT: 'clientPort',
    ZOOKEEPER_TICK_TIME: 'tickTime',
    ZOOKEEPER_GLOBAL_OUTSTANDING_LIMIT: 'globalOutstandingLimit',
    ZOOKEEPER_PRE_ALLOC_SIZE: 'preAllocSize',
    ZOOKEEPER_SNAP_COUNT: 'snapCount',
    ZOOKEEPER_TRACE_FILE: 'traceFile',
    ZOOKEEPER_MAX_CLIENT_CNXNS: 'maxClientCnxns',
    ZOOKEEPER_CLIENT_PORT_ADDRESS: 'clientPortAddress',
    ZOOKEEPER_MIN_SESSION_TIMEOUT: 'minSessionTimeout',
    ZOOKEEPER_MAX_SESSION_TIMEOUT: 'maxSessionTimeout',
    ZOOKEEPER_FSYNC_WARNING_THRESHOLDMS: 'fsync.warningthresholdms',
    ZOOKEEPER_AUTOPURGE_SNAP_RETAIN_COUNT: 'autopurge.snapRetainCount',
    ZOOKEEPER_AUTOPURGE_PURGE_INTERVAL: 'autopurge.purgeInterval',
    ZOOKEEPER_SYNC_ENABLED: 'syncEnabled',
    ZOOKEEPER_ELECTION_ALG: 'electionAlg',
    ZOOKEEPER_INIT_LIMIT: 'initLimit',
    ZOOKEEPER_LEADER_SERVES: 'leaderServes',
    ZOOKEEPER_SYNC_LIMIT: 'syncLimit',
    ZOOKEEPER_CNX_TIMEOUT: 'cnxTimeout',
    ZOOKEEPER_FORCE_SYNC: 'forceSync',
    ZOOKEEPER_SKIP_ACL: 'skipACL',
    ZOOKEEPER_QUORUM_LISTEN_ON_ALL_IPS: 'quorumListenOnAllIPs',
    ZOOKEEPER_SECURE_CLIENT_PORT: 'secureClientPort',
    ZOOKEEPER_TCP_KEEP_ALIVE: 'tcpKeepAlive',
    ZOOKEEPER_X509_AUTHENTICATION_PROVIDER_SUPER_USER: 'X509AuthenticationProvider.superUser',
    ZOOKEEPER_SSL_AUTH_PROVIDER: 'ssl.authProvider',
    ZOOKEEPER_SSL_QUORUM: 'sslQuorum',
    ZOOKEEPER_SERVER_CNXN_FACTORY: 'serverCnxnFactory',
    ZOOKEEPER_AUTH_PROVIDER_X509: 'authProvider.x509',
    ZOOKEEPER_AUTH_PROVIDER_SASL: 'authProvider.sasl',
    ZOOKEEPER_CLIENT_PORT_UNIFICATION: 'client.portUnification',
    ZOOKEEPER_ADMIN_ENABLE_SERVER: 'admin.enableServer',
    ZOOKEEPER_ADMIN_SERVER_ADDRESS: 'admin.serverAddress',
    ZOOKEEPER_ADMIN_SERVER_PORT: 'admin.serverPort',
    ZOOKEEPER_ADMIN_IDLE_TIMEOUT: 'admin.idleTimeout',
    ZOOKEEPER_ADMIN_COMMAND_URL: 'admin.commandURL',
    ZOOKEEPER_SSL_CLIENT_AUTH: 'ssl.clientAuth',
    ZOOKEEPER_SSL_KEYSTORE_LOCATION: 'ssl.keyStore.location',
    ZOOKEEPER_SSL_KEYSTORE_PASSWORD: 'ssl.keyStore.password',
    ZOOKEEPER_SSL_KEYSTORE_TYPE: 'ssl.keyStore.type',
    ZOOKEEPER_SSL_TRUSTSTORE_LOCATION: 'ssl.trustStore.location',
    ZOOKEEPER_SSL_TRUSTSTORE_PASSWORD: 'ssl.trustStore.password',
    ZOOKEEPER_SSL_TRUSTSTORE_TYPE: 'ssl.trustStore.type',
    ZOOKEEPER_SSL_ENABLED_PROTOCOLS: 'ssl.enabledProtocols',
    ZOOKEEPER_SSL_CONTEXT_SUPPLIER_CLASS: 'ssl.context.supplier.class',
    ZOOKEEPER_SSL_CIPHER_SUITES: 'ssl.ciphersuites',
    ZOOKEEPER_SSL_HOSTNAME_VERIFICATION: 'ssl.hostnameVerification',
    ZOOKEEPER_SSL_CRL: 'ssl.crl',
    // The image spells OCSP this way.
    ZOOKEEPER_SSL_OCPS: 'ssl.ocsp',
    ZOOKEEPER_SSL_HANDSHAKE_DETECTION_TIMEOUT_MILLIS: 'ssl.handshakeDetectionTimeoutMillis',
    ZOOKEEPER_SSL_QUORUM_CLIENT_AUTH: 'ssl.quorum.clientAuth',
    ZOOKEEPER_SSL_QUORUM_KEYSTORE_LOCATION: 'ssl.quorum.keyStore.location',
    ZOOKEEPER_SSL_QUORUM_KEYSTORE_PASSWORD: 'ssl.quorum.keyStore.password',
    ZOOKEEPER_SSL_QUORUM_KEYSTORE_TYPE: 'ssl.quorum.keyStore.type',
    ZOOKEEPER_SSL_QUORUM_TRUSTSTORE_LOCATION: 'ssl.quorum.trustStore.location',
    ZOOKEEPER_SSL_QUORUM_TRUSTSTORE_PASSWORD: 'ssl.quorum.trustStore.password',
    ZOOKEEPER_SSL_QUORUM_TRUSTSTORE_TYPE: 'ssl.quorum.trustStore.type',
    ZOOKEEPER_SSL_QUORUM_ENABLED_PROTOCOLS: 'ssl.quorum.enabledProtocols',
    ZOOKEEPER_SSL_QUORUM_CONTEXT_SUPPLIER_CLASS: 'ssl.quorum.context.supplier.class',
    ZOOKEEPER_SSL_QUORUM_CIPHER_SUITES: 'ssl.quorum.ciphersuites',
    ZOOKEEPER_SSL_QUORUM_HOSTNAME_VERIFICATION: 'ssl.quorum.hostnameVerification',
    ZOOKEEPER_SSL_QUORUM_CRL: 'ssl.quorum.crl',
    // The image spells OCSP this way.
    ZOOKEEPER_SSL_QUORUM_OCPS: 'ssl.quorum.ocsp',
    ZOOKEEPER_SSL_QUORUM_HANDSHAKE_DETECTION_TIMEOUT_MILLIS: 'ssl.quorum.handshakeDetectionTimeoutMillis',
    ZOOKEEPER_SERVER_ID: 'ZK_MYID',
    ZOOKEEPER_SERVERS: { kind: 'becomes', pairs: () => [] },
    ZOOKEEPER_GROUPS: numbered('group'),
    ZOOKEEPER_WEIGHTS: numbered('weight'),
    ZOOKEEPER_LOG4J_ROOT_LOGLEVEL: 'ZK_LOG_LEVEL',
    ZOOKEEPER_LOG4J_LOGGERS: {
      kind: 'instead',
      words: 'mount your own logging configuration, and name its file in JVMFLAGS',
    },
    ZOOKEEPER_TOOLS_LOG4J_LOGLEVEL: {
      kind: 'instead',
      words: 'remove it; the tools in the image log to standard error',
    },
    KAFKA_HEAP_OPTS: { kind: 'becomes', pairs: heap },
    KAFKA_OPTS: { kind: 'becomes', pairs: flags },
    KAFKA_JMX_PORT: 'JMXPORT',
    KAFKA_JMX_HOSTNAME: 'JMXHOSTNAME',
    KAFKA_JMX_OPTS: { kind: 'instead', words: 'put the flags into JVMFLAGS' },
    ZOOKEEPER_4LW_COMMANDS_WHITELIST: {
      kind: 'nothing',
      meant: 'KAFKA_OPTS=-Dzookeeper.4lw.commands.whitelist=…',
      ours: 'ZK_4LW_WHITELIST',
    },
    // The image writes them into zoo.cfg, but ZooKeeper does not read them there (QuorumPeerConfig).
    ZOOKEEPER_JUTE_MAX_BUFFER: { kind: 'nothing', ours: 'JVMFLAGS=-Djute.maxbuffer=…' },
    ZOOKEEPER_CLIENT_CNXN_SOCKET: { kind: 'nothing' },
    ZOOKEEPER_SERVER_CNXN_SOCKET: { kind: 'nothing' },
    ZOOKEEPER_DATA_DIR: { kind: 'nothing', ours: 'ZK_DATA_DIR' },
    ZOOKEEPER_LOG_DIR: { kind: 'nothing', ours: 'ZK_DATA_LOG_DIR' },
  },
};
