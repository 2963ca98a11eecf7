import type { MemberPorts } from '../local-ensemble/launch.ts';

/** A member as the image knows it: its own id, and where all of them are. */
export interface Placed {
  readonly id: number;
  readonly own: MemberPorts;
  /** All members with their ids, which may begin with 0. */
  readonly all: readonly { readonly id: number; readonly ports: MemberPorts }[];
}

/** Another image or chart: where it keeps things, what it writes, and what its manifest sets. */
export interface Source {
  readonly name: string;
  readonly firstId: 0 | 1;
  /** Folders of the member, each with the place where its manifest mounts it. */
  readonly mounts: Readonly<Record<string, string>>;
  readonly dataDir: string;
  readonly dataLogDir: string;
  /** Where a zoo.cfg is mounted; undefined where the image writes it from the variables. */
  readonly config?: string;
  /** The lines of zoo.cfg that the image writes for these variables, or that the chart mounts. */
  zooCfg(placed: Placed): readonly string[];
  /** What the manifest sets, the script of a chart included. */
  variables(placed: Placed): Readonly<Record<string, string>>;
}

const TICK = ['tickTime=500', 'initLimit=20', 'syncLimit=10'];
const address = ({ host, serverPort, electionPort }: MemberPorts) => `${host}:${serverPort}:${electionPort}`;
const servers = ({ all }: Placed, end: (ports: MemberPorts) => string = () => '') =>
  all.map(({ id, ports }) => `server.${id}=${address(ports)}${end(ports)}`);
const client = ({ own }: Placed) => [`clientPort=${own.clientPort}`, `clientPortAddress=${own.host}`];

function bitnami(firstId: 0 | 1): Source {
  const data = '/bitnami/zookeeper/data';
  return {
    name: `Bitnami, ids from ${firstId}`,
    firstId,
    mounts: { volume: '/bitnami/zookeeper' },
    dataDir: data,
    dataLogDir: data,
    zooCfg: (placed) => [
      ...TICK,
      `dataDir=${data}`,
      `dataLogDir=${data}`,
      ...client(placed),
      'maxClientCnxns=60',
      'autopurge.purgeInterval=0',
      '4lw.commands.whitelist=srvr, mntr, ruok',
      'maxSessionTimeout=40000',
      'admin.enableServer=false',
      ...servers(placed),
    ],
    variables: (placed) => ({
      ALLOW_ANONYMOUS_LOGIN: 'yes',
      ZOO_SERVER_ID: String(placed.id),
      ZOO_SERVERS: placed.all.map(({ id, ports }) => `${address(ports)}::${id}`).join(' '),
      ZOO_PORT_NUMBER: String(placed.own.clientPort),
      ZOO_CFG_clientPortAddress: placed.own.host,
      ZOO_TICK_TIME: '500',
      ZOO_INIT_LIMIT: '20',
      ZOO_SYNC_LIMIT: '10',
      ZOO_HEAP_SIZE: '128',
      ZOO_4LW_COMMANDS_WHITELIST: 'srvr, mntr, ruok',
    }),
  };
}

function dockerLibrary(firstId: 0 | 1): Source {
  const end = ({ host, clientPort }: MemberPorts) => `;${host}:${clientPort}`;
  return {
    name: `docker-library, ids from ${firstId}`,
    firstId,
    mounts: { volume: '/data', logs: '/datalog' },
    dataDir: '/data',
    dataLogDir: '/datalog',
    zooCfg: (placed) => [
      ...TICK,
      'dataDir=/data',
      'dataLogDir=/datalog',
      'autopurge.snapRetainCount=3',
      'autopurge.purgeInterval=0',
      'maxClientCnxns=60',
      'standaloneEnabled=true',
      'admin.enableServer=false',
      '4lw.commands.whitelist=*',
      ...servers(placed, end),
    ],
    variables: (placed) => ({
      ZOO_MY_ID: String(placed.id),
      ZOO_SERVERS: servers(placed, end).join(' '),
      ZOO_TICK_TIME: '500',
      ZOO_INIT_LIMIT: '20',
      ZOO_SYNC_LIMIT: '10',
      ZOO_ADMINSERVER_ENABLED: 'false',
      ZOO_4LW_COMMANDS_WHITELIST: '*',
      JVMFLAGS: '-Xmx128m',
    }),
  };
}

