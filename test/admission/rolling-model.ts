import fc from 'fast-check';
import { decide, type PeerVolume } from '../../src/admission/decision.ts';
import { decideList, isUnchanged, type ListLook, type PeerList } from '../../src/admission/list-decision.ts';
import { judgeChange } from '../../src/admission/quorums.ts';
import { sameVoters, type VoterList } from '../../src/admission/voter-lists.ts';
import { quorumSize } from '../../src/ensemble/member.ts';
import { depose, electIn } from './rolling-election.ts';
import type { RollingMember } from './rolling-member.ts';

/** How members decide about lists, and what they know; the defaults are ours, and what the documents ask of people. */
export interface RollingRules {
  readonly decideList: (look: ListLook) => { readonly kind: 'go' | 'wait' | 'refuse' };
  /** Whether a list that was told to peers is written down before. */
  readonly promises: boolean;
  /** Whether those are asked too that only the list before had. */
  readonly asksThoseWhoGo: boolean;
  /** Whether it matters with which list a member has served last. */
  readonly asksWhoServed: boolean;
}

const ours: RollingRules = {
  decideList,
  promises: true,
  asksThoseWhoGo: true,
  asksWhoServed: true,
};

/** Lists that the one who runs it may want next: of one to six members, and some in which an id is exchanged. */
export const wishes: readonly VoterList[] = [
  [1],
  [1, 2],
  [1, 2, 3],
  [1, 2, 3, 4],
  [1, 2, 3, 4, 5],
  [1, 2, 3, 4, 5, 6],
  [1, 2, 4],
  [1, 2, 3, 5],
  [1, 3, 4],
];
const IDS = [1, 2, 3, 4, 5, 6];

/** Numbers of `roll` from here on are a whole start, and one with an election after it. */
const ONE_STEP = 12;
const AND_ELECTS = 30;
/** Looking around, telling its list, starting the server. */
const WHOLE_START = 3;

/** `who` is a member, a place in `wishes`, or how the network is parted, by what happens. */
export interface RollingStep {
  readonly what: string;
  readonly who: number;
}

const WHAT =
  'roll roll roll roll roll roll crash part heal elect write write-few wish more less forget'.split(' ');

export const rollingSteps = fc.array(
  fc.record({ what: fc.constantFrom(...WHAT), who: fc.nat({ max: 63 }) }),
  { minLength: 20, maxLength: 80 },
);

/** What must not be, and has happened. */
export type Broken = 'two leaders' | 'lost' | undefined;

const EMPTY = { begun: undefined, promised: [], served: [], holds: false, history: [], epoch: 0 };

