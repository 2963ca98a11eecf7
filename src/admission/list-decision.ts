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

/** What volume and peers say of lists. */
export interface ListLook {
  readonly myid: number;
  /** The voters of our list. */
  readonly voters: VoterList;
  /** The list that our server was last started with; undefined where the volume does not tell. */
  readonly begun: VoterList | undefined;
  /** Lists that later starts have told the peers and then never started a server with. */
  readonly promised: readonly VoterList[];
  /** The voters our own volume last served with. */
  readonly served: VoterList;
  /** The other voters of our list, and those that the last one had besides, by id. */
  readonly peers: ReadonlyMap<number, PeerList>;
}

/** Why a member with a changed list waits; each part is empty where it is not the reason. */
export interface ListWaiting {
  /** Voters that were not heard, each with why. */
  readonly silent: ReadonlyMap<number, string>;
  /** Voters that were heard with a list that can make a second quorum beside ours. */
  readonly holding: ReadonlyMap<number, VoterList>;
  /** Voters that have not served yet with the list before ours, each with the list they last served with. */
  readonly unserved: ReadonlyMap<number, VoterList>;
  /** Voters that come back with data into a list that was changed by more than one, each with the list they last served with. */
  readonly stale: ReadonlyMap<number, VoterList>;
  /** The lists that ours is judged beside. */
  readonly beside: readonly VoterList[];
}

/** What a start does about its list. */
export type ListDecision =
  | { readonly kind: 'go' }
  | { readonly kind: 'wait'; readonly why: ListWaiting }
  /** `serving` are a majority of `other`, and serve with it. */
  | { readonly kind: 'refuse'; readonly other: VoterList; readonly serving: readonly number[] };

/**
 * May this member vote by its list? Two lists whose majorities miss each other can have two leaders, since a server
 * counts its own list alone (QuorumMaj, FastLeaderElection). An unchanged list always goes on. From an odd list, one
 * voter more or less goes on whoever is silent: all such lists meet each other. Any other change asks everybody:
 * those who were not heard may have gone the other way, and so be a majority beside ours.
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

/** True when our server was last started with this list, and nobody has been told of another since. */
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
 * One peer alone may say what it likes, and a minority of them keeps nobody out who has served: that takes a majority of
 * our own list, or that the list is our own volume's too. A member that holds nothing loses nothing by it: two are enough.
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

/** A server alone takes no followers, and members that never served are no quorum without it: see creators. */
function isLeftToCreators({ served }: ListLook, list: VoterList): boolean {
  return served.length === 0 && list.length === 1;
}

/** Every list but ours that somebody has, or that our volume may have let others count on. */
function listsBeside(look: ListLook): VoterList[] {
  const heard = heardVoters(look).map(([, { voters }]) => voters);
  return distinct([...ownLists(look), ...heard]).filter(
    (list) => !sameVoters(list, look.voters) && !isLeftToCreators(look, list),
  );
}

/**
 * An odd list and its neighbours all meet each other; two neighbours of an even one do not. Data without a record is
 * taken to be of this list, as everywhere (knownBy), so that nobody is held back who has only come to have a supervisor.
 */
function goesFreely({ voters, begun, promised, served }: ListLook, beside: readonly VoterList[]): boolean {
  const isNeighbour = (list: VoterList) => list.length % 2 === 1 && differByOne(list, voters);
  const toldOnlyThis = promised.every((list) => sameVoters(list, voters));
  const standsNear = begun === undefined ? served.length > 0 : isNeighbour(begun);
  if (toldOnlyThis && standsNear) return beside.every((list) => majoritiesMeet(list, voters));
  return beside.every(isNeighbour);
}

/** All of our list must be heard; of those that go, as many as leave a majority of their list heard may be silent. */
function silentVoters(look: ListLook, beside: readonly VoterList[]): Map<number, string> {
  const missing = (list: VoterList) => list.filter((id) => id !== look.myid && !isHeard(look, id));
  const tooFew = beside.filter((list) => list.length - missing(list).length < quorumSize(list.length));
  const ids = new Set([countedOn(look), ...tooFew].flatMap(missing));
  return new Map([...ids].map((id) => [id, whySilent(look.peers.get(id))]));
}

/** Whoever may count on our list; back from one that was only told, those who may have counted on that. */
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

/** Those with a list that ours does not meet, where they and who would follow them are a majority of it. */
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

/** A server follows whom its own list holds; who is silent may follow anybody. */
function supporters(look: ListLook, { list, ids }: { list: VoterList; ids: readonly number[] }): number {
  if (ids.length === 0) return 0;
  return list.filter((id) => {
    const peer = look.peers.get(id);
    const voters = id === look.myid ? look.voters : peer?.kind === 'heard' ? peer.voters : undefined;
    return voters === undefined || ids.some((leader) => voters.includes(leader));
  }).length;
}

/**
 * A list that was never served with does not hold the writes of the one before it, and so is no bridge to ours. A list
 * that is left at once, all of it stopped, must have been served with by all who stay: what they then hold of it, the
 * volume's own judgement says (judgeChange).
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
      // Nobody need serve with a list that was only told, on the way back from it.
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
 * Without data, who is new to a list does not count (creators), so that any quorum has enough of those before; with data
 * of another time it would.
 */
function stale(look: ListLook, beside: readonly VoterList[]): Map<number, VoterList> {
  const strangers = beside.filter((list) => !majoritiesMeet(list, look.voters));
  const isNew = (id: number) => look.voters.includes(id) && strangers.some((list) => !list.includes(id));
  return new Map(allServed(look).filter(([id]) => isNew(id) && !servesNow(look, id)));
}

/** With which list each of us has last served; those that never did are left out. */
function allServed(look: ListLook): [number, VoterList][] {
  const own: [number, VoterList] = [look.myid, look.served];
  const heard = heardVoters(look).map(([id, { served }]): [number, VoterList] => [id, served]);
  return [own, ...heard].filter(([, served]) => served.length > 0);
}

function servesNow({ peers }: ListLook, id: number): boolean {
  const peer = peers.get(id);
  return peer?.kind === 'heard' && peer.serves;
}
