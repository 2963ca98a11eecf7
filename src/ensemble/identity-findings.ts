import { type Finding, finding } from '../findings/finding.ts';
import type { Settings } from '../settings/table.ts';
import type { Member } from './member.ts';
import { needsDomain, OBSERVER_OFFSET, type OwnName } from './members.ts';
import { splitHostName } from './ordinal.ts';

/** An observer's id that a voter has, or that is too large. */
export function takenId(name: string, id: number, taken: Member | undefined): Finding {
  const problem =
    taken === undefined
      ? `has the id ${id}, which is above 255`
      : `has the id ${id}, which is that of ${taken.host}`;
  return finding('ZK-IDENTITY-002', {
    subject: name,
    problem,
    remedy: `set ZK_MYID_OFFSET so that no observer has the id of a voter: ${OBSERVER_OFFSET} is the default`,
  });
}

/** No list of members is set. */
export function noMembers(): Finding {
  return finding('ZK-SETTING-006', {
    subject: 'ZK_REPLICAS',
    problem: 'is not set, and neither is ZK_ENSEMBLE',
    remedy: "set ZK_REPLICAS to the StatefulSet's number of replicas (1 for a standalone server)",
  });
}

/** A name without an ordinal gives no id. */
export function noOrdinal(name: string): Finding {
  return finding('ZK-IDENTITY-001', {
    subject: 'POD_NAME',
    problem: `the name "${name}" does not end in a dash and an ordinal (zk-0), so there is no server id`,
    remedy: 'run as a StatefulSet pod, set POD_NAME from metadata.name, or set ZK_MYID',
  });
}

/** An id that is not in the list. */
export function outside(subject: string, id: number, members: readonly Member[]): Finding {
  const ids = members.map((member) => member.id);
  return finding('ZK-IDENTITY-002', {
    subject,
    problem: `has the id ${id}, but the ensemble has ${describeIds(ids)}`,
    remedy: 'make ZK_REPLICAS or ZK_ENSEMBLE include this member, in every member alike',
  });
}

function describeIds(ids: readonly number[]): string {
  return ids.length === 1
    ? `only the id ${ids[0]}`
    : `the ids ${ids.slice(0, 9).join(', ')}${ids.length > 9 ? ', …' : ''}`;
}

/** ZK_PEER_TYPE that differs from the list. */
export function roleFindings({ peerType }: Settings, { id, role }: Member): Finding[] {
  if (peerType === undefined || peerType === role) return [];
  return [
    finding('ZK-IDENTITY-007', {
      subject: 'ZK_PEER_TYPE',
      problem: `is ${peerType}, but the ensemble has member ${id} as ${role}`,
      remedy: 'mark observers in ZK_ENSEMBLE (host:2888:3888:observer), the same list for every member',
    }),
  ];
}

/** Entries with ids name their hosts as they are to be asked for. */
function hasIds({ ensemble }: Settings): boolean {
  return ensemble?.some(({ id }) => id !== undefined) ?? false;
}

/** Members whose names the peers could not resolve, because the domain is not known. */
export function domainFindings(
  settings: Settings,
  { hostName }: { readonly hostName: string },
  { own, members }: { own: OwnName; members: readonly Member[] },
): Finding[] {
  if (members.length < 2 || own.domain !== undefined) return [];
  if (hasIds(settings) || !members.some(({ host }) => needsDomain(host))) return [];
  const { podName } = settings;
  const elsewhere = podName !== undefined && podName !== splitHostName(hostName).name;
  const why = elsewhere
    ? `POD_NAME is ${podName} but the host is ${hostName}, so its domain is not the pod's`
    : `the host ${hostName} has no domain`;
  return [
    finding('ZK-IDENTITY-003', {
      subject: 'ZK_DOMAIN',
      problem: `is not set and ${why}; ${own.name} alone would not resolve for its peers`,
      remedy: 'set serviceName in the StatefulSet, or ZK_DOMAIN=zk-headless.default.svc.cluster.local',
    }),
  ];
}
