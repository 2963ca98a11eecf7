import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** Where one member listens: an address of its own and, as with pods, the same ports for all. */
export interface MemberPorts {
  readonly id: number;
  /** All of 127.0.0.0/8 is loopback on Linux. */
  readonly host: string;
  readonly clientPort: number;
  readonly serverPort: number;
  readonly electionPort: number;
  readonly healthPort: number;
}

/** What a launcher must know to start one member. */
export interface MemberSpec {
  readonly id: number;
  /** The member's own folder, which exists. */
  readonly folder: string;
  /** All members, by id. */
  readonly all: readonly MemberPorts[];
}

/** A command with its whole environment. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** How a member is started; called again for every start of it. */
export type Launch = (spec: MemberSpec) => Command;

/** Short ticks make elections and the tests quick; the heap is enough for a few nodes. */
const TICK_MS = 500;
const HEAP = '128m';

/** Where things are: ZK_HOME and JAVA_HOME. */
export interface Installation {
  readonly zkHome: string;
  readonly javaHome: string;
}

/** Starts `<program> start` with ZK_* variables, as a container does; `env` adds to them or replaces them. */
export function throughEntrypoint(
  { zkHome, javaHome, program }: Installation & { program: string },
  env: Readonly<Record<string, string>> = {},
): Launch {
  return ({ id, folder, all }) => {
    const own = portsOf(id, all);
    const variables = {
      ZK_HOME: zkHome,
      ZK_ENSEMBLE: all.map((each) => `${each.host}:${each.serverPort}:${each.electionPort}`).join(';'),
      ZK_MYID: String(id),
      ZK_CLIENT_PORT: String(own.clientPort),
      ZK_CLIENT_ADDRESS: own.host,
      ZK_DATA_DIR: join(folder, 'data'),
      ZK_DATA_LOG_DIR: join(folder, 'datalog'),
      ZK_LOG_DIR: join(folder, 'log'),
      ZK_CONF_DIR: join(folder, 'conf'),
      ZK_HEAP_SIZE: HEAP,
      ZK_TICK_TIME: String(TICK_MS),
      ZK_USER: userInfo().username,
      ZK_HEALTH_PORT: String(own.healthPort),
      ZK_HEALTH_ADDRESS: own.host,
      // Members of a test are stopped together as often as one by one.
      ZK_STOP_WAIT: '0',
      ZK_TERMINATION_LOG: join(folder, 'termination-log'),
    };
    return { file: program, args: ['start'], env: { ...plainEnvironment(javaHome), ...variables, ...env } };
  };
}

/** Starts java directly with a zoo.cfg written here: a plain ZooKeeper to compare with. */
export function directly({ zkHome, javaHome }: Installation): Launch {
  return ({ id, folder, all }) => {
    const data = join(folder, 'data');
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'myid'), `${id}\n`);
    writeFileSync(join(folder, 'zoo.cfg'), zooCfg({ id, data, all }));
    const classPath = [join(zkHome, 'conf'), join(zkHome, 'lib', '*')].join(':');
    const flags = [
      `-Xmx${HEAP}`,
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      `-Dzookeeper.log.dir=${folder}`,
    ];
    const main = 'org.apache.zookeeper.server.quorum.QuorumPeerMain';
    const args = [...flags, '-cp', classPath, main, join(folder, 'zoo.cfg')];
    return { file: join(javaHome, 'bin', 'java'), args, env: plainEnvironment(javaHome) };
  };
}

function zooCfg({ id, data, all }: Pick<MemberSpec, 'id' | 'all'> & { data: string }): string {
  const servers = all.map((each) => `server.${each.id}=${each.host}:${each.serverPort}:${each.electionPort}`);
  return [
    `dataDir=${data}`,
    `clientPort=${portsOf(id, all).clientPort}`,
    `clientPortAddress=${portsOf(id, all).host}`,
    `tickTime=${TICK_MS}`,
    'initLimit=20',
    'syncLimit=10',
    'admin.enableServer=false',
    '4lw.commands.whitelist=*',
    ...(servers.length > 1 ? servers : []),
    '',
  ].join('\n');
}

function portsOf(id: number, all: readonly MemberPorts[]): MemberPorts {
  const ports = all.find((each) => each.id === id);
  if (ports === undefined) throw new RangeError(`there is no member with id ${id}`);
  return ports;
}

/** Nothing of ours but what every program needs: a ZK_* variable of the caller must not reach a member. */
function plainEnvironment(javaHome: string): Record<string, string> {
  const { HOME = '/', LANG = 'C.UTF-8', PATH = '/usr/bin:/bin', TZ } = process.env;
  return {
    HOME,
    LANG,
    JAVA_HOME: javaHome,
    // The Node that runs this runs the entrypoint too, whatever an older one is first on the PATH.
    PATH: `${dirname(process.execPath)}:${PATH}`,
    ...(TZ === undefined ? {} : { TZ }),
  };
}
