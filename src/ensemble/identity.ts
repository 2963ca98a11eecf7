import { type Finding, finding, hasErrors } from '../findings/finding.ts';
import type { Role } from '../settings/kinds/ensemble-list.ts';
import type { Settings } from '../settings/table.ts';
import { domainFindings, noMembers, noOrdinal, outside, roleFindings, takenId } from './identity-findings.ts';
import type { Ensemble, Member } from './member.ts';
import { idOffset, memberFindings, membersOf, type OwnName } from './members.ts';
import { ordinalOf, splitHostName } from './ordinal.ts';

/** The name of this machine, as the machine reports it. */
export interface HostIdentity {
  /** As `hostname` prints it, or as --hostname gave it; may be a full name. */
  readonly hostName: string;
  /** The domain that the hosts file or the resolver knows, if any. */
  readonly domain: string | undefined;
  /** The id in myid on the volume, read only if nothing else gives the own id. Absent for another pod. */
  idOnVolume?(): number | undefined;
}

/** The ensemble, or the findings that say why this server cannot know who it is. */
export interface Identified {
  readonly ensemble: Ensemble | undefined;
  readonly findings: readonly Finding[];
}

/** Works out this member's id and its peers: from ZK_MYID, its name in ZK_ENSEMBLE, or the ordinal. */
export function identify(settings: Settings, host: HostIdentity): Identified {
  if (settings.replicas === undefined && settings.ensemble === undefined) return refused([noMembers()]);
  const own = ownName(settings, host);
  const listed = membersOf(settings, own);
  const self = ownMember(settings, own, { members: listed, host });
  // A member that joins and stands in no list of the others is added to its own list here.
  const members = 'finding' in self || listed.includes(self.member) ? listed : [...listed, self.member];
  const findings = [
    ...memberFindings(settings, listed),
    ...('finding' in self ? [self.finding] : []),
    ...('finding' in self || members !== listed ? [] : roleFindings(settings, self.member)),
    ...domainFindings(settings, host, { own, members }),
  ];
  if (hasErrors(findings) || 'finding' in self) return refused(findings);
  const sorted = members.toSorted((a, b) => a.id - b.id);
  const becomes = members === listed ? {} : { becomes: roleToBe(settings) };
  return {
    ensemble: { myid: self.member.id, self: self.member, name: own.name, members: sorted, ...becomes },
    findings,
  };
}

function refused(findings: readonly Finding[]): Identified {
  return { ensemble: undefined, findings };
}

/** POD_NAME wins over the host name; the host's domain is the pod's only while both name the same pod. */
function ownName({ podName, domain }: Settings, host: HostIdentity): OwnName {
  const machine = splitHostName(host.hostName);
  const name = podName ?? machine.name;
  const machineDomain = name === machine.name ? (machine.domain ?? host.domain) : undefined;
  return { name, domain: domain ?? machineDomain };
}

type Self = { readonly member: Member } | { readonly finding: Finding };

function ownMember(
  settings: Settings,
  own: OwnName,
  { members, host }: { readonly members: readonly Member[]; readonly host: HostIdentity },
): Self {
  if (settings.observerOf !== undefined) return observerBeside(settings, own, members);
  const named = settings.ensemble === undefined ? undefined : memberNamed(own, members);
  if (settings.myid !== undefined) return explicitMember(settings, settings.myid, { own, named, members });
  if (named !== undefined) return { member: named };
  const ordinal = ordinalOf(own.name)?.ordinal;
  const id = ordinal === undefined ? undefined : ordinal + idOffset(settings);
  const member = members.find((candidate) => candidate.id === id);
  const ofOthers = member === undefined ? undefined : otherPod(own, member, members);
  if (ofOthers !== undefined) return { finding: ofOthers };
  if (member !== undefined) return { member };
  // A list of Services or addresses may leave it to the volume; where the name tells an id, another one on the volume is refused.
  const kept = settings.ensemble === undefined ? undefined : keptMember(members, host);
  if (kept !== undefined) return { member: kept };
  if (id === undefined) return { finding: noOrdinal(own.name) };
  return settings.membership === 'dynamic'
    ? { member: comingMember(settings, own, id) }
    : { finding: outside(own.name, id, members) };
}

