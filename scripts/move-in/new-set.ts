import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LocalEnsemble, makeEnsemble } from '../local-ensemble/ensemble.ts';
import type { Launch, MemberSpec } from '../local-ensemble/launch.ts';
import type { LocalMember } from '../local-ensemble/member.ts';
import { stop, write } from '../local-ensemble/volumes.ts';
import { readTree } from '../torture/proof/read-tree.ts';
import { ours, type Stage, theirs } from './launches.ts';
import type { Placed, Source } from './sources.ts';
import { addressOf, FOLDERS, filesOf, makeNodes, missingNodes, moved, wrongId } from './volumes.ts';

const SERVING = { timeoutMs: 60_000 };

/** The names of a StatefulSet's pods: `zk-zookeeper-0.zk-zookeeper-headless.default.svc.cluster.local`. */
interface Names {
  readonly set: string;
  readonly domain: string;
}

const OLD: Names = { set: 'zk-zookeeper', domain: 'zk-zookeeper-headless.default.svc.cluster.local' };
const NEW: Names = { set: 'zk', domain: 'zk-headless.default.svc.cluster.local' };

const nameOf = ({ set, domain }: Names, id: number) => `${set}-${id - 1}.${domain}`;

/** The variables of the new StatefulSet: those of the old image with new host names, or ours. */
export type Settings = 'theirs' | 'ours';

/** An old StatefulSet of another image, and a new one of ours with another name. No new pod runs yet. */
export interface TwoSets {
  readonly old: LocalEnsemble;
  readonly fresh: LocalEnsemble;
  /** Gives the claims of an old pod to a new one, by default the pod with the same ordinal. Neither may run. */
  rebind(id: number, to?: number): void;
  giveBack(id: number, from?: number): void;
  /** Also mounts the claims of a new pod in an old pod, which then runs our image. */
  mountTwice(id: number): void;
  /** The files, ids and nodes that are not as before. */
  problems(): Promise<string[]>;
  close(): Promise<void>;
}

