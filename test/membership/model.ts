import {
  type CommittedConfiguration,
  configurationLines,
  holds,
  votersOf,
} from '../../src/membership/configuration.ts';
import type { decideStart, PeerMembership, StartDecision } from '../../src/membership/start-decision.ts';

/**
 * Servers that change their members by consensus, as ZooKeeper does, small enough to play a hundred thousand histories. A
 * change needs the majority of the configuration before it and of the one after it (QuorumPeer.processReconfig); whoever
 * acknowledged it knows it after a restart. A leader needs a majority of the configuration that it believes in, and a
 * server with a newer one is never led by one with an older. Starts follow the rules of src/membership.
 */

/** One pod with its volume. */
interface Pod {
  /** Undefined while it has never been part of anything. */
  volume: CommittedConfiguration | undefined;
  /** Its data: the last write that it holds. */
  data: number;
  isUp: boolean;
  /** The configuration it runs with; undefined while it is down or waits. */
  runs: CommittedConfiguration | undefined;
  /** True where its own file has it as voter. */
  votes: boolean;
  /** True until it has data: an empty server's vote does not count (ZOOKEEPER-261). */
  isEmpty: boolean;
}

/** The rules of a start: the real ones, or broken ones that must be caught. */
export type Decide = typeof decideStart;

export interface World {
  readonly pods: Map<number, Pod>;
  readonly wished: readonly number[];
  readonly decide: Decide;
  version: bigint;
  /** The last write that was acknowledged to a client. */
  acknowledged: number;
  writes: number;
  /** Which pods hear each other: the number of the side on which each is. */
  readonly side: Map<number, number>;
}

export function makeWorld(ids: readonly number[], wished: readonly number[], decide: Decide): World {
  const pod = (): Pod => ({
    volume: undefined,
    data: 0,
    isUp: false,
    runs: undefined,
    votes: false,
    isEmpty: false,
  });
  return {
    pods: new Map(ids.map((id) => [id, pod()])),
    wished,
    decide,
    version: 0n,
    acknowledged: 0,
    writes: 0,
    side: new Map(ids.map((id) => [id, 0])),
  };
}

export function configuration(ids: readonly number[], version: bigint): CommittedConfiguration {
  const members = ids
    .toSorted((a, b) => a - b)
    .map((id) => ({
      id,
      host: `zk-${id}`,
      serverPort: 2888,
      electionPort: 3888,
      role: 'participant' as const,
      spec: `zk-${id}:2888:3888:participant;2181`,
    }));
  return { version, members };
}

const majority = (of: CommittedConfiguration, ids: ReadonlySet<number>) =>
  votersOf(of).filter((id) => ids.has(id)).length > votersOf(of).length / 2;

function running(world: World, side: number): [number, Pod][] {
  return [...world.pods].filter(([id, pod]) => pod.runs !== undefined && world.side.get(id) === side);
}

/**
 * Who leads on that side, and with whom: those whose configuration is the newest on the side among its voters. One whose
 * own file has it as a voter counts; everybody else follows without being counted.
 */
export function quorumOn(
  world: World,
  side: number,
): { of: CommittedConfiguration; ids: Set<number> } | undefined {
  const all = running(world, side);
  const byVersion = [...new Set(all.map(([, pod]) => pod.runs as CommittedConfiguration))].sort((a, b) =>
    a.version > b.version ? -1 : 1,
  );
  for (const of of byVersion) {
    // A server that knows a newer configuration follows none with an older one.
    const ids = new Set(
      all
        .filter(([id, { isEmpty, runs, votes }]) => {
          const version = (runs as CommittedConfiguration).version;
          // Whoever has an older one takes this one in the election, and votes where it is in it.
          return holds(of, id) && !isEmpty && (version < of.version || (version === of.version && votes));
        })
        .map(([id]) => id),
    );
    if (majority(of, ids)) return { of, ids };
  }
  return undefined;
}

/** Every side on which a leader could commit now. */
export function quorums(world: World) {
  return [...new Set(world.side.values())].flatMap((side) => quorumOn(world, side) ?? []);
}

