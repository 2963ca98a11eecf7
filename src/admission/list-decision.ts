import { quorumSize } from '../ensemble/member.ts';
import { differByOne, distinct, majoritiesMeet, sameVoters, type VoterList } from './voter-lists.ts';

/** What another voter says of its list, or why it says nothing. */
export type PeerList =
  | {
      readonly kind: 'heard';
      /** The list it was started with, whether its server runs or it still waits. */
      readonly voters: VoterList;
      /** The voters it last served with; empty until it has served. */
      readonly served: VoterList;
      /** True while its server serves. */
      readonly serves: boolean;
    }
  | { readonly kind: 'silent'; readonly why: string };

/** What the volume and the peers report about lists. */
export interface ListLook {
  readonly myid: number;
  /** The voters of our list. */
  readonly voters: VoterList;
  /** The list that our server was last started with; undefined if the volume does not record it. */
  readonly begun: VoterList | undefined;
  /** Lists that later starts reported to the peers, but with which no server was started. */
  readonly promised: readonly VoterList[];
  /** The voters our own volume last served with. */
  readonly served: VoterList;
  /** By id: the other voters of our list, and voters that only the previous list has. */
  readonly peers: ReadonlyMap<number, PeerList>;
}

/** Why a member with a changed list waits; each part is empty where it is not the reason. */
export interface ListWaiting {
  /** Voters that did not answer, each with the reason. */
  readonly silent: ReadonlyMap<number, string>;
  /** Voters that reported a list that can form a second quorum beside ours. */
  readonly holding: ReadonlyMap<number, VoterList>;
  /** Voters that have not served yet with the list before ours, each with the list they last served with. */
  readonly unserved: ReadonlyMap<number, VoterList>;
  /** Voters that come back with data after a change of more than one voter, each with the list they last served with. */
  readonly stale: ReadonlyMap<number, VoterList>;
  /** The lists with which ours is compared. */
  readonly beside: readonly VoterList[];
}

/** What a start does about its list. */
export type ListDecision =
  | { readonly kind: 'go' }
  | { readonly kind: 'wait'; readonly why: ListWaiting }
  /** `serving` are a majority of `other`, and serve with it. */
  | { readonly kind: 'refuse'; readonly other: VoterList; readonly serving: readonly number[] };

/**
 * Whether this member may vote by its list. Two lists whose majorities have no member in common can have two leaders, because
 * a server counts only its own list (QuorumMaj, FastLeaderElection). An unchanged list may always start. A change of an odd
 * list by one voter may start even if others do not answer: the majorities of all such lists overlap. Any other change must
 * ask all voters: voters that do not answer may have another list, and be a majority beside ours.
 */
export function decideList(look: ListLook): ListDecision {
  const { myid, voters } = look;
  if (!voters.includes(myid)) return { kind: 'go' };
  const quorum = quorumOfAnother(look);
  if (quorum !== undefined) return quorum;
  const beside = listsBeside(look);
  if (isUnchanged(look) || goesFreely(look, beside)) return { kind: 'go' };
  const why = {
    silent: silentVoters(look, beside),
    holding: holders(look, beside),
    unserved: unserved(look, beside),
    stale: stale(look, beside),
    beside,
  };
  const reasons = why.silent.size + why.holding.size + why.unserved.size + why.stale.size;
  return reasons === 0 ? { kind: 'go' } : { kind: 'wait', why };
}

/** True if our server was last started with this list, and no other list was reported to peers since. */
export function isUnchanged({
  voters,
  begun,
  promised,
}: Pick<ListLook, 'voters' | 'begun' | 'promised'>): boolean {
  return begun !== undefined && promised.length === 0 && sameVoters(begun, voters);
}

type PeerVolume = Extract<PeerList, { kind: 'heard' }>;

function heardVoters({ peers }: ListLook): [number, PeerVolume][] {
  return [...peers].filter((entry): entry is [number, PeerVolume] => {
    const [id, peer] = entry;
    return peer.kind === 'heard' && peer.voters.includes(id);
  });
}

/**
 * The report of one peer is no proof, and a minority cannot keep out a member that has served. That needs a majority of our
 * own list, or the list must also be in our own volume. A member without data loses nothing: for it two reports are enough.
 */
function quorumOfAnother(look: ListLook): Extract<ListDecision, { kind: 'refuse' }> | undefined {
  const serving = heardVoters(look).filter(([, { serves }]) => serves);
  for (const other of distinct(serving.map(([, { voters }]) => voters))) {
    const ids = serving.filter(([, { voters }]) => sameVoters(voters, other)).map(([id]) => id);
    const credible = ids.length >= enoughToSay(look) || ownLists(look).some((own) => sameVoters(own, other));
    if (credible && ids.length >= quorumSize(other.length) && !majoritiesMeet(other, look.voters))
      return { kind: 'refuse', other, serving: ids };
  }
  return undefined;
}

function enoughToSay({ voters, begun, served }: ListLook): number {
  const holdsNothing = begun === undefined && served.length === 0;
  return holdsNothing ? 2 : Math.max(2, quorumSize(voters.length));
}

function ownLists({ begun, promised }: ListLook): VoterList[] {
  return [...(begun === undefined ? [] : [begun]), ...promised];
}

/** A single server accepts no followers, and members that never served form no quorum without it: see creators. */
function isLeftToCreators({ served }: ListLook, list: VoterList): boolean {
  return served.length === 0 && list.length === 1;
}