/**
 * A pod whose ordinal is that of another StatefulSet's in the list, or whose name stands there with another domain: its
 * ordinal alone would make it somebody else. Names of Services, one for each ordinal, are no other pod's.
 */
function otherPod(own: OwnName, found: Member, members: readonly Member[]): Finding | undefined {
  const label = ({ host }: Member) => host.split('.', 1)[0] ?? '';
  const namesake = members.find((member) => label(member).toLowerCase() === own.name.toLowerCase());
  const bases = new Set(members.flatMap((member) => ordinalOf(label(member))?.base ?? []));
  const isOther = bases.size > 1 && ordinalOf(label(found))?.base !== ordinalOf(own.name)?.base;
  if (namesake === undefined && !isOther) return undefined;
  if (namesake?.id === found.id) return undefined;
  const there = namesake === undefined ? 'is not in ZK_ENSEMBLE' : `is ${namesake.host} in ZK_ENSEMBLE`;
  return finding('ZK-IDENTITY-002', {
    subject: own.name,
    problem: `${there}, and by its ordinal it would be member ${found.id}, which is ${found.host}`,
    remedy: 'name this pod in ZK_ENSEMBLE as it is called (look at ZK_DOMAIN), or set ZK_MYID',
  });
}

/** The member that the volume says, where the list has it. */
function keptMember(members: readonly Member[], { idOnVolume }: HostIdentity): Member | undefined {
  const id = idOnVolume?.();
  return id === undefined ? undefined : members.find((member) => member.id === id);
}

/** A member that is in no list yet; what it is to be in the end is decided with the ensemble. */
function comingMember(settings: Settings, { name, domain }: OwnName, id: number): Member {
  const { serverPort, electionPort } = settings;
  const host = domain === undefined ? name : `${name}.${domain}`;
  return { id, host, serverPort, electionPort, role: 'observer' };
}

/** What a member that is in no list is to be. */
function roleToBe({ observerOf, peerType }: Settings): Role {
  return observerOf === undefined ? (peerType ?? 'participant') : 'observer';
}

/** An observer of another StatefulSet. The list holds the voters of that StatefulSet, and only this observer adds itself. */
function observerBeside(settings: Settings, own: OwnName, members: readonly Member[]): Self {
  const ordinal = ordinalOf(own.name)?.ordinal;
  const id = settings.myid ?? (ordinal === undefined ? undefined : ordinal + idOffset(settings));
  if (id === undefined) return { finding: noOrdinal(own.name) };
  const taken = members.find((member) => member.id === id);
  if (taken === undefined && id <= 255) return { member: comingMember(settings, own, id) };
  return { finding: takenId(own.name, id, taken) };
}

function memberNamed({ name, domain }: OwnName, members: readonly Member[]): Member | undefined {
  const full = `${name}.${domain}`.toLowerCase();
  // A list may name its hosts with the beginning of their domain alone: zk-0.zk-headless.
  const found = members.filter(({ host }) => {
    const word = host.toLowerCase();
    return (
      word === name.toLowerCase() || word === full || (word.includes('.') && full.startsWith(`${word}.`))
    );
  });
  return found.length === 1 ? found[0] : undefined;
}

function explicitMember(
  settings: Settings,
  id: number,
  {
    own,
    named,
    members,
  }: { readonly own: OwnName; readonly named: Member | undefined; readonly members: readonly Member[] },
): Self {
  const member = members.find((candidate) => candidate.id === id);
  if (member === undefined && named === undefined && settings.membership === 'dynamic')
    return { member: comingMember(settings, own, id) };
  if (member === undefined) return { finding: outside('ZK_MYID', id, members) };
  if (named === undefined || named.id === id) return { member };
  return {
    finding: finding('ZK-IDENTITY-002', {
      subject: 'ZK_MYID',
      problem: `is ${id}, but ZK_ENSEMBLE has this host, ${named.host}, as member ${named.id}`,
      remedy: `set ZK_MYID=${named.id}, or correct the list`,
    }),
  };
}
