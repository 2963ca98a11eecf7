import { type Finding, finding } from '../findings/finding.ts';
import { isQuorumOfOne } from '../render/zoo-cfg.ts';
import { table } from '../settings/table.ts';
import { has } from '../zookeeper/features.ts';
import { portKeys } from '../zookeeper/keys.ts';
import { property, written } from './keys-in-effect.ts';
import type { SettingFacts } from './setting-facts.ts';

/** Where ZooKeeper's own provider listens unless it is told (PrometheusMetricsProvider). */
const PROVIDERS_PORT = 7_000;

/** Two listeners of this member on one port: one of them could not bind. */
export function portFindings(facts: SettingFacts): Finding[] {
  const { settings, ensemble, distribution } = facts;
  const peers =
    ensemble !== undefined &&
    (ensemble.members.length > 1 ||
      (distribution !== undefined && isQuorumOfOne({ settings, ensemble, distribution })));
  const listeners: [variable: string, port: number][] = [
    [table.clientPort.variable, settings.clientPort],
    ...(peers
      ? ([
          ['ZK_SERVER_PORT', ensemble.self.serverPort],
          ['ZK_ELECTION_PORT', ensemble.self.electionPort],
        ] as [string, number][])
      : []),
    [table.adminPort.variable, settings.adminPort],
    [table.healthPort.variable, settings.healthPort],
    [table.jmxPort.variable, settings.jmxPort ?? 0],
    ...settings.metricsPorts.map((port): [string, number] => [table.metricsPorts.variable, port]),
    ...portKeys.map((key): [string, number] => [key, Number(written(facts, key)?.value ?? 0)]),
  ];
  const provider = 'metricsProvider.className';
  if (written(facts, provider) !== undefined && written(facts, 'metricsProvider.httpPort') === undefined)
    listeners.push([provider, PROVIDERS_PORT]);
  const open = listeners.filter(([, port]) => port > 0);
  return open.flatMap(([variable, port], index) => {
    const other = open.slice(0, index).find(([, taken]) => taken === port);
    // The pair of quorum ports is judged with the members, for every member at once.
    if (other === undefined || (variable === 'ZK_ELECTION_PORT' && other[0] === 'ZK_SERVER_PORT')) return [];
    return [
      finding('ZK-SETTING-012', {
        subject: variable,
        problem: `${variable === table.metricsPorts.variable ? 'names' : 'is'} ${port}, which ${other[0]} already uses`,
        remedy: 'give the two different ports',
      }),
    ];
  });
}

/** An address of IPv4 that this host does not have: nothing can listen there. Names and IPv6 have many spellings. */
export function listenFindings({ settings, addresses }: SettingFacts): Finding[] {
  const isForeign = (address: string | undefined) =>
    addresses !== undefined &&
    address !== undefined &&
    /^\d+(\.\d+){3}$/.test(address) &&
    !/^(0\.0\.0\.0|127\..*)$/.test(address) &&
    !addresses.includes(address);
  const { clientAddress, healthAddress } = settings;
  const remedy = `give one that it has (${addresses?.join(', ') ?? ''}), or remove it to listen on all addresses`;
  const problem = (address: string | undefined) => `is ${address}, and this host has no such address`;
  return [
    ...(isForeign(clientAddress)
      ? [finding('ZK-NETWORK-001', { subject: 'ZK_CLIENT_ADDRESS', problem: problem(clientAddress), remedy })]
      : []),
    ...(isForeign(healthAddress) && settings.healthPort > 0
      ? [finding('ZK-NETWORK-002', { subject: 'ZK_HEALTH_ADDRESS', problem: problem(healthAddress), remedy })]
      : []),
  ];
}

/** A limit so low that probes and clients of one address shut each other out, or none at all. */
export function connectionFindings({ settings: { maxClientCnxns } }: SettingFacts): Finding[] {
  if (maxClientCnxns >= 10) return [];
  if (maxClientCnxns === 0) return [unlimited()];
  return [
    finding('ZK-CLIENT-001', {
      subject: 'ZK_MAX_CLIENT_CNXNS',
      problem: `is ${maxClientCnxns}, and probes count too`,
      remedy: 'set 10 or more (60 is the default)',
    }),
  ];
}

function unlimited(): Finding {
  return finding('ZK-CLIENT-002', {
    subject: 'ZK_MAX_CLIENT_CNXNS',
    problem: 'is 0, so one address can use up all connections of the server',
    remedy: 'set the number that the busiest address needs (60 is the default)',
  });
}

/** Words and the AdminServer, open to whoever reaches the pod. */
export function exposureFindings(facts: SettingFacts): Finding[] {
  return [...wordFindings(facts), ...adminFindings(facts)];
}

function wordFindings({ settings: { fourLetterWords } }: SettingFacts): Finding[] {
  if (!fourLetterWords.includes('*')) return [];
  return [
    finding('ZK-CLIENT-003', {
      subject: 'ZK_4LW_WHITELIST',
      problem: 'is *, so everybody gets answers to wchp and wchc (slow), and to envi and dump (private data)',
      remedy: 'list the words that you need; the words for probes are always answered',
    }),
  ];
}

const ALL_ADDRESSES = ['0.0.0.0', '::', '[::]'];

function adminFindings(facts: SettingFacts): Finding[] {
  const { settings, distribution } = facts;
  if (settings.adminPort === 0 || !distribution || !has(distribution.release, 'adminServer')) return [];
  const address = property(facts, 'admin.serverAddress')?.value ?? '0.0.0.0';
  if (!ALL_ADDRESSES.includes(address)) return [];
  const tree = has(distribution.release, 'snapshotsOverAdminServer')
    ? ', and lets clients download and restore whole snapshots'
    : '';
  return [
    finding('ZK-CLIENT-004', {
      subject: 'ZK_ADMIN_PORT',
      problem: `is ${settings.adminPort}; the AdminServer listens on all addresses, asks for no password${tree}`,
      remedy: 'add admin.serverAddress=127.0.0.1 to ZK_EXTRA_CONFIG, or set 0',
    }),
  ];
}
