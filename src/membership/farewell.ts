import { quorumSize } from '../ensemble/member.ts';

/** What another voter reports while this member is asked to stop; undefined if it did not answer. */
export interface PeerAtStop {
  /** True while its server serves in the quorum. */
  readonly serves: boolean;
  readonly leads: boolean;
  /** True when it was asked to stop as well. */
  readonly stops: boolean;
}

/** One look at a moment of a stop. */
export interface StopLook {
  readonly myid: number;
  readonly leads: boolean;
  /** The ids of all voters. */
  readonly voters: readonly number[];
  readonly peers: ReadonlyMap<number, PeerAtStop | undefined>;
}

/**
 * Whether this member may stop now, so that the others are still a quorum. If several members are asked to stop, the lowest
 * id stops first and the leader last, so that two do not stop at once. A member does not wait if the others can never be a
 * quorum: with two voters, or when the whole ensemble is stopped.
 */
export function mayStop({ myid, leads, voters, peers }: StopLook): boolean {
  const others = voters.filter((id) => id !== myid);
  const needed = quorumSize(voters.length);
  if (!voters.includes(myid) || others.length < needed) return true;
  const heard = others.flatMap((id) => {
    const peer = peers.get(id);
    return peer?.serves ? [{ id, ...peer }] : [];
  });
  if (heard.every(({ stops }) => stops)) return true;
  const stays = heard.filter((peer) => !(peer.stops && goesBefore(peer, { id: myid, leads })));
  return stays.length >= needed;
}

interface Going {
  readonly id: number;
  readonly leads: boolean;
}

function goesBefore(one: Going, other: Going): boolean {
  if (one.leads !== other.leads) return other.leads;
  return one.id < other.id;
}
