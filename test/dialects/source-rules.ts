/** What ZooKeeper reads from the zoo.cfg that another image makes of an environment: keys and values, the last of each. */
type Rules = (env: Readonly<Record<string, string>>) => ReadonlyMap<string, string>;

const isYes = (text: string | undefined) => /^(1|yes|true)$/i.test(text ?? '');
const bool = (text: string | undefined) => String(isYes(text));

/** Bitnami's libzookeeper.sh (3.9): every key that zookeeper_generate_conf and what it calls set. */
export const bitnamiRules: Rules = (env) => {
  const get = (name: string, fallback = '') => env[name] || fallback;
  const keys = new Map<string, string>([
    ['tickTime', get('ZOO_TICK_TIME', '2000')],
    ['initLimit', get('ZOO_INIT_LIMIT', '10')],
    ['syncLimit', get('ZOO_SYNC_LIMIT', '5')],
    ['preAllocSize', get('ZOO_PRE_ALLOC_SIZE', '65536')],
    ['snapCount', get('ZOO_SNAPCOUNT', '100000')],
    ['dataDir', '/bitnami/zookeeper/data'],
    ['dataLogDir', get('ZOO_DATA_LOG_DIR', '/bitnami/zookeeper/data')],
    ['clientPort', get('ZOO_PORT_NUMBER', '2181')],
    ['maxCnxns', get('ZOO_MAX_CNXNS', '0')],
    ['maxClientCnxns', get('ZOO_MAX_CLIENT_CNXNS', '60')],
    ['reconfigEnabled', bool(env['ZOO_RECONFIG_ENABLED'])],
    ['quorumListenOnAllIPs', bool(env['ZOO_LISTEN_ALLIPS_ENABLED'])],
    ['autopurge.purgeInterval', get('ZOO_AUTOPURGE_INTERVAL', '0')],
    ['autopurge.snapRetainCount', get('ZOO_AUTOPURGE_RETAIN_COUNT', '3')],
    ['4lw.commands.whitelist', get('ZOO_4LW_COMMANDS_WHITELIST', 'srvr, mntr')],
    ['maxSessionTimeout', get('ZOO_MAX_SESSION_TIMEOUT', '40000')],
    ['admin.enableServer', bool(env['ZOO_ENABLE_ADMIN_SERVER'])],
  ]);
  if (isYes(env['ZOO_ENABLE_ADMIN_SERVER'])) {
    keys.set('admin.serverPort', get('ZOO_ADMIN_SERVER_PORT_NUMBER', '8080'));
    keys.set('admin.serverAddress', get('ZOO_ADMIN_SERVER_ADDRESS', '127.0.0.1'));
  }
  const servers = get('ZOO_SERVERS').replaceAll(/[;, ]/g, ' ').split(' ').filter(Boolean);
  if (servers.length > 1)
    servers.forEach((server, place) => {
      const [address = '', id = String(place + 1)] = get('ZOO_SERVERS').includes('::')
        ? server.split('::')
        : [server];
      keys.set(`server.${id}`, address);
    });
  if (isYes(env['ZOO_TLS_CLIENT_ENABLE'])) {
    keys.delete('clientPort');
    keys.set('ssl.clientAuth', get('ZOO_TLS_CLIENT_AUTH', 'need'));
    keys.set('secureClientPort', get('ZOO_TLS_PORT_NUMBER', '3181'));
    stores(keys, { env, side: 'CLIENT', lead: 'ssl' });
  }
  if (isYes(env['ZOO_TLS_QUORUM_ENABLE'])) {
    keys.set('sslQuorum', 'true');
    keys.set('ssl.quorum.clientAuth', get('ZOO_TLS_QUORUM_CLIENT_AUTH', 'need'));
    stores(keys, { env, side: 'QUORUM', lead: 'ssl.quorum' });
  }
  for (const [name, value] of Object.entries(env))
    if (name.startsWith('ZOO_CFG_')) keys.set(name.slice('ZOO_CFG_'.length).replaceAll('_', '.'), value);
  if (isYes(env['ZOO_ENABLE_PROMETHEUS_METRICS'])) {
    const provider = 'org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider';
    keys.set('metricsProvider.className', provider);
    keys.set('metricsProvider.httpPort', get('ZOO_PROMETHEUS_METRICS_PORT_NUMBER', '7000'));
    keys.set('metricsProvider.exportJvmInfo', 'true');
  }
  if (get('ZOO_PEER_TYPE')) keys.set('peerType', get('ZOO_PEER_TYPE'));
  return keys;
};

