import { type Finding, finding } from '../findings/finding.ts';
import { bracketed, type EnsembleEntry } from '../settings/kinds/ensemble-list.ts';
import { canonicalHost } from '../settings/kinds/hosts.ts';
import type { Settings } from '../settings/table.ts';
import type { Member } from './member.ts';
import { ordinalOf } from './ordinal.ts';

type MemberSettings = Pick<
  Settings,
  'replicas' | 'ensemble' | 'myidOffset' | 'observerOf' | 'ordinalsStart' | 'serverPort' | 'electionPort'
>;

/** The id of the first observer of a StatefulSet of observers: the voters before it may grow to a hundred. */
export const OBSERVER_OFFSET = 101;

/** What is added to the own ordinal to get the id. */
export function idOffset({ myidOffset, observerOf }: Pick<Settings, 'myidOffset' | 'observerOf'>): number {
  return myidOffset ?? (observerOf === undefined ? 1 : OBSERVER_OFFSET);
}

/** The pod's own name and the domain of the members, as far as they are known. */
export interface OwnName {
  readonly name: string;
  readonly domain: string | undefined;
}

/** All members from ZK_ENSEMBLE, or else from ZK_REPLICAS and the pod's own name. */
export function membersOf(settings: MemberSettings, own: OwnName): Member[] {
  const entries = settings.ensemble ?? replicasAsEntries(settings, own.name);
  // The offset of an observer applies only to its own StatefulSet, not to the ids of the voters.
  const ids = idsOf(entries, settings.observerOf === undefined ? idOffset(settings) : 1);
  // A list that names this member already has another one listen everywhere, which no peer can reach.
  const isNamed = entries.some(({ host }) => firstLabel(host) === own.name);
  return entries.map((entry, index) => ({
    id: ids[index] as number,
    host: isNamed ? writtenHost(entry, own) : hostOf(entry, own),
    serverPort: entry.serverPort ?? settings.serverPort,
    electionPort: entry.electionPort ?? settings.electionPort,
    role: entry.role,
  }));
}

function replicasAsEntries(
  { replicas = 0, observerOf, ordinalsStart }: MemberSettings,
  podName: string,
): EnsembleEntry[] {
  const [voters, ...labels] = observerOf?.split('.') ?? [];
  const base = voters ?? ordinalOf(podName)?.base;
  const domain = labels.length === 0 ? '' : `.${labels.join('.')}`;
  const hostOf = (ordinal: number) => (base === undefined ? podName : `${base}-${ordinal}${domain}`);
  return Array.from({ length: replicas }, (_, place) => ({
    host: hostOf(ordinalsStart + place),
    role: 'participant' as const,
  }));
}

/** A member that is to listen on every address of its machine is named as itself, as lists of other images have it. */
function hostOf(entry: EnsembleEntry, own: OwnName): string {
  const isAnywhere = entry.host === '0.0.0.0' || canonicalHost(entry.host) === '::';
  return isAnywhere ? qualified(own.name, own.domain) : writtenHost(entry, own);
}

function writtenHost({ host, id }: EnsembleEntry, own: OwnName): string {
  return id === undefined ? qualified(host, own.domain) : host;
}

/** The id in the entry. Otherwise ordinal plus offset if all ordinals differ, or else the position in the list plus offset. */
function idsOf(entries: readonly EnsembleEntry[], offset: number): number[] {
  const ordinals = entries.map(({ host }) => ordinalOf(firstLabel(host))?.ordinal);
  const named =
    ordinals.every((ordinal) => ordinal !== undefined) && new Set(ordinals).size === entries.length;
  return entries.map(({ id }, place) => id ?? (named ? (ordinals[place] as number) : place) + offset);
}

function firstLabel(host: string): string {
  return isAddress(host) ? '' : (host.split('.')[0] as string);
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^\d+(\.\d+){3}$/.test(host);
}

/** True for a name that resolves only once a domain is appended. */
export function needsDomain(host: string): boolean {
  return !host.includes('.') && !host.includes(':') && host !== 'localhost';
}

function qualified(host: string, domain: string | undefined): string {
  return needsDomain(host) && domain !== undefined ? `${host}.${domain}` : host;
}

