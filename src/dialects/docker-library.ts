import type { Dialect, Pairs, ServerEntry, Unreadable } from './row.ts';

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

/** Refuses a word without a value, such as the rest of a list with blanks: the image writes it as a line without effect. */
function withoutValue(value: string): Unreadable | undefined {
  const place = lines(value).findIndex(([, text]) => text === '');
  return place === -1
    ? undefined
    : {
        problem: `has no value in word ${place + 1}`,
        remedy:
          'write each word as key=value; a blank ends the value, as in 4lw.commands.whitelist=mntr,ruok syncEnabled=true',
      };
}

/** docker-library's image `zookeeper`: its `docker-entrypoint.sh` and the ENV of its Dockerfile (3.9.4, 3.8.6). */
export const dockerLibrary: Dialect = {
  id: 'docker-library',
  owner: "docker-library's",
  serverList: 'ZOO_SERVERS',
  serverId: 'ZOO_MY_ID',
  servers,
  listForm: 'server.1=host:2888:3888;2181 for each server, with only blanks between them',
  needsId: true,
  clientPortInList: true,
  heapVariable: 'ZK_SERVER_HEAP',
  layout: { data: '/data', log: '/datalog' },
  defaults: { ZK_INIT_LIMIT: '5', ZK_SYNC_LIMIT: '2', ZK_PURGE_INTERVAL: '0', ZK_ADMIN_PORT: '8080' },
  rows: {
    ZOO_DATA_DIR: 'dataDir',
    ZOO_DATA_LOG_DIR: 'dataLogDir',
    ZOO_TICK_TIME: 'tickTime',
    ZOO_INIT_LIMIT: 'initLimit',
    ZOO_SYNC_LIMIT: 'syncLimit',
    ZOO_AUTOPURGE_SNAPRETAINCOUNT: 'autopurge.snapRetainCount',
    ZOO_AUTOPURGE_PURGEINTERVAL: 'autopurge.purgeInterval',
    ZOO_MAX_CLIENT_CNXNS: 'maxClientCnxns',
    ZOO_STANDALONE_ENABLED: { kind: 'switch', target: 'standaloneEnabled' },
    ZOO_ADMINSERVER_ENABLED: { kind: 'switch', target: 'admin.enableServer' },
    ZOO_MY_ID: 'ZK_MYID',
    ZOO_SERVERS: { kind: 'becomes', pairs: () => [] },
    ZOO_4LW_COMMANDS_WHITELIST: '4lw.commands.whitelist',
    ZOO_CONF_DIR: {
      kind: 'needless',
      words: 'is not needed; a zoo.cfg that is mounted there is read, and the start writes to ZK_CONF_DIR',
    },
    ZOO_LOG_DIR: 'ZK_LOG_DIR',
    ZOO_CFG_EXTRA: {
      kind: 'becomes',
      pairs: lines,
      unreadable: withoutValue,
    },
    ZOO_AUTOPURGE_PURGE_INTERVAL: {
      kind: 'nothing',
      meant: 'ZOO_AUTOPURGE_PURGEINTERVAL',
      ours: 'ZK_PURGE_INTERVAL',
    },
    ZOO_AUTOPURGE_SNAP_RETAIN_COUNT: {
      kind: 'nothing',
      meant: 'ZOO_AUTOPURGE_SNAPRETAINCOUNT',
      ours: 'ZK_SNAP_RETAIN_COUNT',
    },
    ZOO_ADMINSERVER_PORT: {
      kind: 'nothing',
      meant: 'admin.serverPort in ZOO_CFG_EXTRA',
      ours: 'ZK_ADMIN_PORT',
    },
    ZOO_PORT: { kind: 'nothing', meant: 'clientPort in ZOO_CFG_EXTRA', ours: 'ZK_CLIENT_PORT' },
    ZOO_LOG4J_PROP: { kind: 'nothing', ours: 'ZK_LOG_LEVEL' },
  },
};
