import { type PeerAnswer, peerVolume } from '../admission/peer-replies.ts';
import { type Ensemble, type Member, quorumAddress, voters } from '../ensemble/member.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { Ledger } from '../findings/ledger.ts';
import { type CommittedConfiguration, readConfiguration } from '../membership/configuration.ts';
import { ensembleAt, type Place, specOf } from '../membership/place.ts';
import {
  decideStart,
  type OwnVolume,
  type PeerMembership,
  type StartDecision,
  type WhyNoPlace,
} from '../membership/start-decision.ts';
import type { Ready } from '../preparation/prepare.ts';
import { makePlan } from '../render/plan.ts';
import { visible } from '../text/visible.ts';
import type { StartServices } from './admit.ts';
import {
  goneVotersOf,
  isFresh,
  type MemberNow,
  ourselves,
  type StartLook,
  type StartMember,
  startMember,
} from './member.ts';
import { readVolumeOf } from './read-volume-of.ts';

/** The services for finding the place, in addition to those of every start. */
export interface PlaceServices extends StartServices {
  /** Asks every address under the domain of the ensemble, also those of servers that are not in the list. */
  askNeighbours(timeoutMs: number): Promise<readonly PeerAnswer[]>;
}

/** The plan and the ensemble of one place; what the settings wish for is not changed. */
function readyAt(ready: Ready, place: Place, superDigest: string): Ready {
  const ensemble = ensembleAt(place, ready.ensemble);
  const input = { ...ready.input, ensemble, membership: { place, superDigest } };
  return { ...ready, ensemble, input, plan: makePlan(input) };
}

/** This member at the place that its volume gives, and how to get it at another place. */
export interface PlacedMember {
  readonly member: StartMember;
  readonly look: StartLook;
  memberAt(place: Place): StartMember;
}

/** The member of these settings, as its volume has it. `superDigest` belongs to this start; undefined if nothing is started. */
export function placedMember(ready: Ready, instance: string, superDigest?: string): PlacedMember {
  const wished = startMember(ready, instance);
  const look = readVolumeOf(wished);
  const memberAt = (place: Place) =>
    ready.settings.membership === 'static'
      ? wished
      : startMember(readyAt(ready, place, superDigest ?? ''), instance);
  return { member: memberAt(placeOnVolume(look, ready.ensemble.myid)), look, memberAt };
}

/**
 * A member that goes back to the list of the settings while others still use the committed configuration. Its list also has
 * the client ports, so that it is equal to theirs. If its own volume has a committed configuration, members that did not
 * answer may still use it.
 */
export function besideDynamic(
  { member, look }: Pick<MemberNow, 'member' | 'look'>,
  answers: readonly PeerAnswer[],
): StartMember {
  const isTold = answers.some(({ told }) => told?.member?.committed);
  const isBeside = isTold || (look.membership.kind === 'committed' && !isPast(answers));
  if (member.ready.settings.membership === 'dynamic' || !isBeside) return member;
  const { ready, instance } = member;
  const { settings, ensemble } = ready;
  const members = ensemble.members.map((each) => ({ ...each, spec: specOf(each, settings, ensemble.self) }));
  const place: Place = { kind: 'take-part', configuration: { version: 0n, members } };
  const input = { ...ready.input, membership: { place, superDigest: '' } };
  return startMember({ ...ready, input, plan: makePlan(input) }, instance);
}

/** True once no member uses the committed configuration any more. Then the list may change again. */
export function isPast(answers: readonly PeerAnswer[]): boolean {
  return answers.every(({ told }) => told?.member !== undefined && !told.member.committed);
}

/** Whom to ask at first. */
export function whomToAsk({ member, look }: Pick<MemberNow, 'member' | 'look'>, wished: Ensemble): Member[] {
  return member.ready.settings.membership === 'dynamic'
    ? whoMayKnow(wished, look)
    : [...member.peers, ...goneVotersOf(member, look)];
}

/** The place that the volume alone gives, before any member is asked. */
export function placeOnVolume({ membership }: StartLook, myid: number): Place {
  if (membership.kind !== 'committed') return { kind: 'begin' };
  const { configuration } = membership;
  return configuration.members.some(({ id }) => id === myid)
    ? { kind: 'take-part', configuration }
    : { kind: 'join', configuration };
}

/** All who may know of the ensemble: those of the wished list and those of the committed configuration. */
function whoMayKnow(wished: Ensemble, { membership }: StartLook): Member[] {
  const committed = membership.kind === 'committed' ? membership.configuration.members : [];
  const all = new Map([...wished.members, ...committed].map((member) => [member.id, member]));
  all.delete(wished.myid);
  return [...all.values()];
}

