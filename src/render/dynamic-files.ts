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

/** Both files of a dynamic membership; none where the membership is static. */
export function dynamicFiles(input: PlanInput): RenderedFile[] {
  if (input.settings.membership !== 'dynamic') return [];
  const place: Place = input.membership?.place ?? { kind: 'begin' };
  const { path, writes } = membersFile(place, membershipFolder(input.settings.dataDir));
  const lines = linesAt(place, input.ensemble, input.settings);
  const members = { path, mode: 0o644, content: `${lines.join('\n')}\n`, onlyIfAbsent: false };
  return [...(writes ? [members] : []), serverConfig(input, path)];
}

/** A committed file is ZooKeeper's own and never written over; the version stands in the name (getVersionFromFilename). */
function membersFile(place: Place, folder: string): { readonly path: string; readonly writes: boolean } {
  if (place.kind === 'begin') return { path: `${folder}/zoo.cfg.dynamic`, writes: true };
  const version = place.configuration.version.toString(16);
  return place.kind === 'join'
    ? { path: `${folder}/joining.${version}`, writes: true }
    : { path: `${folder}/zoo.cfg.dynamic.${version}`, writes: place.configuration.isOnVolume !== true };
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
