import { quorumAddress } from '../ensemble/member.ts';
import { MASK } from '../settings/mask.ts';
import type { ZooCfgValue } from '../settings/row.ts';
import { zooCfgPairs } from '../settings/table.ts';
import { isKnownTo } from '../zookeeper/keys.ts';
import { shownValue } from './harmless.ts';
import type { PlanInput, RenderedFile } from './plan-input.ts';
import { propertyLine } from './properties.ts';
import { RENDERED } from './rendered.ts';

export type Pair = readonly [key: string, value: ZooCfgValue];

/** ZooKeeper's configuration: the lines of the settings' rows and of the ensemble, then ZK_EXTRA_CONFIG. */
export function zooCfg(input: PlanInput): RenderedFile {
  const { settings, distribution } = input;
  const known = staticPairs(input).filter(([key]) => isKnownTo(distribution.release, key));
  const lines = [RENDERED];
  if (settings.membership === 'dynamic') lines.push(...SHOWN_ONLY);
  lines.push(...known.map(([key, value]) => propertyLine(key, value)));
  // A file with values that are masked when shown may be read only by its owner.
  const holdsSecret = settings.extraConfig.some(
    ([key, value]) => value === MASK || shownValue(key, value) !== value,
  );
  return {
    path: `${settings.confDir}/zoo.cfg`,
    mode: holdsSecret ? 0o600 : 0o644,
    content: `${lines.join('\n')}\n`,
    onlyIfAbsent: false,
  };
}

const SHOWN_ONLY = [
  '# The members as of this start. The server reads conf/zoo.cfg in its data directory, and keeps there',
  '# what the ensemble commits; zk-entrypoint status shows it.',
];

/** Every line with its value, in the order of the file: those of the settings' rows and of the ensemble, then ZK_EXTRA_CONFIG. */
export function staticPairs(input: PlanInput): Pair[] {
  const { settings } = input;
  const own: Pair[] = [...zooCfgPairs(settings), ...serverPairs(input), ...ensemblePairs(input)];
  return [...own.toSorted((a, b) => placeOf(a) - placeOf(b)), ...settings.extraConfig];
}

/** One member is a standalone server, which has no server lines at all, unless it is to be a quorum of one. */
function serverPairs(input: PlanInput): Pair[] {
  const { members } = input.ensemble;
  if (members.length < 2 && !isQuorumOfOne(input)) return [];
  const place = input.membership?.place;
  // Beside members that still go by what is committed, a list without client ports would be another one (QuorumServer.equals).
  if (input.settings.membership === 'static' && place?.kind === 'take-part')
    return place.configuration.members.map(({ id, spec }) => [`server.${id}`, spec]);
  return members.map((member) => [
    `server.${member.id}`,
    `${quorumAddress(member)}${member.role === 'observer' ? ':observer' : ''}`,
  ]);
}

/** Lines that do not follow from the settings alone. */
function ensemblePairs({ ensemble, trustEmptySnapshots, settings }: PlanInput): Pair[] {
  const pairs: Pair[] = [];
  if (ensemble.self.role === 'observer') pairs.push(['peerType', 'observer']);
  // An empty server's vote does not count, unless it is told to begin (3.6 and later; ZOOKEEPER-261).
  if (ensemble.members.length > 1) pairs.push(['db.autocreate', false]);
  // From its log on the disk a leader sends changes with a gap, where it once got a whole tree itself, and nobody notices
  // (ZOOKEEPER-2846). Without it the leader sends its last 500 changes, or the whole tree.
  if ((ensemble.members.length > 1 || settings.membership === 'dynamic') && !decidesOnLogSync(settings))
    pairs.push(['snapshotSizeFactor', -1]);
  if (trustEmptySnapshots) pairs.push(['snapshot.trust.empty', true]);
  return pairs;
}

function decidesOnLogSync({ extraConfig, serverJvmFlags, jvmFlags }: PlanInput['settings']): boolean {
  const isGiven = (flag: string) => flag.startsWith('-Dzookeeper.snapshotSizeFactor=');
  return (
    extraConfig.some(([key]) => key === 'snapshotSizeFactor') ||
    [...serverJvmFlags, ...jvmFlags].some(isGiven)
  );
}

/** The order of the file: the tutorial's keys as it has them, the members, then ours; a key that is not named comes last. */
const ORDER = (
  'clientPort dataDir dataLogDir tickTime initLimit syncLimit maxClientCnxns minSessionTimeout maxSessionTimeout ' +
  'autopurge.snapRetainCount autopurge.purgeInterval server 4lw.commands.whitelist clientPortAddress ' +
  'quorumListenOnAllIPs peerType db.autocreate snapshotSizeFactor admin.enableServer admin.serverPort snapshot.trust.empty'
).split(' ');

function placeOf([key]: Pair): number {
  const place = ORDER.indexOf(key.replace(/^server\.\d+$/, 'server'));
  return place < 0 ? ORDER.length : place;
}

/** Whether one member alone is to elect itself: standaloneEnabled=false wants a server line (QuorumPeerConfig, 3.5). */
export function isQuorumOfOne({
  settings,
  ensemble,
  distribution,
}: Pick<PlanInput, 'settings' | 'ensemble' | 'distribution'>): boolean {
  const asked = settings.extraConfig.some(
    ([key, value]) => key === 'standaloneEnabled' && value.toLowerCase() === 'false',
  );
  return (
    (asked || settings.membership === 'dynamic') &&
    ensemble.members.length === 1 &&
    isKnownTo(distribution.release, 'standaloneEnabled')
  );
}
