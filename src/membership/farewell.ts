import { quorumSize } from '../ensemble/member.ts';

/** What another voter says while this member is asked to stop; undefined for one that was not heard. */
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
 * May this member stop now, with the others still a quorum? Of several that are asked to stop, the one with the lowest id
 * goes first and the leader last, so that two do not go where one can wait. Nobody waits for what cannot be: two voters,
 * or an ensemble that is stopped as a whole.
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