/** Problems of the list itself: equal members, ids out of range, sizes that disagree, no member that votes. */
export function memberFindings(settings: MemberSettings, members: readonly Member[]): Finding[] {
  return [
    ...sizeFindings(settings, members),
    ...placeFindings(settings),
    ...idFindings(members),
    ...sameFindings(members),
    ...voterFindings(members),
  ];
}

function sizeFindings({ replicas, ensemble }: MemberSettings, members: readonly Member[]): Finding[] {
  if (replicas === undefined || ensemble === undefined || replicas === members.length) return [];
  return [
    finding('ZK-IDENTITY-006', {
      subject: 'ZK_REPLICAS',
      problem: `is ${replicas}, but ZK_ENSEMBLE lists ${members.length} members`,
      remedy: 'remove one of the two, or make them agree',
    }),
  ];
}

/** Two names with one ordinal: zk-0 and zko-0. */
function placeFindings({ ensemble = [], myidOffset, observerOf }: MemberSettings): Finding[] {
  const ordinals = ensemble.flatMap(({ host, id }) =>
    id === undefined ? (ordinalOf(firstLabel(host))?.ordinal ?? []) : [],
  );
  if (ordinals.length < ensemble.length || new Set(ordinals).size === ordinals.length) return [];
  const remedy = 'give each member its id in the list, as in zk-0:2888:3888::1';
  if (myidOffset !== undefined && observerOf === undefined) {
    return [
      finding('ZK-IDENTITY-010', {
        subject: 'ZK_MYID_OFFSET',
        problem: `is ${myidOffset}, and moves the ids of all members of ZK_ENSEMBLE, for this member alone`,
        remedy: `${remedy}, and remove ZK_MYID_OFFSET; observers of another StatefulSet need ZK_OBSERVER_OF instead`,
      }),
    ];
  }
  return [
    finding('ZK-IDENTITY-011', {
      subject: 'ZK_ENSEMBLE',
      problem: 'has names with the same ordinal, so that the place in the list is the id',
      remedy,
    }),
  ];
}

function idFindings(members: readonly Member[]): Finding[] {
  const outside = members
    .filter(({ id }) => id < 0 || id > 255)
    .map(({ id, host }) =>
      finding('ZK-IDENTITY-005', {
        subject: host,
        problem: `would get the id ${id}, which is outside 0 to 255`,
        remedy: 'change ZK_MYID_OFFSET (the id is the ordinal plus the offset)',
      }),
    );
  return [...outside, ...members.filter(({ id }) => id === 0).map(idZero)];
}

/** ZooKeeper takes 0 (QuorumPeer), and some charts count from it; a volume that has it must keep it. */
function idZero({ host }: Member): Finding {
  return finding('ZK-IDENTITY-009', {
    subject: host,
    problem: 'has the id 0, outside the 1 to 255 that ZooKeeper documents',
    remedy: 'keep it where the volumes have it; begin a new ensemble with ids from 1',
  });
}

function sameFindings(members: readonly Member[]): Finding[] {
  const seen = new Map<string, Member>();
  const findings: Finding[] = [];
  for (const member of members) {
    const host = bracketed(canonicalHost(member.host));
    const listeners = new Set([`${host}:${member.serverPort}`, `${host}:${member.electionPort}`]);
    for (const listener of listeners) {
      const other = seen.get(listener);
      if (other !== undefined) findings.push(sameMember(listener, other, member));
      seen.set(listener, member);
    }
    if (listeners.size === 1) findings.push(onePort(member));
  }
  return findings;
}

function sameMember(listener: string, first: Member, second: Member): Finding {
  return finding('ZK-IDENTITY-004', {
    subject: 'ZK_ENSEMBLE',
    problem: `members ${first.id} and ${second.id} are both ${listener}`,
    remedy: 'list every member once, with ports of its own when hosts are equal',
  });
}

function onePort({ id, host, serverPort }: Member): Finding {
  return finding('ZK-SETTING-012', {
    subject: 'ZK_ELECTION_PORT',
    problem: `member ${id} (${host}) would use port ${serverPort} both as server port and as election port`,
    remedy: 'give the two different ports',
  });
}

function voterFindings(members: readonly Member[]): Finding[] {
  if (members.length === 0 || members.some(({ role }) => role === 'participant')) return [];
  return [
    finding('ZK-IDENTITY-008', {
      subject: 'ZK_ENSEMBLE',
      problem: 'every member is an observer',
      remedy: 'let at least one member be a participant',
    }),
  ];
}