/** Every other list that a peer has, or that our volume may have reported to others. */
function listsBeside(look: ListLook): VoterList[] {
  const heard = heardVoters(look).map(([, { voters }]) => voters);
  return distinct([...ownLists(look), ...heard]).filter(
    (list) => !sameVoters(list, look.voters) && !isLeftToCreators(look, list),
  );
}

/**
 * The majorities of an odd list and of all its neighbours overlap; those of two neighbours of an even list may not. Data
 * without a record counts as data of this list, as elsewhere (knownBy), so that a member that has just got a supervisor need
 * not wait.
 */
function goesFreely({ voters, begun, promised, served }: ListLook, beside: readonly VoterList[]): boolean {
  const isNeighbour = (list: VoterList) => list.length % 2 === 1 && differByOne(list, voters);
  const toldOnlyThis = promised.every((list) => sameVoters(list, voters));
  const standsNear = begun === undefined ? served.length > 0 : isNeighbour(begun);
  if (toldOnlyThis && standsNear) return beside.every((list) => majoritiesMeet(list, voters));
  return beside.every(isNeighbour);
}

/** All of our list must answer. Removed voters may be silent as long as a majority of their list has answered. */
function silentVoters(look: ListLook, beside: readonly VoterList[]): Map<number, string> {
  const missing = (list: VoterList) => list.filter((id) => id !== look.myid && !isHeard(look, id));
  const tooFew = beside.filter((list) => list.length - missing(list).length < quorumSize(list.length));
  const ids = new Set([countedOn(look), ...tooFew].flatMap(missing));
  return new Map([...ids].map((id) => [id, whySilent(look.peers.get(id))]));
}

/** The voters that may count on our list. On the way back from a list that was only reported, those that may count on it. */
function countedOn({ voters, begun, promised }: ListLook): VoterList {
  const isBack = begun !== undefined && sameVoters(begun, voters);
  return isBack ? voters.filter((id) => promised.some((list) => list.includes(id))) : voters;
}

function isHeard({ peers }: ListLook, id: number): boolean {
  return peers.get(id)?.kind === 'heard';
}

function whySilent(peer: PeerList | undefined): string {
  return peer?.kind === 'silent' ? peer.why : 'was not asked';
}

/** Voters with a list that does not overlap ours, if they and their possible followers are a majority of that list. */
function holders(look: ListLook, beside: readonly VoterList[]): Map<number, VoterList> {
  const strangers = beside.filter((list) => !majoritiesMeet(list, look.voters));
  return new Map(
    strangers.flatMap((list) => {
      const ids = heardVoters(look)
        .filter(([, { voters }]) => sameVoters(voters, list))
        .map(([id]) => id);
      return supporters(look, { list, ids }) < quorumSize(list.length)
        ? []
        : ids.map((id) => [id, list] as const);
    }),
  );
}

/** A server follows only members of its own list. A voter that does not answer may follow any member. */
function supporters(look: ListLook, { list, ids }: { list: VoterList; ids: readonly number[] }): number {
  if (ids.length === 0) return 0;
  return list.filter((id) => {
    const peer = look.peers.get(id);
    const voters = id === look.myid ? look.voters : peer?.kind === 'heard' ? peer.voters : undefined;
    return voters === undefined || ids.some((leader) => voters.includes(leader));
  }).length;
}

/**
 * A list that never served does not hold the writes of the list before it, so it cannot connect that list with ours. If a
 * list is replaced at once, with all members stopped, all remaining members must have served with it. Whether their volumes
 * hold its data is judged elsewhere (judgeChange).
 */
function unserved(look: ListLook, beside: readonly VoterList[]): Map<number, VoterList> {
  const isBridge = (served: VoterList) =>
    majoritiesMeet(served, look.voters) || beside.some((list) => sameVoters(list, served));
  const left = (id: number) =>
    beside.filter((list) => list.includes(id) && !majoritiesMeet(list, look.voters));
  const wasServed = (list: VoterList) => allServed(look).some(([, served]) => sameVoters(served, list));
  return new Map(
    allServed(look).filter(([id, served]) => {
      if (!beside.some((list) => list.includes(id)) || isLeftToCreators(look, served)) return false;
      const servedWithOurs = sameVoters(served, look.voters);
      // A list that was only reported need not have served before a change back from it.
      return (
        !isBridge(served) ||
        left(id).some(
          (list) =>
            !sameVoters(served, list) && (!servedWithOurs || (wasServed(list) && !servesNow(look, id))),
        )
      );
    }),
  );
}

/**
 * A member that is new to a list and has no data does not count (creators), so every quorum has enough earlier members. With
 * old data it would count.
 */
function stale(look: ListLook, beside: readonly VoterList[]): Map<number, VoterList> {
  const strangers = beside.filter((list) => !majoritiesMeet(list, look.voters));
  const isNew = (id: number) => look.voters.includes(id) && strangers.some((list) => !list.includes(id));
  return new Map(allServed(look).filter(([id]) => isNew(id) && !servesNow(look, id)));
}

/** The list with which each member last served. Members that never served are left out. */
function allServed(look: ListLook): [number, VoterList][] {
  const own: [number, VoterList] = [look.myid, look.served];
  const heard = heardVoters(look).map(([id, { served }]): [number, VoterList] => [id, served]);
  return [own, ...heard].filter(([, served]) => served.length > 0);
}

function servesNow({ peers }: ListLook, id: number): boolean {
  const peer = peers.get(id);
  return peer?.kind === 'heard' && peer.serves;
}