function stores(
  keys: Map<string, string>,
  { env, side, lead }: { env: Readonly<Record<string, string>>; side: string; lead: string },
): void {
  keys.set('serverCnxnFactory', 'org.apache.zookeeper.server.NettyServerCnxnFactory');
  for (const [name, store] of [
    ['KEYSTORE', 'keyStore'],
    ['TRUSTSTORE', 'trustStore'],
  ])
    for (const [end, part] of [
      ['FILE', 'location'],
      ['TYPE', 'type'],
      ['PASSWORD', 'password'],
    ]) {
      const value = env[`ZOO_TLS_${side}_${name}_${end}`];
      if (value) keys.set(`${lead}.${store}.${part}`, value);
    }
}

/** docker-library's docker-entrypoint.sh (3.9.4) with the ENV of its Dockerfile; a line without `=` is no key. */
export const dockerLibraryRules: Rules = (env) => {
  const get = (name: string, fallback: string) => env[name] || fallback;
  const lines = [
    `dataDir=${get('ZOO_DATA_DIR', '/data')}`,
    `dataLogDir=${get('ZOO_DATA_LOG_DIR', '/datalog')}`,
    `tickTime=${get('ZOO_TICK_TIME', '2000')}`,
    `initLimit=${get('ZOO_INIT_LIMIT', '5')}`,
    `syncLimit=${get('ZOO_SYNC_LIMIT', '2')}`,
    `autopurge.snapRetainCount=${get('ZOO_AUTOPURGE_SNAPRETAINCOUNT', '3')}`,
    `autopurge.purgeInterval=${get('ZOO_AUTOPURGE_PURGEINTERVAL', '0')}`,
    `maxClientCnxns=${get('ZOO_MAX_CLIENT_CNXNS', '60')}`,
    `standaloneEnabled=${get('ZOO_STANDALONE_ENABLED', 'true')}`,
    `admin.enableServer=${get('ZOO_ADMINSERVER_ENABLED', 'true')}`,
    ...get('ZOO_SERVERS', 'server.1=localhost:2888:3888;2181').split(/\s+/),
    ...(env['ZOO_4LW_COMMANDS_WHITELIST']
      ? [`4lw.commands.whitelist=${env['ZOO_4LW_COMMANDS_WHITELIST']}`]
      : []),
    ...get('ZOO_CFG_EXTRA', '').split(/\s+/),
  ];
  const keys = new Map<string, string>();
  const own = get('ZOO_MY_ID', '1');
  for (const line of lines) {
    const [, key, value = ''] = /^([^=:]+)[=:](.*)$/.exec(line) ?? [];
    if (key === undefined) continue;
    const [address = '', client] = key.startsWith('server.') ? value.split(';') : [value];
    keys.set(key, address);
    if (client !== undefined && key === `server.${own}`)
      keys.set('clientPort', client.split(':').at(-1) as string);
  }
  return keys;
};