const confluent: Source = {
  name: 'Confluent, ids from 1',
  firstId: 1,
  mounts: { volume: '/var/lib/zookeeper/data', logs: '/var/lib/zookeeper/log' },
  dataDir: '/var/lib/zookeeper/data',
  dataLogDir: '/var/lib/zookeeper/log',
  zooCfg: (placed) => [
    ...TICK,
    'dataDir=/var/lib/zookeeper/data',
    'dataLogDir=/var/lib/zookeeper/log',
    ...client(placed),
    'admin.enableServer=false',
    ...servers(placed),
  ],
  variables: (placed) => ({
    ZOOKEEPER_SERVER_ID: String(placed.id),
    ZOOKEEPER_SERVERS: placed.all.map(({ ports }) => address(ports)).join(';'),
    ZOOKEEPER_CLIENT_PORT: String(placed.own.clientPort),
    ZOOKEEPER_CLIENT_PORT_ADDRESS: placed.own.host,
    ZOOKEEPER_TICK_TIME: '500',
    ZOOKEEPER_INIT_LIMIT: '20',
    ZOOKEEPER_SYNC_LIMIT: '10',
    ZOOKEEPER_ADMIN_ENABLE_SERVER: 'false',
    KAFKA_HEAP_OPTS: '-Xmx128M -Xms128M',
  }),
};

/** A chart around docker-library's image: it mounts its zoo.cfg, counts from 0, and has no volume for the logs. */
const cloudPirates: Source = {
  name: 'CloudPirates, ids from 0',
  firstId: 0,
  mounts: { volume: '/data' },
  dataDir: '/data',
  dataLogDir: '/data',
  config: '/conf/zoo.cfg',
  zooCfg: (placed) => [
    ...TICK,
    'dataDir=/data',
    ...client(placed),
    'maxClientCnxns=60',
    '4lw.commands.whitelist=srvr',
    'autopurge.purgeInterval=24',
    'autopurge.snapRetainCount=3',
    'admin.enableServer=false',
    ...servers(placed),
  ],
  // Its script sets the id.
  variables: (placed) => ({ ZOO_MY_ID: String(placed.id), JVMFLAGS: '-Xmx128m' }),
};

/** An operator around Bitnami's image: it mounts its zoo.cfg, counts from 0, and has its logs on a volume of their own. */
const kubeBlocks: Source = {
  name: 'KubeBlocks, ids from 0',
  firstId: 0,
  mounts: { volume: '/bitnami/zookeeper/data', logs: '/bitnami/zookeeper/log' },
  dataDir: '/bitnami/zookeeper/data',
  dataLogDir: '/bitnami/zookeeper/log',
  config: '/opt/bitnami/zookeeper/conf/zoo.cfg',
  zooCfg: (placed) => [
    ...TICK,
    'dataDir=/bitnami/zookeeper/data',
    'dataLogDir=/bitnami/zookeeper/log',
    ...client(placed),
    'maxClientCnxns=500',
    '4lw.commands.whitelist=srvr, mntr, ruok, conf',
    'admin.enableServer=false',
    ...servers(placed, () => ':participant'),
  ],
  variables: (placed) => ({
    ZOO_SERVER_ID: String(placed.id),
    ZOO_LOG4J_PROP: 'INFO,CONSOLE',
    JVMFLAGS: '-Xmx128m',
  }),
};

/** Every layout of docs/move-in.md. */
export const sources: readonly Source[] = [
  bitnami(1),
  bitnami(0),
  dockerLibrary(1),
  dockerLibrary(0),
  confluent,
  cloudPirates,
  kubeBlocks,
];
