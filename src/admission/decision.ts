import { creators } from './quorums.ts';
import { sameVoters } from './voter-lists.ts';

/** What one other voter reported, or why it gave no answer. */
export type PeerVolume =
  | {
      readonly kind: 'heard';
      /** The voters its volume last served with; empty until it has served. */
      readonly known: readonly number[];
      readonly hasData: boolean;
      /** The voters of the list it was started with. */
      readonly voters: readonly number[];
    }
  | { readonly kind: 'silent'; readonly why: string };

/** The facts of one look at this member and at all others. */
export interface Look {
  readonly myid: number;
  /** The ids of the voters of our list, in any order. */
  readonly voters: readonly number[];
  /** The voters our own volume last served with. The record keeps them even if the data is lost. */
  readonly known: readonly number[];
  /** The other voters, by id. */
  readonly peers: ReadonlyMap<number, PeerVolume>;
  /** The name of a peer that serves in a quorum. */
  readonly quorumAt: string | undefined;
}

/** What a member without data on its volume does. */
export type Decision =
  /** Start without a vote that counts: the quorum gives it the data. */
  | { readonly kind: 'join'; readonly because: string }
  /** Start with empty data, as one of the members that every first quorum of a new ensemble needs. */
  | { readonly kind: 'create' }
  | { readonly kind: 'wait'; readonly why: Waiting };

/** Why a member waits; `vanished` if a volume records that this member had data. */
export interface Waiting {
  readonly vanished: boolean;
  /** The voters that did not answer, each with the reason. */
  readonly silent: ReadonlyMap<number, string>;
  /** The members that create the ensemble, if all voters answered. */
  readonly creators: readonly number[];
}

/**
 * Whether a member without data may vote. A majority without data would elect itself, and the data would be lost
 * (Leader.waitForEpochAck; db.autocreate, ZOOKEEPER-261). Only the volumes decide, so the order of starts does not matter.
 */
export function decide(look: Look): Decision {
  if (!look.voters.includes(look.myid)) return { kind: 'join', because: 'an observer never votes' };
  if (look.quorumAt !== undefined)
    return { kind: 'join', because: `${look.quorumAt} serves in a quorum, which holds the data` };
  const known = knownVoters(look);
  const silent = silentPeers(look);
  const chosen = silent.size === 0 ? creators(look.voters, known) : [];
  if (chosen.includes(look.myid)) return { kind: 'create' };
  return { kind: 'wait', why: { vanished: known.has(look.myid), silent, creators: chosen } };
}

/** The voters that held the data of the ensemble, as any volume records them. */
function knownVoters({ known, peers }: Look): ReadonlySet<number> {
  const all = new Set(known);
  for (const peer of peers.values()) if (peer.kind === 'heard') for (const id of peer.known) all.add(id);
  return all;
}

/** A voter without data and with another list would choose other creators, so it counts as not answered. */
function silentPeers({ myid, voters, peers }: Look): Map<number, string> {
  const silent = new Map<number, string>();
  for (const id of voters.filter((voter) => voter !== myid)) {
    const peer = peers.get(id) ?? { kind: 'silent', why: 'was not asked' };
    if (peer.kind === 'silent') silent.set(id, peer.why);
    else if (!peer.hasData && !sameVoters(peer.voters, voters)) silent.set(id, otherList(peer.voters));
  }
  return silent;
}

function otherList(voters: readonly number[]): string {
  return `has no data and another list of voters (${voters.join(', ')})`;
}
