import { isAtLeast, type Release, reaches } from './release.ts';

/** What of a configuration lets others reach a fault; `checks/known-faults.ts` says when it is so. */
export type Exposure =
  /** Everybody who may open a session. */
  | 'sessions'
  /** Everybody who reaches the client port, if four-letter words are not limited. */
  | 'words'
  /** Everybody who reaches the ports of the quorum. */
  | 'peers'
  | 'quorum-sasl'
  | 'admin-server'
  | 'quorum-certificates'
  | 'fips-quorum-certificates'
  | 'audit-log'
  | 'ensemble-provider';

/** A published weakness of ZooKeeper's server. */
export interface KnownFault {
  readonly id: `CVE-${number}-${number}`;
  /** What others can do, as a clause. */
  readonly what: string;
  /** The first release that has it, for each line, oldest first; newer lines have it from their beginning. */
  readonly since: readonly string[];
  /** The first release without it, for each line that got the fix. */
  readonly fixedIn: readonly string[];
  readonly exposedBy: Exposure;
  /** What helps without another release. */
  readonly instead: string;
}

/** The release up to which this table has been held to ZooKeeper's page. */
export const FAULTS_REVIEWED_UP_TO = '3.9.6';

const REACH =
  'let only those reach the client port who may read all paths (ZK_CLIENT_CERTIFICATES=need, a network policy)';
const ADMIN_OFF = 'set ZK_ADMIN_PORT to 0, or bind it: admin.serverAddress=127.0.0.1';
const FIREWALL = 'let members alone reach the ports of the quorum, by a network policy or ZK_QUORUM_TLS=tls';

/**
 * As https://zookeeper.apache.org/security.html has them. What clients alone have is left out: CVE-2016-5017, a shell in C, and
 * CVE-2026-24308, values of a client's own file in its log (ZKConfig).
 */
export const KNOWN_FAULTS: readonly KnownFault[] = [
  {
    id: 'CVE-2017-5637',
    what: 'the words wchp and wchc can use up all of its CPU time, and everybody may send them',
    since: ['3.4.0'],
    fixedIn: ['3.4.10', '3.5.3'],
    exposedBy: 'words',
    instead: 'let only trusted clients reach the client port',
  },
  {
    id: 'CVE-2018-8012',
    what: 'everybody who reaches the ports of the quorum can join as a member',
    since: ['3.4.0'],
    fixedIn: ['3.4.10', '3.5.4'],
    exposedBy: 'peers',
    instead: 'let only members reach the ports of the quorum, with a network policy',
  },
  {
    id: 'CVE-2019-0201',
    what: 'getACL shows the hashes of passwords in digest ACLs to everybody who may open a session',
    since: ['3.4.0'],
    fixedIn: ['3.4.14', '3.5.5'],
    exposedBy: 'sessions',
    instead: 'use another login than digest in ACLs, such as Kerberos',
  },
  {
    id: 'CVE-2023-44981',
    what: 'a login of a member without the part for its host is accepted from any host',
    since: ['3.4.10', '3.5.4'],
    fixedIn: ['3.7.2', '3.8.3', '3.9.1'],
    exposedBy: 'quorum-sasl',
    instead: FIREWALL,
  },
  {
    id: 'CVE-2024-23944',
    what: 'a persistent watch shows paths below it that its owner may not read',
    since: ['3.6.0'],
    fixedIn: ['3.8.4', '3.9.2'],
    exposedBy: 'sessions',
    instead: REACH,
  },
  {
    id: 'CVE-2024-51504',
    what: 'the AdminServer believes the address in a header, so everybody can claim one and get snapshots',
    since: ['3.9.0'],
    fixedIn: ['3.9.3'],
    exposedBy: 'admin-server',
    instead: ADMIN_OFF,
  },
  {
    id: 'CVE-2025-58457',
    what: 'everybody with any right on / can download and restore snapshots through the AdminServer',
    since: ['3.9.0'],
    fixedIn: ['3.9.4'],
    exposedBy: 'admin-server',
    instead: `${ADMIN_OFF}, or add admin.snapshot.enabled=false and admin.restore.enabled=false`,
  },
  {
    id: 'CVE-2026-24281',
    what: 'a member accepts a certificate for the name that a reverse look-up in DNS gives, also if that name is false',
    since: ['3.8.0'],
    fixedIn: ['3.8.6', '3.9.5'],
    exposedBy: 'quorum-certificates',
    instead:
      'give certificates of the members’ authority only to members, and let nobody else answer reverse look-ups of their addresses',
  },
  {
    id: 'CVE-2026-59739',
    what: 'a watch that is set again after a reconnect shows paths that its owner may not read',
    since: ['3.8.0'],
    fixedIn: ['3.8.7', '3.9.6'],
    exposedBy: 'sessions',
    instead: REACH,
  },
  {
    id: 'CVE-2026-59969',
    what: 'with FIPS mode members do not compare a certificate with its owner',
    since: ['3.8.0'],
    fixedIn: ['3.8.7', '3.9.6'],
    exposedBy: 'fips-quorum-certificates',
    instead: 'give certificates of the members’ authority only to members',
  },
  {
    id: 'CVE-2026-79993',
    what: 'everybody who may open a session can delete any node without children, whatever its ACL',
    since: ['3.8.0'],
    fixedIn: ['3.8.7', '3.9.6'],
    exposedBy: 'sessions',
    instead:
      'let only clients that may delete nodes reach the client port (ZK_CLIENT_CERTIFICATES=need, a network policy)',
  },
  {
    id: 'CVE-2026-84439',
    what: 'everybody who may open a session can write false fields into the audit log',
    since: ['3.8.0'],
    fixedIn: ['3.8.7', '3.9.6'],
    exposedBy: 'audit-log',
    instead: 'do not trust single fields of the audit log',
  },
  {
    id: 'CVE-2026-84501',
    what: 'everybody who may open a session can write false lines into the log, through the provider for ensemble names',
    since: ['3.8.0'],
    fixedIn: ['3.8.7', '3.9.6'],
    exposedBy: 'ensemble-provider',
    instead: 'remove the provider EnsembleAuthenticationProvider',
  },
];

/** The faults that a release has. */
export function faultsOf(release: Release): readonly KnownFault[] {
  return KNOWN_FAULTS.filter(({ since, fixedIn }) => reaches(release, since) && !reaches(release, fixedIn));
}

/** The releases that a member of this one may go to: those without the fault, and newer, as words. */
export function withoutFault({ fixedIn }: KnownFault, release: Release): string {
  return fixedIn.filter((each) => !isAtLeast(release, each)).join(', ');
}
