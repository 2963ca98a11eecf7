import { type PeerAnswer, peerVolume } from '../admission/peer-replies.ts';
import type { Ensemble, Member } from '../ensemble/member.ts';
import { voters } from '../ensemble/member.ts';
import type { Ledger } from '../findings/ledger.ts';
import { type CommittedConfiguration, readConfiguration } from '../membership/configuration.ts';
import { ensembleAt, type Place } from '../membership/place.ts';
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
import { isFresh, type MemberNow, ourselves, type StartLook } from './member.ts';

/** What finding the place needs of the world beside what every start needs. */
export interface PlaceServices extends StartServices {
  /** Asks whoever has an address under the ensemble's domain, whatever the list says. */
  askNeighbours(timeoutMs: number): Promise<readonly PeerAnswer[]>;
}

/** The plan and the ensemble of one place; what the settings wish for is not changed. */
export function readyAt(ready: Ready, place: Place, superDigest: string): Ready {
  const ensemble = ensembleAt(place, ready.ensemble);
  const input = { ...ready.input, ensemble, membership: { place, superDigest } };
  return { ...ready, ensemble, input, plan: makePlan(input) };
}

/** The place that the volume alone tells, before anybody is asked. */
export function placeOnVolume({ membership }: StartLook, myid: number): Place {
  if (membership.kind !== 'committed') return { kind: 'begin' };
  const { configuration } = membership;
  return configuration.members.some(({ id }) => id === myid)
    ? { kind: 'take-part', configuration }
    : { kind: 'join', configuration };
}

/** All who may know of the ensemble: those of the wished list and those of the committed configuration. */
export function whoMayKnow(wished: Ensemble, { membership }: StartLook): Member[] {
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

function lookOf(now: MemberNow, wished: Ensemble, answers: readonly PeerAnswer[]) {
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

function silentOnes({ member, look }: MemberNow, answers: readonly PeerAnswer[]): string[] {
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
      return `this member is not in the committed configuration that it knows, and waits until a quorum serves that lets it in${heard}`;
    case 'somebody-is-silent':
      return `without data this member waits until all have been heard, since one of them may know a committed configuration${heard}`;
    case 'not-begun':
      return `this member joins once the first members have begun and serve${heard}`;
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
