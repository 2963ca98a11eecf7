import { bracketed, type Role } from '../settings/kinds/ensemble-list.ts';

/** One server of the ensemble, as every member's zoo.cfg names it. */
export interface Member {
  readonly id: number;
  /** A full name or an IP address (IPv6 without brackets). */
  readonly host: string;
  readonly serverPort: number;
  readonly electionPort: number;
  readonly role: Role;
}

/** The ensemble as this member sees it. */
export interface Ensemble {
  readonly myid: number;
  /** This member, one of `members`. */
  readonly self: Member;
  /** What this member calls itself: its pod's name. */
  readonly name: string;
  /** What this member is to be once the ensemble has let it in; left out where that is its role already. */
  readonly becomes?: Role;
  /** Sorted by id; exactly one member means standalone. */
  readonly members: readonly Member[];
}

/** `host:serverPort:electionPort`, IPv6 in brackets. */
export function quorumAddress({ host, serverPort, electionPort }: Member): string {
  return `${bracketed(host)}:${serverPort}:${electionPort}`;
}

/** The members that vote. */
export function voters({ members }: Pick<Ensemble, 'members'>): readonly Member[] {
  return members.filter(({ role }) => role === 'participant');
}

/** How many voters make a quorum (QuorumMaj: more than half). */
export function quorumSize(voterCount: number): number {
  return Math.floor(voterCount / 2) + 1;
}
