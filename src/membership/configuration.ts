import type { Member } from '../ensemble/member.ts';
import type { Role } from '../settings/kinds/ensemble-list.ts';

/** One server of a committed configuration. */
export interface ConfiguredMember extends Member {
  /** What stands after `server.N=`, as ZooKeeper wrote it: it goes back into a file or a change unaltered. */
  readonly spec: string;
}

/** What an ensemble has agreed on by consensus: who is in it, and who votes. */
export interface CommittedConfiguration {
  /** The zxid of the change that made it: a newer configuration has a larger one. */
  readonly version: bigint;
  /** Sorted by id. */
  readonly members: readonly ConfiguredMember[];
  /** True where it was read from the own volume. */
  readonly isOnVolume?: boolean;
}

/** A configuration as it was read, or the line that cannot be followed. */
export type ConfigurationReading =
  | { readonly kind: 'read'; readonly configuration: CommittedConfiguration }
  | { readonly kind: 'strange'; readonly line: string };

const SERVER = /^server\.(\d+)\s*=\s*(.+)$/;
const VERSION = /^version\s*=\s*([0-9a-f]+)$/i;
/** `host:2888:3888[:role][;[address:]clientPort]`; QuorumServer.toString writes the role always, and IPv6 in brackets. */
const SPEC = /^(\[[0-9a-fA-F:.]+\]|[^:;|[\]]+):(\d+):(\d+)(?::(participant|observer))?(?:;\S+)?$/;

/**
 * Reads what `/zookeeper/config` or a dynamic file holds. A file has its version in its name alone, and it is handed in
 * (QuorumPeerConfig.getVersionFromFilename). Groups and weights are strange: ZooKeeper changes no single member of such
 * an ensemble, and their majorities are not those of QuorumMaj. So is a member with several addresses.
 */
export function readConfiguration(text: string, versionOfFile?: bigint): ConfigurationReading {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  let version = versionOfFile;
  const members = new Map<number, ConfiguredMember>();
  for (const line of lines) {
    const written = VERSION.exec(line)?.[1];
    const member = readServer(line);
    if (written !== undefined) version = BigInt(`0x${written}`);
    else if (member !== undefined && !members.has(member.id)) members.set(member.id, member);
    else return { kind: 'strange', line };
  }
  if (version === undefined || members.size === 0) return { kind: 'strange', line: lines.at(-1) ?? '' };
  const sorted = [...members.values()].sort((one, other) => one.id - other.id);
  return { kind: 'read', configuration: { version, members: sorted } };
}

/** The part of the answer to `conf` that is the configuration by which a server takes part (ConfCommand, QuorumZooKeeperServer). */
export function configurationInConf(answer: string): ConfigurationReading {
  const lines = answer.split('\n').filter((line) => /^(server\.\d+|version)\s*=/.test(line));
  return readConfiguration(lines.join('\n'));
}

/** The version in the name of a dynamic file (`zoo.cfg.dynamic.100000000`); undefined for `.next` and other names. */
export function versionInName(name: string): bigint | undefined {
  const digits = /\.dynamic\.([0-9a-f]+)$/i.exec(name)?.[1];
  return digits === undefined ? undefined : BigInt(`0x${digits}`);
}

function readServer(line: string): ConfiguredMember | undefined {
  const [, id, spec] = SERVER.exec(line) ?? [];
  if (spec === undefined) return undefined;
  const [, host, serverPort, electionPort, role] = SPEC.exec(spec) ?? [];
  if (host === undefined) return undefined;
  return {
    id: Number(id),
    host: host.replace(/^\[|\]$/g, ''),
    serverPort: Number(serverPort),
    electionPort: Number(electionPort),
    role: (role ?? 'participant') as Role,
    spec,
  };
}

/** The lines of a dynamic file. No version: ZooKeeper refuses one there. */
export function configurationLines({ members }: Pick<CommittedConfiguration, 'members'>): string[] {
  return members.map(({ id, spec }) => `server.${id}=${spec}`);
}

/** The ids of those that vote. */
export function votersOf({ members }: Pick<CommittedConfiguration, 'members'>): readonly number[] {
  return members.filter(({ role }) => role === 'participant').map(({ id }) => id);
}

/** Whether it holds this id, in whatever role. */
export function holds({ members }: Pick<CommittedConfiguration, 'members'>, id: number): boolean {
  return members.some((member) => member.id === id);
}

/** The newer of two; the first where they are of the same version. */
export function newer(
  one: CommittedConfiguration | undefined,
  other: CommittedConfiguration | undefined,
): CommittedConfiguration | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.version > one.version ? other : one;
}

/** True when both are of one version and have the same servers. */
export function sameConfiguration(one: CommittedConfiguration, other: CommittedConfiguration): boolean {
  return (
    one.version === other.version &&
    configurationLines(one).join('\n') === configurationLines(other).join('\n')
  );
}
