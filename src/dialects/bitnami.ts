import {
  type Dialect,
  type ForeignRow,
  isYes,
  type Look,
  type Pairs,
  type ServerEntry,
  trueOrFalse,
} from './row.ts';

const TLS_CLIENT = 'ZOO_TLS_CLIENT_ENABLE';
const TLS_QUORUM = 'ZOO_TLS_QUORUM_ENABLE';
const OWN_CLIENT =
  'is not needed, because zkCli.sh in the container logs in as the first user of ZK_CLIENT_USERS';
const NO_LOGIN = 'is not needed, because clients need no login here unless one is set up';
const NETTY = 'org.apache.zookeeper.server.NettyServerCnxnFactory';

/** The size of the heap. A plain number is in MiB: the image writes 1024 as `-Xmx1024m`. */
function mebibytes(value: string): string {
  return /^\d+$/.test(value) ? `${value}m` : value;
}

/** Pairs two lists by position, as the image does. The parser of users refuses a missing name or password later. */
function usersOf(names: string, passwords: string): string {
  const words = (list: string) => list.split(/[\s,;]+/).filter((word) => word !== '');
  const secrets = words(passwords);
  return words(names)
    .map((name, place) => `${name}:${secrets[place] ?? ''}`)
    .join('\n');
}

/** The image lets clients log in but also accepts clients without a login. Here the variable requires logins. */
const clientLogin: ForeignRow = {
  kind: 'becomes',
  differs: {
    problem: 'refuses clients that do not log in; the other image accepted them',
    remedy: 'set ZK_CLIENT_LOGIN=accept until all clients log in',
  },
  pairs(value, look) {
    if (!isYes(value)) return [];
    const users = usersOf(look('ZOO_SERVER_USERS') ?? '', look('ZOO_SERVER_PASSWORDS') ?? '');
    return [['ZK_CLIENT_LOGIN', 'require'], ...(users === '' ? [] : [['ZK_CLIENT_USERS', users] as const])];
  },
};

/** The users are the same as on the image, and all members must log in, so its running members can still connect. */
const quorumLogin: ForeignRow = {
  kind: 'becomes',
  pairs(value, look) {
    if (!isYes(value)) return [];
    const own = ['USER', 'PASSWORD'].flatMap((name) => {
      const given = look(`ZOO_QUORUM_LEARNER_${name}`);
      return given === undefined ? [] : [[`ZK_QUORUM_${name}`, given] as const];
    });
    const users = usersOf(look('ZOO_QUORUM_SERVER_USERS') ?? '', look('ZOO_QUORUM_SERVER_PASSWORDS') ?? '');
    return [
      ['ZK_QUORUM_LOGIN', 'require'],
      ...own,
      ...(users === '' ? [] : [['ZK_QUORUM_USERS', users] as const]),
    ];
  },
};

/** The image turns on the metrics provider of ZooKeeper. Here the supervisor gives the same names on the same port. */
function metrics(value: string, look: Look): Pairs {
  if (!isYes(value)) return [];
  return [['ZK_METRICS_PORTS', look('ZOO_PROMETHEUS_METRICS_PORT_NUMBER') ?? '7000']];
}

function tls(kind: 'client' | 'quorum'): (value: string, look: Look) => Pairs {
  return (value, look) => {
    if (!isYes(value)) return [];
    if (kind === 'quorum')
      return [
        ['sslQuorum', 'true'],
        ['ssl.quorum.clientAuth', look('ZOO_TLS_QUORUM_CLIENT_AUTH') ?? 'need'],
        ['serverCnxnFactory', NETTY],
      ];
    return [
      ['ssl.clientAuth', look('ZOO_TLS_CLIENT_AUTH') ?? 'need'],
      ['secureClientPort', look('ZOO_TLS_PORT_NUMBER') ?? '3181'],
      ['serverCnxnFactory', NETTY],
    ];
  };
}

/** `host:2888:3888[:role][::id]`, separated by blanks, commas or semicolons. Without ids, the ids are the positions, from 1. */
function servers(list: string): ServerEntry[] {
  const words = list.split(/[\s;,]+/).filter((word) => word !== '');
  const parts = words.map((word) => /^(.+?)::(\d{1,9})$/.exec(word) ?? undefined);
  const hasIds = parts.some((part) => part !== undefined);
  return words.map((word, place) => {
    const [, address = word, digits] = parts[place] ?? [];
    if (digits !== undefined) return { id: Number(digits), address };
    return hasIds ? { address } : { id: place + 1, address };
  });
}

/**
 * Bitnami's image and its chart: `zookeeper-env.sh` has the names, `libzookeeper.sh` what they become (3.9). The two
 * ALLOW_ names also show that the deployment is Bitnami's, because most deployments set no other name.
 */
