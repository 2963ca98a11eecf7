import { type CommittedConfiguration, configurationLines } from '../membership/configuration.ts';
import { linesAt, type Place } from '../membership/place.ts';
import { isKnownTo } from '../zookeeper/keys.ts';
import type { PlanInput, RenderedFile } from './plan-input.ts';
import { propertyLine } from './properties.ts';
import { staticPairs } from './zoo-cfg.ts';

/** What a plan shows where the super user's password is made at each start. */
const MADE_AT_START = 'super:made-at-each-start';

/** The folder of the configuration that the ensemble commits: on the data volume, where an emptied pod finds it again. */
export function membershipFolder(dataDir: string): string {
  return `${dataDir}/conf`;
}

/** The path of the file that the server is given. ZooKeeper writes `zoo.cfg.dynamic.*` beside it (QuorumPeerConfig). */
export function serverConfigPath({ settings }: Pick<PlanInput, 'settings'>): string {
  const { membership, dataDir, confDir } = settings;
  return `${membership === 'dynamic' ? membershipFolder(dataDir) : confDir}/zoo.cfg`;
}

/** The files of a dynamic membership; none where the membership is static. */
export function dynamicFiles(input: PlanInput): RenderedFile[] {
  if (input.settings.membership !== 'dynamic') return [];
  const place: Place = input.membership?.place ?? { kind: 'begin' };
  const folder = membershipFolder(input.settings.dataDir);
  const lines = linesAt(place, input.ensemble, input.settings);
  switch (place.kind) {
    case 'begin':
      return withServer(input, membersFile(`${folder}/zoo.cfg.dynamic`, lines));
    case 'take-part': {
      const members = membersFile(committedPath(folder, place), lines);
      // A file that ZooKeeper has written is never written over.
      const isThere = place.configuration.isOnVolume === true;
      return isThere ? [serverConfig(input, members.path)] : withServer(input, members);
    }
    case 'join': {
      // Should this start be cut short, the next one must know that the ensemble had others then.
      const heard = heardFile(folder, place.configuration);
      return [heard, ...withServer(input, membersFile(`${folder}/joining.${hex(place)}`, lines))];
    }
  }
}

/** A configuration that this supervisor keeps, where the server has written none. */
export function heardFile(folder: string, configuration: CommittedConfiguration): RenderedFile {
  const version = configuration.version.toString(16);
  return membersFile(`${folder}/heard.${version}`, configurationLines(configuration));
}

/**
 * The version is the end of the name (QuorumPeerConfig.getVersionFromFilename). A joining member has the version that its
 * peers reported. With a lower version it would accept an older configuration from a member that comes back, and both may
 * be a majority of that one (FastLeaderElection takes the newer of two).
 */
function membersFile(path: string, lines: readonly string[]): RenderedFile {
  return { path, mode: 0o644, content: `${lines.join('\n')}\n`, onlyIfAbsent: false };
}

type Known = Exclude<Place, { kind: 'begin' }>;

function committedPath(folder: string, place: Known): string {
  return `${folder}/zoo.cfg.dynamic.${hex(place)}`;
}

function hex({ configuration }: Known): string {
  return configuration.version.toString(16);
}

function withServer(input: PlanInput, members: RenderedFile): RenderedFile[] {
  return [members, serverConfig(input, members.path)];
}

function serverConfig(input: PlanInput, membersPath: string): RenderedFile {
  const pairs = [
    ...staticPairs(input).filter(([key]) => !MOVED.test(key)),
    ['standaloneEnabled', false],
    ['reconfigEnabled', true],
    ['DigestAuthenticationProvider.superDigest', input.membership?.superDigest ?? MADE_AT_START],
    ['dynamicConfigFile', membersPath],
  ] as const;
  const known = pairs.filter(([key]) => isKnownTo(input.distribution.release, key));
  const lines = known.map(([key, value]) => propertyLine(key, value));
  // It holds what the super user's password is compared with.
  return {
    path: serverConfigPath(input),
    mode: 0o600,
    content: `${lines.join('\n')}\n`,
    onlyIfAbsent: false,
  };
}

/** What stands in the members' lines instead, or is decided by the membership. */
const MOVED = /^(server\.\d+|clientPort|clientPortAddress|peerType|standaloneEnabled|reconfigEnabled)$/;
