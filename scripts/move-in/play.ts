import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LocalEnsemble, makeEnsemble } from '../local-ensemble/ensemble.ts';
import type { Command, Launch, MemberSpec } from '../local-ensemble/launch.ts';
import type { LocalMember } from '../local-ensemble/member.ts';
import { stop } from '../local-ensemble/volumes.ts';
import { judgeWrites } from '../torture/proof/judge-writes.ts';
import { readTree } from '../torture/proof/read-tree.ts';
import { COUNTER } from '../torture/workload/client.ts';
import { History, type Write } from '../torture/workload/history.ts';
import { Session } from '../torture/workload/session.ts';
import { Workload } from '../torture/workload/workload.ts';
import type { Placed, Source } from './sources.ts';

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

/** What came of one take-over. */
export interface Played {
  readonly name: string;
  readonly acknowledged: number;
  readonly nodes: number;
  /** Everything that is not as promised; nothing when all is. */
  readonly problems: readonly string[];
}

const SERVING = { timeoutMs: 60_000 };
const READ_MS = 20_000;
const CLIENTS = 4;
const SEED = 16;
const TREE = '/before';
const BATCH = 100;
const IN_LAYOUT = fileURLToPath(new URL('in-layout', import.meta.url));

/** An ensemble of another image is taken over member by member under a writer, and given back where the stage says so. */
export async function play(source: Source, stage: Stage): Promise<Played> {
  const ensemble = await makeEnsemble({ size: 3, launch: theirs(source, stage) });
  try {
    return await takeOver(source, stage, ensemble);
  } finally {
    await ensemble.close();
  }
}

async function takeOver(source: Source, stage: Stage, ensemble: LocalEnsemble): Promise<Played> {
  const { members, all } = ensemble;
  for (const member of members) member.start();
  await ensemble.waitUntilServing(SERVING);
  await makeNodes(members[0] as LocalMember, stage.nodes);
  const history = new History(join(ensemble.folder, 'history'));
  const addresses = members.map(({ host, port }) => ({ host, port }));
  const workload = new Workload({ addresses, clients: CLIENTS, history, seed: SEED });
  await workload.openChapter();
  let writes: readonly Write[] = [];
  const problems: string[] = [];
  try {
    const replace = async (member: LocalMember, launch: Launch) => {
      await stop(member);
      const before = filesOf(member);
      member.start({ all, launch });
      await ensemble.waitUntilServing(SERVING);
      problems.push(...moved(member, before), ...wrongId(member, source));
    };
    for (const member of members) await replace(member, ours(source, stage));
    // The kernel's name of the process: the JVM is below the program.
    for (const member of members)
      if (member.jvmPid() === member.pid) problems.push(`${member.name} still runs the other image's JVM`);
    if (stage.back) for (const member of members) await replace(member, theirs(source, stage));
  } finally {
    // Clients write into the ensemble's folder until they are stopped.
    writes = await workload.closeChapter();
  }
  const trees = new Map<string, Awaited<ReturnType<typeof readTree>>>();
  for (const member of members) {
    trees.set(member.name, await readTree(addressOf(member), [workload.folder, COUNTER]));
    problems.push(...(await missingNodes(member, stage.nodes)));
  }
  problems.push(
    ...judgeWrites({ writes, trees, counterPath: COUNTER }).map(({ promise, text }) => `${promise}: ${text}`),
  );
  return { name: source.name, acknowledged: history.acknowledged, nodes: stage.nodes, problems };
}

const addressOf = ({ host, port }: LocalMember) => ({ host, port });

async function makeNodes(member: LocalMember, count: number): Promise<void> {
  const session = new Session(addressOf(member), READ_MS);
  if (!(await session.open())) throw new Error('no session to make the nodes');
  await session.create(TREE, 'root');
  for (let from = 0; from < count; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => nodeAt(from + index));
    const reply = await session.createAll(batch);
    if (reply.kind !== 'done') throw new Error(`the nodes from ${from} on were not made: ${reply.kind}`);
  }
  await session.close();
}

const nodeAt = (number: number) => ({ path: `${TREE}/n${number}`, value: `value ${number}` });

async function missingNodes(member: LocalMember, count: number): Promise<string[]> {
  const tree = await readTree(addressOf(member), [TREE]);
  const wrong = Array.from({ length: count }, (_, number) => nodeAt(number)).filter(
    ({ path, value }) => tree.get(path)?.value !== value,
  );
  return wrong.length === 0
    ? []
    : [`${member.name} lacks ${wrong.length} of ${count} nodes, such as ${wrong[0]?.path}`];
}

/** Where the member's volumes are on this machine. */
const FOLDERS = ['volume', 'logs'];

/** Every snapshot, log and myid by its path, with the file itself; a copy would be another one. */
function filesOf({ folder }: LocalMember): Map<string, number> {
  const paths = FOLDERS.flatMap((name) =>
    readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).map((path) =>
      join(folder, name, path),
    ),
  );
  return new Map(
    paths.filter((path) => /\/(snapshot\.|log\.|myid$)/.test(path)).map((path) => [path, statSync(path).ino]),
  );
}

function moved(member: LocalMember, before: ReadonlyMap<string, number>): string[] {
  const now = filesOf(member);
  return [...before]
    .filter(([path, file]) => now.get(path) !== file)
    .map(([path]) => `${path} is gone or another file`);
}

function wrongId(member: LocalMember, { firstId }: Source): string[] {
  const [path = ''] = [...filesOf(member).keys()].filter((path) => path.endsWith('/myid'));
  const found = readFileSync(path, 'utf8').trim();
  const expected = String(member.id - 1 + firstId);
  return found === expected ? [] : [`${member.name} has the id ${found} instead of ${expected}`];
}

function placed({ id, all }: MemberSpec, { firstId }: Source): Placed {
  const withIds = all.map((ports) => ({ id: ports.id - 1 + firstId, ports }));
  const own = all.find((ports) => ports.id === id);
  if (own === undefined) throw new RangeError(`there is no member ${id}`);
  return { id: id - 1 + firstId, own, all: withIds };
}

/** The other image: java with the zoo.cfg that its rules make, in its places. */
function theirs(source: Source, { javaHome, theirs: zkHome }: Stage): Launch {
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
function ours(source: Source, { javaHome, program, ours: zkHome }: Stage): Launch {
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
  writeFileSync(join(data, 'myid'), `${member.id}\n`);
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