const LATER_LOOK_MS = 2_000;
const PAUSE_MS = 1_000;
const LONGEST_SENTENCE = 3_000;

/** What is known when the search begins. */
interface Search {
  readonly wished: Ensemble;
  readonly answers: readonly PeerAnswer[];
  readonly services: PlaceServices;
  readonly ledger: Ledger;
}

/**
 * Waits until it is known by which configuration this member starts; undefined for a start that is given up or refused
 * meanwhile. The answers are those that the place rests on.
 */
export async function findPlace(
  now: MemberNow,
  { wished, answers: first, services, ledger }: Search,
): Promise<{ readonly place: Place; readonly answers: readonly PeerAnswer[] } | undefined> {
  let answers = first;
  let waiting: { readonly why: WhyNoPlace; readonly sinceMs: number } | undefined;
  while (!services.isGivenUp() && !ledger.refuses) {
    const decision = await decided(now, { wished, answers, services });
    if (decision.kind !== 'wait') {
      services.setWaiting(undefined);
      const said = sayPlace(decision);
      if (said !== undefined) services.say(said);
      return { place: decision, answers };
    }
    waiting = waiting?.why === decision.why ? waiting : { why: decision.why, sinceMs: Date.now() };
    const sentence = visible(waitingFor(decision.why, silentOnes(now, answers)), LONGEST_SENTENCE);
    const remedy = REMEDIES[decision.why];
    // A first start waits for the others, who come only when this one counts as ready.
    services.setWaiting({
      sentence,
      sinceMs: waiting.sinceMs,
      remedy,
      isReady: decision.why === 'somebody-is-silent',
    });
    services.sayProgress(`${sentence}; ${remedy}`);
    await services.pause(PAUSE_MS);
    now.look = services.look();
    answers = await services.ask(whoMayKnow(wished, now.look), LATER_LOOK_MS);
  }
  return undefined;
}

async function decided(
  now: MemberNow,
  { wished, answers, services }: Omit<Search, 'ledger'>,
): Promise<StartDecision> {
  const decision = decideStart(lookOf(now, wished, answers));
  // One that is about to begin with nothing may be the only one of its list beside an ensemble that lives.
  if (decision.kind !== 'begin' || !isFresh(now.look)) return decision;
  const neighbours = await services.askNeighbours(LATER_LOOK_MS);
  return decideStart(lookOf(now, wished, [...answers, ...neighbours]));
}

function lookOf(now: Pick<MemberNow, 'member' | 'look'>, wished: Ensemble, answers: readonly PeerAnswer[]) {
  const us = ourselves(now.member, now.look);
  return {
    myid: wished.myid,
    wished: voters(wished).map(({ id }) => id),
    volume: ownVolume(now.look),
    peers: new Map(answers.map((answer) => [answer.member.id, peerMembership(answer, us)])),
  };
}

function ownVolume(look: StartLook): OwnVolume {
  if (look.membership.kind === 'committed')
    return { kind: 'committed', configuration: look.membership.configuration };
  return isFresh(look) ? { kind: 'fresh' } : { kind: 'static' };
}

const IN_A_QUORUM: readonly (string | undefined)[] = ['leader', 'follower', 'observer'];

function peerMembership(answer: PeerAnswer, us: ReturnType<typeof ourselves>): PeerMembership {
  const heard = peerVolume(answer, us);
  if (heard.kind === 'silent') return heard;
  const serves = IN_A_QUORUM.includes(answer.told?.mode ?? answer.mode);
  return { kind: 'heard', committed: committedOf(answer), serves };
}

function committedOf({ told }: PeerAnswer): CommittedConfiguration | undefined {
  const fact = told?.member?.committed;
  if (!fact) return undefined;
  const reading = readConfiguration(fact.servers.join('\n'), BigInt(`0x${fact.version}`));
  return reading.kind === 'read' ? reading.configuration : undefined;
}

/**
 * Whether this start takes part by what is committed now, as far as others say: one has the same configuration, and none has a
 * later one. What removes this member afterwards was decided while it starts.
 */
export function takesPartAsOf(place: Place, answers: readonly PeerAnswer[]): boolean {
  if (place.kind !== 'take-part') return false;
  const { version } = place.configuration;
  const versions = answers.flatMap((answer) => committedOf(answer)?.version ?? []);
  return versions.includes(version) && versions.every((each) => each <= version);
}

