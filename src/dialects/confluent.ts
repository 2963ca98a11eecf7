import {
  type Dialect,
  type ForeignRow,
  instead,
  key,
  nothing,
  type Pairs,
  type ServerEntry,
  setting,
} from './row.ts';

/** `host:2888:3888`, separated by semicolons. The position is always the id, from 1. */
function servers(list: string): ServerEntry[] {
  return list
    .split(';')
    .map((word) => word.trim())
    .map((address, place) => ({ id: place + 1, address }))
    .filter(({ address }) => address !== '');
}

function numbered(name: 'group' | 'weight'): ForeignRow {
  const pairs = (value: string): Pairs =>
    value.split(';').map((text, place) => [`${name}.${place + 1}`, text.trim()] as const);
  return { kind: 'becomes', goesTo: `zoo.cfg ${name}.N`, pairs };
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

function keys(names: Readonly<Record<string, string>>): Record<string, ForeignRow> {
  return Object.fromEntries(
    Object.entries(names).map(([name, target]) => [`ZOOKEEPER_${name}`, key(target)] as const),
  );
}

/** The TLS properties for clients or for the quorum. Their names are the same after `SSL_` and `SSL_QUORUM_`. */
function tls(names: string, lead: string): Record<string, ForeignRow> {
  return keys({
    [`${names}_CLIENT_AUTH`]: `${lead}.clientAuth`,
    [`${names}_KEYSTORE_LOCATION`]: `${lead}.keyStore.location`,
    [`${names}_KEYSTORE_PASSWORD`]: `${lead}.keyStore.password`,
    [`${names}_KEYSTORE_TYPE`]: `${lead}.keyStore.type`,
    [`${names}_TRUSTSTORE_LOCATION`]: `${lead}.trustStore.location`,
    [`${names}_TRUSTSTORE_PASSWORD`]: `${lead}.trustStore.password`,
    [`${names}_TRUSTSTORE_TYPE`]: `${lead}.trustStore.type`,
    [`${names}_ENABLED_PROTOCOLS`]: `${lead}.enabledProtocols`,
    [`${names}_CONTEXT_SUPPLIER_CLASS`]: `${lead}.context.supplier.class`,
    [`${names}_CIPHER_SUITES`]: `${lead}.ciphersuites`,
    [`${names}_HOSTNAME_VERIFICATION`]: `${lead}.hostnameVerification`,
    [`${names}_CRL`]: `${lead}.crl`,
    // The image spells OCSP this way.
    [`${names}_OCPS`]: `${lead}.ocsp`,
    [`${names}_HANDSHAKE_DETECTION_TIMEOUT_MILLIS`]: `${lead}.handshakeDetectionTimeoutMillis`,
  });
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
  defaults: {
    ZK_TICK_TIME: '3000',
    ZK_PURGE_INTERVAL: '0',
    ZK_HEAP_SIZE: '512m',
    ZK_ADMIN_PORT: '8080',
  },
  rows: {
    ...keys({
      CLIENT_PORT: 'clientPort',
      TICK_TIME: 'tickTime',
      GLOBAL_OUTSTANDING_LIMIT: 'globalOutstandingLimit',
      PRE_ALLOC_SIZE: 'preAllocSize',
      SNAP_COUNT: 'snapCount',
      TRACE_FILE: 'traceFile',
      MAX_CLIENT_CNXNS: 'maxClientCnxns',
      CLIENT_PORT_ADDRESS: 'clientPortAddress',
      MIN_SESSION_TIMEOUT: 'minSessionTimeout',
      MAX_SESSION_TIMEOUT: 'maxSessionTimeout',
      FSYNC_WARNING_THRESHOLDMS: 'fsync.warningthresholdms',
      AUTOPURGE_SNAP_RETAIN_COUNT: 'autopurge.snapRetainCount',
      AUTOPURGE_PURGE_INTERVAL: 'autopurge.purgeInterval',
      SYNC_ENABLED: 'syncEnabled',
      ELECTION_ALG: 'electionAlg',
      INIT_LIMIT: 'initLimit',
      LEADER_SERVES: 'leaderServes',
      SYNC_LIMIT: 'syncLimit',
      CNX_TIMEOUT: 'cnxTimeout',
      FORCE_SYNC: 'forceSync',
      SKIP_ACL: 'skipACL',
      QUORUM_LISTEN_ON_ALL_IPS: 'quorumListenOnAllIPs',
      SECURE_CLIENT_PORT: 'secureClientPort',
      TCP_KEEP_ALIVE: 'tcpKeepAlive',
      X509_AUTHENTICATION_PROVIDER_SUPER_USER: 'X509AuthenticationProvider.superUser',
      SSL_AUTH_PROVIDER: 'ssl.authProvider',
      SSL_QUORUM: 'sslQuorum',
      SERVER_CNXN_FACTORY: 'serverCnxnFactory',
      AUTH_PROVIDER_X509: 'authProvider.x509',
      AUTH_PROVIDER_SASL: 'authProvider.sasl',
      CLIENT_PORT_UNIFICATION: 'client.portUnification',
      ADMIN_ENABLE_SERVER: 'admin.enableServer',
      ADMIN_SERVER_ADDRESS: 'admin.serverAddress',
      ADMIN_SERVER_PORT: 'admin.serverPort',
      ADMIN_IDLE_TIMEOUT: 'admin.idleTimeout',
      ADMIN_COMMAND_URL: 'admin.commandURL',
    }),
    ...tls('SSL', 'ssl'),
    ...tls('SSL_QUORUM', 'ssl.quorum'),
    ZOOKEEPER_SERVER_ID: setting('ZK_MYID'),
    ZOOKEEPER_SERVERS: { kind: 'becomes', goesTo: 'ZK_ENSEMBLE', pairs: () => [] },
    ZOOKEEPER_GROUPS: numbered('group'),
    ZOOKEEPER_WEIGHTS: numbered('weight'),
    ZOOKEEPER_LOG4J_ROOT_LOGLEVEL: setting('ZK_LOG_LEVEL'),
    ZOOKEEPER_LOG4J_LOGGERS: instead('mount your own logging configuration, and name its file in JVMFLAGS'),
    ZOOKEEPER_TOOLS_LOG4J_LOGLEVEL: instead('remove it; the tools in the image log to standard error'),
    KAFKA_HEAP_OPTS: { kind: 'becomes', goesTo: 'ZK_HEAP_SIZE, SERVER_JVMFLAGS', pairs: heap },
    KAFKA_OPTS: { kind: 'becomes', goesTo: 'SERVER_JVMFLAGS, ZK_4LW_WHITELIST', pairs: flags },
    KAFKA_JMX_PORT: setting('JMXPORT'),
    KAFKA_JMX_HOSTNAME: setting('JMXHOSTNAME'),
    KAFKA_JMX_OPTS: instead('put the flags into JVMFLAGS'),
    ZOOKEEPER_4LW_COMMANDS_WHITELIST: nothing({
      meant: 'KAFKA_OPTS=-Dzookeeper.4lw.commands.whitelist=…',
      ours: 'ZK_4LW_WHITELIST',
    }),
    // The image writes them into zoo.cfg, but ZooKeeper does not read them there (QuorumPeerConfig).
    ZOOKEEPER_JUTE_MAX_BUFFER: nothing({ ours: 'JVMFLAGS=-Djute.maxbuffer=…' }),
    ZOOKEEPER_CLIENT_CNXN_SOCKET: nothing(),
    ZOOKEEPER_SERVER_CNXN_SOCKET: nothing(),
    ZOOKEEPER_DATA_DIR: nothing({ ours: 'ZK_DATA_DIR' }),
    ZOOKEEPER_LOG_DIR: nothing({ ours: 'ZK_DATA_LOG_DIR' }),
  },
};