/** Six volumes, each member with the list of its own last start, in a network that may be parted. */
class RollingModel {
  readonly #rules: RollingRules;
  readonly #members: readonly RollingMember[] = IDS.map((id) => ({
    id,
    state: 'down',
    list: [],
    ...EMPTY,
    leader: undefined,
    group: 0,
    deaf: false,
    verdict: undefined,
  }));
  readonly #acknowledged: number[] = [];
  #wish: VoterList;
  #broken: Broken;

  constructor(rules: RollingRules, size: number) {
    this.#rules = rules;
    this.#wish = IDS.slice(0, size);
    for (let round = 0; round < 5; round += 1)
      for (const id of this.#wish) this.#take({ what: 'roll', who: id - 1 + AND_ELECTS });
    this.#take({ what: 'write', who: 0 });
  }

  /** What is broken after it, if anything. */
  take(step: RollingStep): Broken {
    this.#take(step);
    return this.#broken;
  }

  /** Whether all of the list serve, by one leader. */
  get serves(): boolean {
    const leaders = this.#wish.map((id) => this.#of(id).leader);
    return leaders.every((leader) => leader !== undefined && leader === leaders[0]);
  }

  #take({ what, who }: RollingStep): void {
    const member = this.#members[who % IDS.length] as RollingMember;
    if (what === 'roll') this.#roll(member, who < ONE_STEP ? 1 : WHOLE_START);
    if (what === 'crash') stop(member);
    if (what === 'part') for (const each of this.#members) each.group = (who >> (each.id - 1)) & 1;
    if (what === 'heal') for (const each of this.#members) each.group = 0;
    if (what === 'wish') this.#want(wishes[who % wishes.length] as VoterList);
    if (what === 'more') this.#want(IDS.slice(0, this.#wish.length + 1));
    if (what === 'less') this.#want(IDS.slice(0, Math.max(1, this.#wish.length - 1)));
    if (what === 'forget') forget(member);
    if (what === 'deafen') member.deaf = !member.deaf;
    depose(this.#members);
    // An election takes its time, in which more may happen.
    if (['elect', 'write', 'write-few'].includes(what) || (what === 'roll' && who >= AND_ELECTS))
      this.#broken ??= electIn(this.#members, this.#acknowledged);
    if (what === 'write' || what === 'write-few') this.#write(what === 'write', who);
  }

  #of(id: number): RollingMember {
    return this.#members[id - 1] as RollingMember;
  }

  /** An id in the midst is exchanged when the change before is rolled out to the end, as the documents say. */
  #want(list: VoterList): void {
    const isExchange = [list, this.#wish].some((each) => Math.max(...each) > each.length);
    if (!isExchange || this.#isRolledOut) this.#wish = list;
  }

  get #isRolledOut(): boolean {
    return (
      this.serves &&
      this.#members.every(({ state, list }) => state === 'down' || sameVoters(list, this.#wish))
    );
  }

  #roll(member: RollingMember, times: number): void {
    if (member.state !== 'down' && !sameVoters(member.list, this.#wish)) stop(member);
    for (let step = 0; step < times; step += 1) this.#start(member);
  }

  /** One step of a start: it looks around, opens its health endpoint, and then starts its server or looks again. */
  #start(member: RollingMember): void {
    if (!this.#wish.includes(member.id) || member.state === 'running') return;
    if (member.state !== 'down' && !sameVoters(member.list, this.#wish)) stop(member);
    if (member.state === 'looking') return this.#tell(member);
    if (member.state === 'waiting' && member.verdict === 'go') return this.#run(member);
    if (member.state === 'down' && this.#isShort(member)) return;
    const list = this.#wish;
    const verdict = this.#decide(member, list);
    if (verdict === 'refuse') return stop(member);
    Object.assign(member, { verdict, list, state: member.state === 'down' ? 'looking' : 'waiting' });
    if (isUnchanged({ ...member, voters: list })) this.#run(member);
  }

  /** A list that is too short is refused, and people heed the warning to let those that stay serve together first. */
  #isShort(member: RollingMember): boolean {
    const verdict = judgeChange(this.#wish, new Set(member.served));
    if (verdict === 'safe') return false;
    const complete = (id: number) =>
      this.#acknowledged.every((write) => this.#of(id).history.includes(write));
    return verdict === 'unsafe' || !this.#wish.every((id) => !member.served.includes(id) || complete(id));
  }

  /** Whom it tells its list may count on it, so it is written down before. */
  #tell(member: RollingMember): void {
    const { list } = member;
    member.state = 'waiting';
    const isKnown =
      member.promised.some((each) => sameVoters(each, list)) || sameVoters(member.begun ?? [], list);
    if (!this.#rules.promises || isKnown || (!member.holds && member.begun === undefined)) return;
    member.promised = [...member.promised, list];
  }

  #run(member: RollingMember): void {
    const { list } = member;
    const goesOn = () => this.#decide(member, list) === 'go' && this.#mayVote(member, list);
    if (isFresh(member) && !goesOn()) {
      member.state = 'waiting';
      return;
    }
    Object.assign(member, {
      state: 'running',
      begun: list,
      promised: [],
      leader: undefined,
      verdict: undefined,
    });
  }

  /** What a member without data does (decision 21): here it joins, or begins with nothing. */
  #mayVote(member: RollingMember, voters: VoterList): boolean {
    const peers = new Map(
      voters
        .filter((id) => id !== member.id)
        .map((id): [number, PeerVolume] => [id, this.#peerVolume(member, id)]),
    );
    const serving = [...peers.keys()].find((id) => this.#isHeard(member, id) && servesInQuorum(this.#of(id)));
    const quorumAt = serving === undefined ? undefined : `member ${serving}`;
    const decision = decide({ myid: member.id, voters, known: member.served, peers, quorumAt });
    if (decision.kind === 'create') Object.assign(member, { holds: true, history: [], epoch: 0 });
    return decision.kind !== 'wait';
  }

  #peerVolume(member: RollingMember, id: number): PeerVolume {
    const { list, served } = this.#of(id);
    if (!this.#isHeard(member, id)) return { kind: 'silent', why: 'is silent' };
    return { kind: 'heard', known: served, hasData: !isFresh(this.#of(id)), voters: list };
  }

  #isHeard({ group }: RollingMember, id: number): boolean {
    const peer = this.#of(id);
    return !peer.deaf && (peer.state === 'waiting' || peer.state === 'running') && peer.group === group;
  }

  #decide(member: RollingMember, voters: VoterList) {
    const { decideList: rule, asksThoseWhoGo, asksWhoServed } = this.#rules;
    const { id: myid, promised } = member;
    // As Standing.lists has it.
    const begun = member.begun ?? (member.served.length > 0 ? member.served : undefined);
    const asked = IDS.filter((id) => voters.includes(id) || (asksThoseWhoGo && begun?.includes(id)));
    const list = (id: number): PeerList => {
      const { list: theirs, served, leader } = this.#of(id);
      if (!this.#isHeard(member, id)) return { kind: 'silent', why: 'is silent' };
      return {
        kind: 'heard',
        voters: theirs,
        served: asksWhoServed ? served : [],
        serves: leader !== undefined,
      };
    };
    const peers = new Map(
      asked.filter((id) => id !== member.id).map((id): [number, PeerList] => [id, list(id)]),
    );
    return rule({ myid, voters, begun, promised, served: asksWhoServed ? member.served : [], peers }).kind;
  }

  /** To all who follow, or to as few as the leader's list asks for. */
  #write(toAll: boolean, who: number): void {
    const leader = this.#members.filter(({ id, leader }) => leader === id).at(who % 2 === 0 ? 0 : -1);
    if (leader === undefined) return;
    const write = this.#acknowledged.length + 1;
    const followers = this.#members.filter((each) => each.leader === leader.id && each !== leader);
    const voting = followers.filter(({ id }) => leader.list.includes(id));
    const few = (who & 2 ? voting : voting.toReversed()).slice(0, quorumSize(leader.list.length) - 1);
    const history = [...leader.history, write];
    for (const each of [leader, ...(toAll ? followers : few)]) each.history = history;
    this.#acknowledged.push(write);
  }
}

/** Who began with nothing and has not served since is held back like one without data. */
function isFresh({ holds, served }: RollingMember): boolean {
  return !holds || served.length === 0;
}

/** A server alone is none. */
function servesInQuorum({ leader, list }: RollingMember): boolean {
  return leader !== undefined && list.length > 1;
}

function stop(member: RollingMember): void {
  Object.assign(member, { state: 'down', leader: undefined, verdict: undefined });
}

/** A record that an older zk-entrypoint wrote, which knew neither the list of a start nor what was told. */
function forget(member: RollingMember): void {
  const { state, begun = [], promised, served } = member;
  if (state === 'down' && promised.length === 0 && sameVoters(begun, served)) member.begun = undefined;
}

/** What the events break first: nothing, one leader at a time, or an acknowledged write. */
export function breaks(
  events: readonly RollingStep[],
  size: number,
  rules: Partial<RollingRules> = {},
): Broken {
  const model = new RollingModel({ ...ours, ...rules }, size);
  for (const event of events) {
    const broken = model.take(event);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

/** Whether all members of the last list serve in the end. */
export function endsServing(events: readonly RollingStep[], size: number): boolean {
  const model = new RollingModel(ours, size);
  for (const event of events) model.take(event);
  return model.serves;
}