export function start(world: World, id: number): StartDecision {
  const pod = world.pods.get(id) as Pod;
  const side = world.side.get(id);
  const peers = new Map(
    [...world.pods]
      .filter(([other]) => other !== id)
      .map(([other, each]): [number, PeerMembership] => {
        if (!each.isUp || world.side.get(other) !== side) return [other, { kind: 'silent', why: 'is down' }];
        const quorum = quorumOn(world, side as number);
        const serves = quorum !== undefined && each.runs !== undefined;
        // Who serves has learned from its leader what was committed.
        return [other, { kind: 'heard', committed: serves ? quorum.of : each.volume, serves }];
      }),
  );
  const volume =
    pod.volume === undefined
      ? ({ kind: 'fresh' } as const)
      : ({ kind: 'committed', configuration: pod.volume } as const);
  const asked = new Map(
    [...peers].filter(([other]) => world.wished.includes(other) || (pod.volume && holds(pod.volume, other))),
  );
  const decision = world.decide({ myid: id, wished: world.wished, volume, peers: asked });
  pod.isUp = true;
  if (decision.kind === 'wait') return decision;
  // Admission: nobody begins with nothing beside a volume that holds something (admission/decision.ts).
  const isFresh = pod.volume === undefined;
  const isKept = [...asked].some(([, peer]) => peer.kind === 'heard' && peer.committed !== undefined);
  if (decision.kind === 'begin' && isFresh && isKept) return decision;
  const runs = decision.kind === 'begin' ? configuration(world.wished, 0n) : decision.configuration;
  pod.runs = runs;
  pod.votes = decision.kind !== 'join' && holds(runs, id);
  pod.isEmpty = isFresh && decision.kind !== 'begin';
  return decision;
}

export function stop(world: World, id: number): void {
  const pod = world.pods.get(id) as Pod;
  Object.assign(pod, { isUp: false, runs: undefined, votes: false });
}

/** The volume is lost, and an empty one stands in its place. */
export function lose(world: World, id: number): void {
  stop(world, id);
  Object.assign(world.pods.get(id) as Pod, { volume: undefined, data: 0 });
}

/** A quorum that lacks what was acknowledged. */
export class LostWrite extends Error {}

/** One write on that side: it is acknowledged where a quorum holds it, and everybody there who follows has it then. */
export function write(world: World, side: number): void {
  const quorum = quorumOn(world, side);
  if (quorum === undefined) return;
  settle(world, side, quorum);
  const newest = Math.max(...[...quorum.ids].map((id) => (world.pods.get(id) as Pod).data));
  if (newest < world.acknowledged) throw new LostWrite(lost(world, quorum.of));
  world.writes += 1;
  for (const [, pod] of running(world, side)) pod.data = world.writes;
  world.acknowledged = world.writes;
}

function lost(world: World, of: CommittedConfiguration): string {
  return `the quorum of ${configurationLines(of).join(' ')} lacks the write ${world.acknowledged}`;
}

/** Followers take configuration and data of their leader; the first leader gives the list a version. */
function settle(world: World, side: number, quorum: { of: CommittedConfiguration; ids: Set<number> }): void {
  let { of } = quorum;
  const newest = Math.max(...[...quorum.ids].map((id) => (world.pods.get(id) as Pod).data));
  if (of.version === 0n) {
    world.version += 1n;
    of = configuration(votersOf(of), world.version);
  }
  for (const [id, pod] of running(world, side)) {
    pod.data = newest;
    pod.volume = of;
    pod.runs = of;
    pod.votes = holds(of, id);
    pod.isEmpty = false;
  }
}

/** A change of one member, carried through or cut off after some have acknowledged it. */
export function change(
  world: World,
  side: number,
  next: readonly number[],
  reached: readonly number[],
): void {
  const quorum = quorumOn(world, side);
  if (quorum === undefined) return;
  settle(world, side, quorum);
  const before = (world.pods.get([...quorum.ids][0] as number) as Pod).runs as CommittedConfiguration;
  const proposed = configuration(next, world.version + 1n);
  const here = new Set(running(world, side).map(([id]) => id));
  if (!majority(proposed, here)) return;
  world.version += 1n;
  const acked = new Set([...reached].filter((id) => here.has(id)));
  if (!majority(before, acked) || !majority(proposed, acked)) return;
  for (const id of acked) {
    const pod = world.pods.get(id) as Pod;
    pod.volume = proposed;
    pod.runs = proposed;
    pod.votes = holds(proposed, id);
  }
}
