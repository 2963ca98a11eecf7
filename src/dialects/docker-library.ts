import {
  type Dialect,
  key,
  needless,
  nothing,
  type Pairs,
  type ServerEntry,
  setting,
  trueOrFalse,
} from './row.ts';

/** `server.N=host:2888:3888[:role][;[address:]port]`, separated by blanks. The image writes each word as a line of zoo.cfg. */
function servers(list: string): ServerEntry[] {
  return list
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const [, digits, address = word, client] = /^server\.(\d{1,9})=([^;]+)(?:;(.*))?$/.exec(word) ?? [];
      return {
        ...(digits === undefined ? {} : { id: Number(digits) }),
        address,
        ...(client === undefined ? {} : { client }),
      };
    });
}

/** Lines of zoo.cfg, separated by blanks. A word without `=` has no value; it is probably the rest of a value with a blank. */
function lines(value: string): Pairs {
  return value
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const [, name = word, text = ''] = /^([^=:]+)[=:](.*)$/.exec(word) ?? [];
      return [name, text] as const;
    });
}

/** docker-library's image `zookeeper`: its `docker-entrypoint.sh` and the ENV of its Dockerfile (3.9.4, 3.8.6). */
export const dockerLibrary: Dialect = {
  id: 'docker-library',
  owner: "docker-library's",
  serverList: 'ZOO_SERVERS',
  serverId: 'ZOO_MY_ID',
  servers,
  clientPortInList: true,
  layout: { data: '/data', log: '/datalog' },
  defaults: { ZK_INIT_LIMIT: '5', ZK_SYNC_LIMIT: '2', ZK_PURGE_INTERVAL: '0', ZK_ADMIN_PORT: '8080' },
  rows: {
    ZOO_DATA_DIR: key('dataDir'),
    ZOO_DATA_LOG_DIR: key('dataLogDir'),
    ZOO_TICK_TIME: key('tickTime'),
    ZOO_INIT_LIMIT: key('initLimit'),
    ZOO_SYNC_LIMIT: key('syncLimit'),
    ZOO_AUTOPURGE_SNAPRETAINCOUNT: key('autopurge.snapRetainCount'),
    ZOO_AUTOPURGE_PURGEINTERVAL: key('autopurge.purgeInterval'),
    ZOO_MAX_CLIENT_CNXNS: key('maxClientCnxns'),
    ZOO_STANDALONE_ENABLED: key('standaloneEnabled', trueOrFalse),
    ZOO_ADMINSERVER_ENABLED: key('admin.enableServer', trueOrFalse),
    ZOO_MY_ID: setting('ZK_MYID'),
    ZOO_SERVERS: { kind: 'becomes', goesTo: 'ZK_ENSEMBLE, ZK_CLIENT_PORT', pairs: () => [] },
    ZOO_4LW_COMMANDS_WHITELIST: key('4lw.commands.whitelist'),
    ZOO_CONF_DIR: needless(
      'is not needed; a zoo.cfg that is mounted there is read, and the start writes to ZK_CONF_DIR',
    ),
    ZOO_LOG_DIR: setting('ZK_LOG_DIR'),
    ZOO_CFG_EXTRA: {
      kind: 'becomes',
      goesTo: 'ZK_EXTRA_CONFIG, or the setting that owns the key',
      pairs: lines,
    },
    ZOO_AUTOPURGE_PURGE_INTERVAL: nothing({
      meant: 'ZOO_AUTOPURGE_PURGEINTERVAL',
      ours: 'ZK_PURGE_INTERVAL',
    }),
    ZOO_AUTOPURGE_SNAP_RETAIN_COUNT: nothing({
      meant: 'ZOO_AUTOPURGE_SNAPRETAINCOUNT',
      ours: 'ZK_SNAP_RETAIN_COUNT',
    }),
    ZOO_ADMINSERVER_PORT: nothing({ meant: 'admin.serverPort in ZOO_CFG_EXTRA', ours: 'ZK_ADMIN_PORT' }),
    ZOO_PORT: nothing({ meant: 'clientPort in ZOO_CFG_EXTRA', ours: 'ZK_CLIENT_PORT' }),
    ZOO_LOG4J_PROP: nothing({ ours: 'ZK_LOG_LEVEL' }),
  },
};
