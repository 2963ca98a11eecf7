import { type ConsentState, consentFor, howToConsent, isGiven } from '../admission/consent.ts';
import { type Decision, decide, type Waiting } from '../admission/decision.ts';
import { decideList, type ListDecision, type ListWaiting } from '../admission/list-decision.ts';
import { listFindings, listWaiting } from '../admission/list-findings.ts';
import { nextStep } from '../admission/next-step.ts';
import { type PeerAnswer, peerVolume, quorumAt, unmarkedFindings } from '../admission/peer-replies.ts';
import { type Names, waitingSentence } from '../admission/waiting.ts';
import type { Member } from '../ensemble/member.ts';
import { finding, hearsay } from '../findings/finding.ts';
import type { Ledger } from '../findings/ledger.ts';
import type { WaitingFact } from '../health/facts.ts';
import type { OwnAddress } from '../host/machine/own-name.ts';
import type { Consent, ConsentKind } from '../settings/kinds/consent-list.ts';
import { visible } from '../text/visible.ts';
import {
  goneVotersOf,
  hasChangedList,
  isFresh,
  knownVoters,
  listLook,
  ourselves,
  type StartLook,
  type StartMember,
} from './member.ts';
import { NAME_REMEDY, ownNameFindings } from './own-name.ts';
import type { Admitted } from './record.ts';

/** The services that a start needs while it decides. Tests give a fake. */
export interface StartServices {
  /** Reads the volume. */
  look(): StartLook;
  consentState(look: StartLook): ConsentState;
  /** The token that was left by `zk-entrypoint consent`, which is gone thereafter. */
  takeConsent(): string | undefined;
  /** Asks all of them at once; done when the time is up. */
  ask(members: readonly Member[], timeoutMs: number): Promise<readonly PeerAnswer[]>;
  lookUpOwnName(host: string, timeoutMs: number): Promise<OwnAddress>;
  /** Ends early when the start is given up. */
  pause(ms: number): Promise<void>;
  /** A clock that cannot be set. */
  nowMs(): number;
  isGivenUp(): boolean;
  /** For the log: at once at each change, and every 30 s. */
  sayProgress(sentence: string): void;
  say(sentence: string): void;
  /** For the probes, the peers and `status`; undefined when nothing is waited for. */
  setWaiting(waiting: WaitingFact | undefined): void;
}

/** What the start has seen and used so far. */
export interface FirstLook {
  readonly look: StartLook;
  readonly answers: readonly PeerAnswer[];
  /** The consents that judging the volume needed. */
  readonly used: readonly Consent[];
}

const LATER_LOOK_MS = 2_000;
const PAUSE_MS = 1_000;
const NAME_PAUSE_MS = 500;
const NAME_LOOK_UP_MS = 5_000;
/** In characters; `readPeerStatus` takes a little more. */
const LONGEST_SENTENCE = 3_000;

/**
 * Waits until this member's vote can do no harm, as long as it takes: for its own name, for the lists of voters, and for
 * its data. Undefined for a start that is given up or refused meanwhile.
 */