function silentOnes(
  { member, look }: Pick<MemberNow, 'member' | 'look'>,
  answers: readonly PeerAnswer[],
): string[] {
  const us = ourselves(member, look);
  return answers.flatMap((answer) => {
    const heard = peerVolume(answer, us);
    return heard.kind === 'silent' ? [`${answer.member.host} ${heard.why}`] : [];
  });
}

function waitingFor(why: WhyNoPlace, silent: readonly string[]): string {
  const heard = silent.length === 0 ? '' : `: ${silent.join('; ')}`;
  switch (why) {
    case 'nobody-serves':
      return `this member is not in the committed configuration that it knows, and waits until a serving quorum lets it join${heard}`;
    case 'somebody-is-silent':
      return `without data this member waits until all members have answered, because one of them may know a committed configuration${heard}`;
    case 'not-begun':
      return `this member joins when the first members serve${heard}`;
  }
}

const REMEDIES: Readonly<Record<WhyNoPlace, string>> = {
  'nobody-serves': 'start the members of the ensemble; zk-entrypoint status shows them',
  'somebody-is-silent': 'start all members of the first list (ZK_REPLICAS or ZK_ENSEMBLE)',
  'not-begun': 'start the members of the first list (ZK_REPLICAS or ZK_ENSEMBLE)',
};

function sayPlace(place: Place): string | undefined {
  if (place.kind === 'begin')
    return 'nothing is committed anywhere: this member begins with the list of its settings';
  const { version, members } = place.configuration;
  const ids = members.map(({ id, role }) => (role === 'observer' ? `${id} (observer)` : id)).join(', ');
  const what = place.kind === 'join' ? 'this member joins' : 'this member is part of';
  return `${what} the committed configuration ${version.toString(16)} with the members ${ids}`;
}

/** What volume and first answers say of the membership, before anything is waited for. */
export function placeFindings(
  now: Pick<MemberNow, 'member' | 'look'>,
  answers: readonly PeerAnswer[],
  wished: Ensemble,
): Finding[] {
  const { look } = now;
  const { settings } = now.member.ready;
  if (look.membership.kind === 'strange') {
    const { path, problem } = look.membership;
    return [
      finding('ZK-MEMBERSHIP-006', { subject: path, problem, remedy: 'copy it from a member that serves' }),
    ];
  }
  if (settings.membership === 'static') return besideCommitted(now, answers);
  const decision = decideStart(lookOf(now, wished, answers));
  if (decision.kind === 'wait') {
    return [
      finding('ZK-MEMBERSHIP-007', {
        subject: 'ZK_MEMBERSHIP',
        problem: waitingFor(decision.why, silentOnes(now, answers)),
        remedy: REMEDIES[decision.why],
      }),
    ];
  }
  return decision.kind === 'take-part' ? otherAddress(decision.configuration, wished) : [];
}

/** A list beside what the ensemble has committed: on the own volume, or by the word of a quorum that serves. */
function besideCommitted(now: Pick<MemberNow, 'member' | 'look'>, answers: readonly PeerAnswer[]): Finding[] {
  const { member, look } = now;
  // What the own volume has counts below; here it is what the others serve with.
  const decision = decideStart({
    ...lookOf(now, member.ready.ensemble, answers),
    volume: { kind: 'static' },
  });
  const isKnown = look.membership.kind === 'committed' && !isPast(answers);
  const known = isKnown ? look.membership.configuration : undefined;
  const committed = decision.kind === 'begin' || decision.kind === 'wait' ? known : decision.configuration;
  if (committed === undefined) return [];
  const ids = (list: readonly Member[]) =>
    list.map(({ id, role }) => `${id}${role === 'observer' ? ' (observer)' : ''}`).join(', ');
  const [ours, theirs] = [ids(member.ready.ensemble.members), ids(committed.members)];
  if (ours === theirs) return [];
  return [
    finding('ZK-MEMBERSHIP-004', {
      subject: 'ZK_MEMBERSHIP',
      problem: `is static with the members ${ours}, but the ensemble has committed the members ${theirs}`,
      remedy: 'set ZK_MEMBERSHIP=dynamic, or first make the lists equal',
    }),
  ];
}

function otherAddress({ members }: CommittedConfiguration, { myid, self }: Ensemble): Finding[] {
  const own = members.find(({ id }) => id === myid);
  if (own === undefined || quorumAddress(own) === quorumAddress(self)) return [];
  return [
    finding('ZK-MEMBERSHIP-005', {
      subject: `server.${myid}`,
      problem: `is ${quorumAddress(own)} in the committed configuration, and ${quorumAddress(self)} in the settings`,
      remedy: 'set the previous address and ports; to change them, remove the member and let it join again',
    }),
  ];
}
