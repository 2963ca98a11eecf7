import { type Finding, finding } from '../findings/finding.ts';
import type { OwnAddress } from '../host/machine/own-name.ts';

/** What to do about a name that does not resolve. */
export const NAME_REMEDY =
  'set publishNotReadyAddresses: true in the headless Service; see serviceName and ZK_DOMAIN';

/**
 * What the look-up of the own name has shown in the end: a server binds its election port by that name, and 3.4 ends when
 * it cannot. The start goes on.
 */
export function ownNameFindings(host: string, address: OwnAddress): Finding[] {
  if (address.kind === 'ours') return [];
  if (address.kind === 'unresolved') {
    return [
      finding('ZK-PEER-005', {
        subject: host,
        problem: `does not resolve (${address.problem}), and it is the name of this member`,
        remedy: NAME_REMEDY,
      }),
    ];
  }
  return [
    finding('ZK-PEER-004', {
      subject: host,
      problem: `is the name of this member, but resolves to ${address.addresses.join(', ')}, which is not this machine`,
      remedy: 'check the headless Service and ZK_DOMAIN',
    }),
  ];
}