/** Confluent's zookeeper.properties.template and configure, written from the names by the rule that they follow. */
export const confluentRules: Rules = (env) => {
  const keys = new Map<string, string>([
    ['dataDir', '/var/lib/zookeeper/data'],
    ['dataLogDir', '/var/lib/zookeeper/log'],
  ]);
  for (const [name, value] of Object.entries(env)) {
    const key = CONFLUENT_KEYS[name];
    if (key !== undefined) keys.set(key, value);
  }
  const numbered = (name: string, lead: string) =>
    (env[name] ? (env[name] as string).split(';') : []).forEach((text, place) => {
      keys.set(`${lead}.${place + 1}`, text);
    });
  if (env['ZOOKEEPER_SERVERS']) {
    if (!keys.has('initLimit')) keys.set('initLimit', '10');
    if (!keys.has('syncLimit')) keys.set('syncLimit', '5');
  }
  numbered('ZOOKEEPER_SERVERS', 'server');
  numbered('ZOOKEEPER_GROUPS', 'group');
  numbered('ZOOKEEPER_WEIGHTS', 'weight');
  return keys;
};

const CONFLUENT_KEYS: Readonly<Record<string, string>> = {
  ZOOKEEPER_CLIENT_PORT: 'clientPort',
  ZOOKEEPER_TICK_TIME: 'tickTime',
  ZOOKEEPER_GLOBAL_OUTSTANDING_LIMIT: 'globalOutstandingLimit',
  ZOOKEEPER_PRE_ALLOC_SIZE: 'preAllocSize',
  ZOOKEEPER_SNAP_COUNT: 'snapCount',
  ZOOKEEPER_MAX_CLIENT_CNXNS: 'maxClientCnxns',
  ZOOKEEPER_CLIENT_PORT_ADDRESS: 'clientPortAddress',
  ZOOKEEPER_MIN_SESSION_TIMEOUT: 'minSessionTimeout',
  ZOOKEEPER_MAX_SESSION_TIMEOUT: 'maxSessionTimeout',
  ZOOKEEPER_AUTOPURGE_SNAP_RETAIN_COUNT: 'autopurge.snapRetainCount',
  ZOOKEEPER_AUTOPURGE_PURGE_INTERVAL: 'autopurge.purgeInterval',
  ZOOKEEPER_INIT_LIMIT: 'initLimit',
  ZOOKEEPER_SYNC_LIMIT: 'syncLimit',
  ZOOKEEPER_LEADER_SERVES: 'leaderServes',
  ZOOKEEPER_CNX_TIMEOUT: 'cnxTimeout',
  ZOOKEEPER_FORCE_SYNC: 'forceSync',
  ZOOKEEPER_SKIP_ACL: 'skipACL',
  ZOOKEEPER_QUORUM_LISTEN_ON_ALL_IPS: 'quorumListenOnAllIPs',
  ZOOKEEPER_SECURE_CLIENT_PORT: 'secureClientPort',
  ZOOKEEPER_SERVER_CNXN_FACTORY: 'serverCnxnFactory',
  ZOOKEEPER_SSL_KEYSTORE_LOCATION: 'ssl.keyStore.location',
  ZOOKEEPER_SSL_KEYSTORE_PASSWORD: 'ssl.keyStore.password',
  ZOOKEEPER_SSL_TRUSTSTORE_LOCATION: 'ssl.trustStore.location',
  ZOOKEEPER_SSL_TRUSTSTORE_PASSWORD: 'ssl.trustStore.password',
  ZOOKEEPER_SSL_CLIENT_AUTH: 'ssl.clientAuth',
  ZOOKEEPER_SSL_QUORUM: 'sslQuorum',
  ZOOKEEPER_SSL_QUORUM_KEYSTORE_LOCATION: 'ssl.quorum.keyStore.location',
  ZOOKEEPER_SSL_QUORUM_HOSTNAME_VERIFICATION: 'ssl.quorum.hostnameVerification',
  ZOOKEEPER_AUTH_PROVIDER_SASL: 'authProvider.sasl',
  ZOOKEEPER_ADMIN_ENABLE_SERVER: 'admin.enableServer',
  ZOOKEEPER_ADMIN_SERVER_PORT: 'admin.serverPort',
  ZOOKEEPER_ADMIN_SERVER_ADDRESS: 'admin.serverAddress',
};
