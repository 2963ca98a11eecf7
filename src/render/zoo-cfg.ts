import { quorumAddress } from '../ensemble/member.ts';
import { isKnownTo } from '../zookeeper/keys.ts';
import { shownValue } from './harmless.ts';
import type { PlanInput, RenderedFile } from './plan-input.ts';
import { propertyLine } from './properties.ts';

type Pair = readonly [key: string, value: string | number | boolean];

/** ZooKeeper's configuration: the tutorial's keys in its order, then ours, then ZK_EXTRA_CONFIG. */
export function zooCfg(input: PlanInput): RenderedFile {
  const { settings, distribution } = input;
  const pairs = [...tutorialPairs(input), ...serverPairs(input), ...ourPairs(input), ...settings.extraConfig];
  const known = pairs.filter(([key]) => isKnownTo(distribution.release, key));
  const lines = ['# Rendered by zk-entrypoint at every start; edit the ZK_ variables instead.'];
  lines.push(...known.map(([key, value]) => propertyLine(key, value)));
  // What is masked where it is shown is for its owner alone.
  const holdsSecret = settings.extraConfig.some(([key, value]) => shownValue(key, value) !== value);
  return {
    path: `${settings.confDir}/zoo.cfg`,
    mode: holdsSecret ? 0o600 : 0o644,
    content: `${lines.join('\n')}\n`,
    onlyIfAbsent: false,
  };
}

function tutorialPairs({ settings }: PlanInput): Pair[] {
  return [
    ['clientPort', settings.clientPort],
    ['dataDir', settings.dataDir],
    ['dataLogDir', settings.dataLogDir],
    ['tickTime', settings.tickTimeMs],
    ['initLimit', settings.initLimitTicks],
    ['syncLimit', settings.syncLimitTicks],
    ['maxClientCnxns', settings.maxClientCnxns],
    ['minSessionTimeout', settings.minSessionTimeoutMs],
    ['maxSessionTimeout', settings.maxSessionTimeoutMs],
    ['autopurge.snapRetainCount', settings.snapRetainCount],
    ['autopurge.purgeInterval', settings.purgeIntervalHours],
  ];
}

/** One member is a standalone server, which has no server lines at all, unless it is to be a quorum of one. */
function serverPairs(input: PlanInput): Pair[] {
  const { members } = input.ensemble;
  if (members.length < 2 && !isQuorumOfOne(input)) return [];
  return members.map((member) => [
    `server.${member.id}`,
    `${quorumAddress(member)}${member.role === 'observer' ? ':observer' : ''}`,
  ]);
}

function ourPairs({ settings, ensemble, trustEmptySnapshots }: PlanInput): Pair[] {
  const pairs: Pair[] = [['4lw.commands.whitelist', whitelist(settings.fourLetterWords)]];
  if (settings.clientAddress !== undefined) pairs.push(['clientPortAddress', settings.clientAddress]);
  if (settings.quorumListenOnAllIps) pairs.push(['quorumListenOnAllIPs', true]);
  if (ensemble.self.role === 'observer') pairs.push(['peerType', 'observer']);
  // An empty server's vote does not count, unless it is told to begin (3.6 and later; ZOOKEEPER-261).
  if (ensemble.members.length > 1) pairs.push(['db.autocreate', false]);
  pairs.push(['admin.enableServer', settings.adminPort > 0]);
  if (settings.adminPort > 0) pairs.push(['admin.serverPort', settings.adminPort]);
  if (trustEmptySnapshots) pairs.push(['snapshot.trust.empty', true]);
  return pairs;
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
  return asked && ensemble.members.length === 1 && isKnownTo(distribution.release, 'standaloneEnabled');
}

/** What probes, metrics and the checks between members ask; they are answered whatever else is. */
export const NEEDED_WORDS = ['ruok', 'srvr', 'mntr', 'conf'] as const;

function whitelist(asked: readonly string[]): string {
  return asked.includes('*') ? '*' : [...new Set([...NEEDED_WORDS, ...asked])].join(',');
}
