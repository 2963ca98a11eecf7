import { type Finding, finding } from '../findings/finding.ts';
import { isQuorumOfOne } from '../render/zoo-cfg.ts';
import { table } from '../settings/table.ts';
import type { SettingFacts } from './facts.ts';
import { written } from './given.ts';

/** Keys of ZK_EXTRA_CONFIG that open a port. */
const EXTRA_PORTS = ['secureClientPort', 'observerMasterPort', 'metricsProvider.httpPort'];

/** Two listeners of this member on one port: one of them could not bind. */
export function portFindings(facts: SettingFacts): Finding[] {
  const { settings, ensemble, distribution } = facts;
  const self = ensemble?.members.find(({ id }) => id === ensemble.myid);
  const peers =
    ensemble !== undefined &&
    (ensemble.members.length > 1 ||
      (distribution !== undefined && isQuorumOfOne({ settings, ensemble, distribution })));
  const listeners: [variable: string, port: number][] = [
    [table.clientPort.variable, settings.clientPort],
    ...(peers && self
      ? ([
          ['ZK_SERVER_PORT', self.serverPort],
          ['ZK_ELECTION_PORT', self.electionPort],
        ] as [string, number][])
      : []),
    [table.adminPort.variable, settings.adminPort],
    [table.healthPort.variable, settings.healthPort],
    [table.jmxPort.variable, settings.jmxPort ?? 0],
    ...EXTRA_PORTS.map((key): [string, number] => [key, Number(written(facts, key)?.value ?? 0)]),
  ];
  const open = listeners.filter(([, port]) => port > 0);
  return open.flatMap(([variable, port], index) => {
    const other = open.slice(0, index).find(([, taken]) => taken === port);
    // The pair of quorum ports is judged with the members, for every member at once.
    if (other === undefined || (variable === 'ZK_ELECTION_PORT' && other[0] === 'ZK_SERVER_PORT')) return [];
    return [
      finding('ZK-SETTING-012', {
        subject: variable,
        problem: `is ${port}, which ${other[0]} has too`,
        remedy: 'give the two different ports',
      }),
    ];
  });
}
