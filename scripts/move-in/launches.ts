import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command, Launch, MemberSpec } from '../local-ensemble/launch.ts';
import type { Placed, Source } from './sources.ts';
import { FOLDERS } from './volumes.ts';

/** Which ZooKeepers, and how much is on the volumes. */
export interface Stage {
  readonly javaHome: string;
  readonly program: string;
  /** What the other image runs, and what ours runs. */
  readonly theirs: string;
  readonly ours: string;
  readonly nodes: number;
  /** Whether the members are given back in the end. */
  readonly back: boolean;
}

const IN_LAYOUT = fileURLToPath(new URL('in-layout', import.meta.url));

/** A member as its image knows it. */
export function placed({ id, all }: MemberSpec, { firstId }: Source): Placed {
  const withIds = all.map((ports) => ({ id: ports.id - 1 + firstId, ports }));
  const own = all.find((ports) => ports.id === id);
  if (own === undefined) throw new RangeError(`there is no member ${id}`);
  return { id: id - 1 + firstId, own, all: withIds };
}

/** The other image: java with the zoo.cfg that its rules make, in its places. */
export function theirs(source: Source, { javaHome, theirs: zkHome }: Stage): Launch {
  return (spec) => {
    const config = prepareFolders(source, spec);
    const classPath = [join(zkHome, 'conf'), join(zkHome, 'lib', '*')].join(':');
    const main = 'org.apache.zookeeper.server.quorum.QuorumPeerMain';
    const flags = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
    const args = [...flags, '-cp', classPath, main, config];
    return inLayout(source, spec, {
      file: join(javaHome, 'bin/java'),
      args,
      env: machineEnvironment(javaHome),
    });
  };
}

/** Our image in its place: the variables of its manifest, and what tells this machine's members apart. */
export function ours(source: Source, { javaHome, program, ours: zkHome }: Stage): Launch {
  return (spec) => {
    prepareFolders(source, spec);
    const { own, ...rest } = placed(spec, source);
    const env = {
      ...machineEnvironment(javaHome),
      ...source.variables({ own, ...rest }),
      ZK_HOME: zkHome,
      ZK_USER: 'root',
      ZK_CONF_DIR: join(spec.folder, 'conf'),
      ZK_LOG_DIR: join(spec.folder, 'log'),
      ZK_TERMINATION_LOG: join(spec.folder, 'termination-log'),
      ZK_HEALTH_PORT: String(own.healthPort),
      ZK_HEALTH_ADDRESS: own.host,
      ZK_STOP_WAIT: '0',
    };
    return inLayout(source, spec, { file: program, args: ['start'], env });
  };
}

/** The volumes with the id that the image has written, and its zoo.cfg; returns where that is for java. */
function prepareFolders(source: Source, spec: MemberSpec): string {
  for (const name of [...FOLDERS, 'root']) mkdirSync(join(spec.folder, name), { recursive: true });
  const member = placed(spec, source);
  const volume = Object.entries(source.mounts).find(([, place]) => source.dataDir.startsWith(place)) ?? [
    'volume',
    '',
  ];
  const data = join(spec.folder, volume[0], source.dataDir.slice(volume[1].length));
  mkdirSync(data, { recursive: true });
  // Both images leave an id that is there.
  const myid = join(data, 'myid');
  if (!existsSync(myid)) writeFileSync(myid, `${member.id}\n`);
  const config = join(spec.folder, 'zoo.cfg');
  writeFileSync(config, `${source.zooCfg(member).join('\n')}\n`);
  return config;
}

function inLayout({ mounts, config }: Source, { folder }: MemberSpec, { file, args, env }: Command): Command {
  const mounted = Object.entries(mounts).map(([name, place]) => `${join(folder, name)}=${place}`);
  const configs = config === undefined ? [] : [`${join(folder, 'zoo.cfg')}=${config}`];
  return { file: IN_LAYOUT, args: [join(folder, 'root'), ...mounted, ...configs, '--', file, ...args], env };
}

function machineEnvironment(javaHome: string): Record<string, string> {
  const { HOME = '/', PATH = '/usr/bin:/bin' } = process.env;
  return { HOME, LANG: 'C.UTF-8', JAVA_HOME: javaHome, PATH: `${dirname(process.execPath)}:${PATH}` };
}