export async function admit(
  member: StartMember,
  first: FirstLook,
  { services, ledger }: { readonly services: StartServices; readonly ledger: Ledger },
): Promise<(Admitted & { readonly look: StartLook }) | undefined> {
  // A consent is for the start that asks. A token for an earlier start must not take effect.
  services.takeConsent();
  const hasPeers = member.peers.length > 0;
  const { peerAuth } = member.ready.settings;
  const nameUntilMs = services.nowMs() + member.ready.settings.dnsTimeoutMs;
  let { look, answers, used } = first;
  let [nameIsSettled, askedAgain, createdBefore, saidVanished] = [!hasPeers, false, false, false];
  let waiting: { readonly for: string; readonly sinceMs: number } | undefined;

  const wait = async (what: string, { sentence, remedy, isReady = true, ms = PAUSE_MS }: Wait) => {
    // The sentence may quote peers, and is shown to others.
    const shown = visible(sentence, LONGEST_SENTENCE);
    waiting = waiting?.for === what ? waiting : { for: what, sinceMs: Date.now() };
    services.setWaiting({ sentence: shown, sinceMs: waiting.sinceMs, remedy, isReady });
    services.sayProgress(`${shown}; ${remedy}`);
    await services.pause(ms);
  };
  const lookAgain = async () => {
    const before = unmarkedFindings(answers, peerAuth);
    answers = await services.ask([...member.peers, ...goneVotersOf(member, look)], LATER_LOOK_MS);
    ledger.replace(before, unmarkedFindings(answers, peerAuth));
    look = services.look();
    askedAgain = true;
  };
  const consented = (kind: ConsentKind, what: string) => {
    const consent = consentFor(kind, services.consentState(look));
    const left = services.takeConsent();
    if (left !== consent.token && !isGiven(member.ready.settings.consents, consent)) return false;
    // A yes to nothing is one to the volume as it is now, and not as the look before this one saw it.
    look = services.look();
    if (kind === 'empty-volume' && !isFresh(look)) return false;
    ledger.report([consentUsed(kind, what)]);
    used = [...used, consent];
    return true;
  };
  const wayToConsent = (kind: ConsentKind) => {
    const consent = consentFor(kind, services.consentState(look));
    return `${howToConsent(consent)}, or here: zk-entrypoint consent ${consent.token}`;
  };
  const admitted = (creates: boolean) => {
    services.setWaiting(undefined);
    ledger.report(unusedConsents(member, used, services.consentState(look)));
    return { creates, used, look };
  };

  while (!services.isGivenUp() && !ledger.refuses) {
    if (!nameIsSettled) {
      const { host } = member.self;
      const address = await lookUp(member, services, nameUntilMs);
      if (address.kind === 'unresolved' && services.nowMs() < nameUntilMs && !services.isGivenUp()) {
        const atMost = `${member.ready.settings.dnsTimeoutMs / 1_000} s at most`;
        const sentence = `this member waits until its own name ${host} resolves (${address.problem}), ${atMost}`;
        await wait('name', { sentence, remedy: NAME_REMEDY, ms: NAME_PAUSE_MS });
        continue;
      }
      ledger.report(ownNameFindings(host, address));
      nameIsSettled = true;
      // The facts from before the wait are too old: the data may have been restored meanwhile.
      if (waiting !== undefined) await lookAgain();
      continue;
    }
    const data = hasPeers && isFresh(look) ? decideData(member, look, answers) : undefined;
    const step = nextStep({
      list: decideLists(member, { look, answers, used }),
      data,
      listChanged: hasChangedList(member, look),
      askedAgain,
      createdBefore,
    });
    createdBefore = data?.kind === 'create';
    switch (step.kind) {
      case 'refuse':
        ledger.report(listFindings(step.decision, listView(member, look)));
        return undefined;
      case 'wait-for-lists':
        if (consented('other-list', 'this member votes by its list')) continue;
        await wait('lists', waitForLists(step.why, listView(member, look), wayToConsent('other-list')));
        break;
      case 'go':
        if (step.because !== undefined) services.say(joining(step.because));
        return admitted(false);
      case 'create':
        services.say('no data here or at any peer that had a say: this member begins with nothing');
        return admitted(true);
      case 'wait-for-data':
      case 'look-again':
        if (consented('empty-volume', 'this member votes with nothing')) return admitted(true);
        if (step.kind === 'look-again') break;
        if (step.why.vanished && !saidVanished) {
          saidVanished = true;
          ledger.report([vanished(member, look, wayToConsent('empty-volume'))]);
        }
        await wait('data', waitForData(step.why, namesOf(member, look), wayToConsent('empty-volume')));
    }
    await lookAgain();
  }
  return undefined;
}