export const bitnami: Dialect = {
  id: 'bitnami',
  owner: "Bitnami's",
  serverList: 'ZOO_SERVERS',
  serverId: 'ZOO_SERVER_ID',
  servers,
  listForm:
    'host:2888:3888 for each server, :observer after an observer, and blanks, commas or semicolons between them',
  layout: { data: '/bitnami/zookeeper/data', log: '/bitnami/zookeeper/data' },
  folders: { ZK_CONF_DIR: '/opt/bitnami/zookeeper/conf', ZK_LOG_DIR: '/opt/bitnami/zookeeper/logs' },
  prefix: { text: 'ZOO_CFG_', keyOf: (rest) => rest.replaceAll('_', '.') },
  defaults: { ZK_PURGE_INTERVAL: '0', ZK_HEAP_SIZE: '1G', ZK_MAX_SESSION_TIMEOUT: '40000' },
  rows: {
    ZOO_TICK_TIME: 'tickTime',
    ZOO_INIT_LIMIT: 'initLimit',
    ZOO_SYNC_LIMIT: 'syncLimit',
    ZOO_PRE_ALLOC_SIZE: 'preAllocSize',
    ZOO_SNAPCOUNT: 'snapCount',
    ZOO_DATA_LOG_DIR: 'dataLogDir',
    ZOO_PORT_NUMBER: 'clientPort',
    ZOO_MAX_CNXNS: 'maxCnxns',
    ZOO_MAX_CLIENT_CNXNS: 'maxClientCnxns',
    ZOO_RECONFIG_ENABLED: { kind: 'switch', target: 'reconfigEnabled' },
    ZOO_LISTEN_ALLIPS_ENABLED: { kind: 'switch', target: 'quorumListenOnAllIPs' },
    ZOO_AUTOPURGE_INTERVAL: 'autopurge.purgeInterval',
    ZOO_AUTOPURGE_RETAIN_COUNT: 'autopurge.snapRetainCount',
    ZOO_4LW_COMMANDS_WHITELIST: '4lw.commands.whitelist',
    ZOO_MAX_SESSION_TIMEOUT: 'maxSessionTimeout',
    ZOO_PEER_TYPE: 'peerType',
    ZOO_FIPS_MODE: { kind: 'switch', target: 'fips-mode' },
    ZOO_LOG_LEVEL: 'ZK_LOG_LEVEL',
    ZOO_HEAP_SIZE: { kind: 'becomes', pairs: (value) => [['ZK_HEAP_SIZE', mebibytes(value)]] },
    ZOO_ENABLE_ADMIN_SERVER: {
      kind: 'becomes',
      pairs: (value) => [
        ['admin.enableServer', trueOrFalse(value)],
        ...(isYes(value) ? [['admin.serverAddress', '127.0.0.1'] as const] : []),
      ],
    },
    ZOO_ADMIN_SERVER_ADDRESS: {
      kind: 'when',
      needs: 'ZOO_ENABLE_ADMIN_SERVER',
      target: 'admin.serverAddress',
    },
    ZOO_ADMIN_SERVER_PORT_NUMBER: {
      kind: 'when',
      needs: 'ZOO_ENABLE_ADMIN_SERVER',
      target: 'admin.serverPort',
    },
    ZOO_SERVER_ID: 'ZK_MYID',
    ZOO_SERVERS: { kind: 'becomes', pairs: () => [] },
    ZOO_ENABLE_PROMETHEUS_METRICS: {
      kind: 'becomes',
      differs: {
        problem:
          'makes the supervisor give the metrics on the same port under the same names, without metricsProvider.className, metricsProvider.httpPort and metricsProvider.exportJvmInfo; quantiles that mntr does not report are missing',
        remedy:
          'nothing has to be done; if the jar of the provider is installed, these keys can stand in ZK_EXTRA_CONFIG instead',
      },
      pairs: metrics,
    },
    ZOO_PROMETHEUS_METRICS_PORT_NUMBER: { kind: 'when', needs: 'ZOO_ENABLE_PROMETHEUS_METRICS' },
    [TLS_CLIENT]: {
      kind: 'becomes',
      differs: {
        problem:
          'opens the port with TLS; ZK_CLIENT_PORT without TLS also stays open for the probes, but the other image closes it',
        remedy: 'set ZK_CLIENT_ADDRESS=127.0.0.1 so that only the pod itself can reach it',
      },
      pairs: tls('client'),
    },
    ZOO_TLS_PORT_NUMBER: { kind: 'when', needs: TLS_CLIENT },
    ZOO_TLS_CLIENT_AUTH: { kind: 'when', needs: TLS_CLIENT },
    ZOO_TLS_CLIENT_KEYSTORE_FILE: { kind: 'when', needs: TLS_CLIENT, target: 'ssl.keyStore.location' },
    ZOO_TLS_CLIENT_KEYSTORE_TYPE: { kind: 'when', needs: TLS_CLIENT, target: 'ssl.keyStore.type' },
    ZOO_TLS_CLIENT_KEYSTORE_PASSWORD: { kind: 'when', needs: TLS_CLIENT, target: 'ssl.keyStore.password' },
    ZOO_TLS_CLIENT_TRUSTSTORE_FILE: { kind: 'when', needs: TLS_CLIENT, target: 'ssl.trustStore.location' },
    ZOO_TLS_CLIENT_TRUSTSTORE_TYPE: { kind: 'when', needs: TLS_CLIENT, target: 'ssl.trustStore.type' },
    ZOO_TLS_CLIENT_TRUSTSTORE_PASSWORD: {
      kind: 'when',
      needs: TLS_CLIENT,
      target: 'ssl.trustStore.password',
    },
    [TLS_QUORUM]: {
      kind: 'becomes',
      pairs: tls('quorum'),
    },
    ZOO_TLS_QUORUM_CLIENT_AUTH: { kind: 'when', needs: TLS_QUORUM },
    ZOO_TLS_QUORUM_KEYSTORE_FILE: { kind: 'when', needs: TLS_QUORUM, target: 'ssl.quorum.keyStore.location' },
    ZOO_TLS_QUORUM_KEYSTORE_TYPE: { kind: 'when', needs: TLS_QUORUM, target: 'ssl.quorum.keyStore.type' },
    ZOO_TLS_QUORUM_KEYSTORE_PASSWORD: {
      kind: 'when',
      needs: TLS_QUORUM,
      target: 'ssl.quorum.keyStore.password',
    },
    ZOO_TLS_QUORUM_TRUSTSTORE_FILE: {
      kind: 'when',
      needs: TLS_QUORUM,
      target: 'ssl.quorum.trustStore.location',
    },
    ZOO_TLS_QUORUM_TRUSTSTORE_TYPE: { kind: 'when', needs: TLS_QUORUM, target: 'ssl.quorum.trustStore.type' },
    ZOO_TLS_QUORUM_TRUSTSTORE_PASSWORD: {
      kind: 'when',
      needs: TLS_QUORUM,
      target: 'ssl.quorum.trustStore.password',
    },
    ZOO_ENABLE_AUTH: clientLogin,
    ZOO_ENABLE_QUORUM_AUTH: quorumLogin,
    ZOO_CLIENT_USER: { kind: 'needless', words: OWN_CLIENT },
    ZOO_CLIENT_PASSWORD: { kind: 'needless', words: OWN_CLIENT },
    ZOO_SERVER_USERS: { kind: 'when', needs: 'ZOO_ENABLE_AUTH' },
    ZOO_SERVER_PASSWORDS: { kind: 'when', needs: 'ZOO_ENABLE_AUTH' },
    ZOO_QUORUM_LEARNER_USER: { kind: 'when', needs: 'ZOO_ENABLE_QUORUM_AUTH' },
    ZOO_QUORUM_LEARNER_PASSWORD: { kind: 'when', needs: 'ZOO_ENABLE_QUORUM_AUTH' },
    ZOO_QUORUM_SERVER_USERS: { kind: 'when', needs: 'ZOO_ENABLE_QUORUM_AUTH' },
    ZOO_QUORUM_SERVER_PASSWORDS: { kind: 'when', needs: 'ZOO_ENABLE_QUORUM_AUTH' },
    ZOO_HC_TIMEOUT: {
      kind: 'instead',
      words: 'set the time in the command of the probe: zk-entrypoint live --timeout 5s',
    },
    ALLOW_ANONYMOUS_LOGIN: { kind: 'needless', words: NO_LOGIN },
    ALLOW_EMPTY_PASSWORD: { kind: 'needless', words: NO_LOGIN },
    ZOO_DATA_DIR: { kind: 'nothing', ours: 'ZK_DATA_DIR' },
    ZOO_CONF_DIR: { kind: 'nothing', ours: 'ZK_CONF_DIR' },
    ZOO_LOG_DIR: { kind: 'nothing', ours: 'ZK_LOG_DIR' },
    ZOO_LOG4J_PROP: { kind: 'nothing', meant: 'ZOO_LOG_LEVEL', ours: 'ZK_LOG_LEVEL' },
    ZOO_PORT: { kind: 'nothing', meant: 'ZOO_PORT_NUMBER', ours: 'ZK_CLIENT_PORT' },
    ZOO_AUTOPURGE_PURGE_INTERVAL: {
      kind: 'nothing',
      meant: 'ZOO_AUTOPURGE_INTERVAL',
      ours: 'ZK_PURGE_INTERVAL',
    },
    ZOO_AUTOPURGE_SNAP_RETAIN_COUNT: {
      kind: 'nothing',
      meant: 'ZOO_AUTOPURGE_RETAIN_COUNT',
      ours: 'ZK_SNAP_RETAIN_COUNT',
    },
  },
};