/** Starts the old StatefulSet, and fills it. */
export async function twoSets(source: Source, stage: Stage, settings: Settings): Promise<TwoSets> {
  const old = await makeEnsemble({ size: 3, launch: withHosts(theirs(named(source, OLD), stage)) });
  const fresh = await makeEnsemble({ size: 3, launch: withHosts(freshLaunch(source, stage, settings)) });
  const close = async () => {
    await Promise.all([old.close(), fresh.close()]);
  };
  try {
    for (const member of old.members) member.start();
    await old.waitUntilServing(SERVING);
    await makeNodes(old.members[0] as LocalMember, stage.nodes);
    const before = old.members.map(filesOf);
    return {
      old,
      fresh,
      rebind: (id, to = id) => claims(memberOf(old, id), memberOf(fresh, to)),
      giveBack: (id, from = id) => claims(memberOf(fresh, from), memberOf(old, id)),
      mountTwice(id) {
        const [oldPod, newPod] = [memberOf(old, id), memberOf(fresh, id)];
        for (const name of FOLDERS) symlinkSync(join(newPod.folder, name), join(oldPod.folder, name));
        oldPod.start({ all: old.all, launch: withHosts(withoutPatience(ours(named(source, OLD), stage))) });
      },
      async problems() {
        const found: string[] = [];
        for (const [place, member] of fresh.members.entries()) {
          const files = [...(before[place] as Map<string, number>)].map(
            ([path, file]) => [path.replace(memberOf(old, member.id).folder, member.folder), file] as const,
          );
          found.push(...moved(member, new Map(files)), ...wrongId(member, source));
          found.push(...(await missingNodes(member, stage.nodes)));
        }
        return found;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Moves the claims one by one, with old and new pods beside each other. Each side that serves writes. Returns the problems. */
export async function overToNewSet(source: Source, stage: Stage, settings: Settings): Promise<string[]> {
  const sets = await twoSets(source, stage, settings);
  const { old, fresh } = sets;
  const [, two, three] = old.members as [LocalMember, LocalMember, LocalMember];
  const problems: string[] = [];
  try {
    // One claim moved: the two old members are still a quorum, and the new member is not.
    await stop(three);
    sets.rebind(3);
    memberOf(fresh, 3).start();
    await old.waitUntilServing({ ...SERVING, members: [memberOf(old, 1), two] });
    await write(two, '/by-old', 'agreed');
    if (await serves(fresh)) problems.push('one new pod serves beside two old ones');
    // Two claims moved: the two new members are a quorum, and the old member is not.
    await stop(two);
    sets.rebind(2);
    memberOf(fresh, 2).start();
    await fresh.waitUntilServing({ ...SERVING, members: [memberOf(fresh, 2), memberOf(fresh, 3)] });
    if (await serves(old)) problems.push('one old pod serves beside two new ones');
    await write(memberOf(fresh, 2), '/by-new', 'agreed');
    await stop(memberOf(old, 1));
    sets.rebind(1);
    memberOf(fresh, 1).start();
    await fresh.waitUntilServing(SERVING);
    problems.push(...(await sets.problems()));
    for (const member of fresh.members)
      for (const path of ['/by-old', '/by-new'])
        if ((await readTree(addressOf(member), [path])).get(path)?.value !== 'agreed')
          problems.push(`${member.name} lacks ${path}`);
    return problems;
  } finally {
    await sets.close();
  }
}

async function serves(set: LocalEnsemble): Promise<boolean> {
  return [...(await set.roles()).values()].some((mode) => mode !== '-');
}

function memberOf({ members }: LocalEnsemble, id: number): LocalMember {
  const member = members.find((each) => each.id === id);
  if (member === undefined) throw new RangeError(`there is no member ${id}`);
  return member;
}

/** Gives a volume another name, as a new claim does. No file is copied. */
function claims(from: LocalMember, to: LocalMember): void {
  for (const name of FOLDERS) renameSync(join(from.folder, name), join(to.folder, name));
}

/** The source with the host names of a StatefulSet. */
function named(source: Source, names: Names): Source {
  const under = (placed: Placed): Placed => {
    const rename = <Ports extends Placed['own']>(ports: Ports) => ({
      ...ports,
      host: nameOf(names, ports.id),
    });
    return {
      ...placed,
      own: rename(placed.own),
      all: placed.all.map(({ id, ports }) => ({ id, ports: rename(ports) })),
    };
  };
  return {
    ...source,
    mounts: { ...source.mounts, hosts: '/etc/hosts' },
    zooCfg: (placed) => source.zooCfg(under(placed)),
    variables: (placed) => source.variables(under(placed)),
  };
}

/** Our image in the new StatefulSet, without the zoo.cfg that the old chart mounted. */
function freshLaunch(source: Source, stage: Stage, settings: Settings): Launch {
  const { config: _, ...unmounted } = named(source, NEW);
  const launch = ours(
    settings === 'theirs' ? named(source, NEW) : { ...unmounted, variables: ownSettings(source) },
    stage,
  );
  return (spec) => {
    const command = launch(spec);
    return { ...command, env: { ...command.env, POD_NAME: `${NEW.set}-${spec.id - 1}` } };
  };
}

/** The variables as chart/ and image/kubernetes set them. */
function ownSettings({ firstId }: Source): Source['variables'] {
  return ({ own }) => ({
    ZK_REPLICAS: '3',
    ZK_DOMAIN: NEW.domain,
    ZK_MYID_OFFSET: String(firstId),
    ZK_CLIENT_PORT: String(own.clientPort),
    ZK_CLIENT_ADDRESS: own.host,
    ZK_SERVER_PORT: String(own.serverPort),
    ZK_ELECTION_PORT: String(own.electionPort),
    ZK_TICK_TIME: '500',
    ZK_INIT_LIMIT: '20',
    ZK_SYNC_LIMIT: '10',
    ZK_HEAP_SIZE: '128m',
  });
}

function withoutPatience(launch: Launch): Launch {
  return (spec) => {
    const command = launch(spec);
    return { ...command, env: { ...command.env, ZK_STOP_TIMEOUT: '1s', ZK_STOP_DELAY: '0' } };
  };
}

/** The names of the pods, which the DNS of a cluster would have. */
function withHosts(launch: Launch): Launch {
  return (spec) => {
    writeFileSync(join(spec.folder, 'hosts'), hosts(spec));
    return launch(spec);
  };
}

function hosts({ all }: MemberSpec): string {
  const lines = all.map(({ id, host }) => `${host} ${nameOf(OLD, id)} ${nameOf(NEW, id)}`);
  return `127.0.0.1 localhost\n${lines.join('\n')}\n`;
}