interface Wait {
  readonly sentence: string;
  readonly remedy: string;
  /** Whether the member is ready for the kubelet while it waits. */
  readonly isReady?: boolean;
  readonly ms?: number;
}

function lookUp({ self, ready }: StartMember, services: StartServices, untilMs: number) {
  const leftMs = Math.max(1, Math.min(NAME_LOOK_UP_MS, untilMs - services.nowMs()));
  return services.lookUpOwnName(self.host, ready.settings.dnsTimeoutMs === 0 ? NAME_LOOK_UP_MS : leftMs);
}

/** The decision by the lists of voters. A consent to a list covers members that did not answer, but not a serving quorum. */
export function decideLists(member: StartMember, { look, answers, used }: FirstLook): ListDecision {
  // Who votes was committed by the ensemble itself.
  if (member.committed !== undefined) return { kind: 'go' };
  const decision = decideList(listLook(member, look, answers));
  const isMeant = used.some(({ kind }) => kind === 'shrink' || kind === 'other-list');
  return decision.kind === 'wait' && isMeant ? { kind: 'go' } : decision;
}

function decideData(member: StartMember, look: StartLook, answers: readonly PeerAnswer[]): Decision {
  const us = ourselves(member, look);
  const ofPeers = answersOfPeers(member, answers);
  return decide({
    myid: us.id,
    voters: member.voters,
    known: knownVoters(member, look),
    peers: new Map(ofPeers.map((answer) => [answer.member.id, peerVolume(answer, us)])),
    quorumAt: quorumAt(ofPeers, us),
  });
}

/** Without those who are in the list no more. */
export function answersOfPeers(
  { peers }: StartMember,
  answers: readonly PeerAnswer[],
): readonly PeerAnswer[] {
  return answers.filter(({ member }) => peers.includes(member));
}

/** Our list with the names of all who have to do with it. */
export function listView(member: StartMember, look: StartLook) {
  return { voters: member.voters, names: namesOf(member, look) };
}

function namesOf(member: StartMember, look: StartLook): Names {
  return new Map([...member.peers, ...goneVotersOf(member, look)].map(({ id, host }) => [id, host]));
}

function waitForLists(why: ListWaiting, view: ReturnType<typeof listView>, way: string): Wait {
  const { sentence, remedy } = listWaiting(why, view);
  return { sentence, remedy: `${remedy}; ${way}`, isReady: false };
}

function waitForData(why: Waiting, names: Names, remedy: string): Wait {
  return { sentence: waitingSentence(why, names), remedy };
}

function joining(because: string): string {
  return `no data here: ${because}; this member joins it without a vote until it has the data`;
}

function consentUsed(kind: ConsentKind, what: string) {
  return finding('ZK-VOLUME-029', {
    subject: 'ZK_CONSENT',
    problem: `${kind} was consented to: ${what}`,
    remedy: 'remove ZK_CONSENT again if it is set; it has no further effect',
  });
}

function vanished({ recordPath, ready }: StartMember, { record }: StartLook, remedy: string) {
  const own = (record?.members.length ?? 0) > 0;
  const whose = own ? recordPath : 'the volume of a peer';
  return (own ? finding : hearsay)('ZK-VOLUME-028', {
    subject: ready.settings.dataDir,
    problem: `holds no data, but ${whose} knows that this member has served`,
    remedy,
  });
}

function unusedConsents({ ready }: StartMember, used: readonly Consent[], { pod }: ConsentState) {
  const mine = ready.settings.consents.filter((consent) => consent.pod === pod.toLowerCase());
  return mine
    .filter((consent) => !isGiven(used, consent))
    .map(({ kind, pod, token }) =>
      finding('ZK-VOLUME-030', {
        subject: 'ZK_CONSENT',
        problem: `${kind}:${pod}:${token} is not needed: it was used before, or it is for another state`,
        remedy: 'remove it',
      }),
    );
}
