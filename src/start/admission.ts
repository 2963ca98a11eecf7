import { setTimeout as sleep } from 'node:timers/promises';
import { consentFor, howToConsent, isGiven } from '../admission/consent.ts';
import { type Decision, decide, type Waiting } from '../admission/decision.ts';
import { decideList, type ListDecision, type ListWaiting } from '../admission/list-decision.ts';
import { listFindings, listWaiting } from '../admission/list-findings.ts';
import { hear, type PeerAnswer, peerFindings, quorumAt } from '../admission/peer.ts';
import { type Names, waitingSentence } from '../admission/waiting.ts';
import { type Finding, finding, hearsay } from '../findings/finding.ts';
import type { Ledger } from '../findings/ledger.ts';
import type { WaitingFact } from '../health/facts.ts';
import { askPeers } from '../host/network/ask-peers.ts';
import type { Log } from '../host/output/log.ts';
import { takeConsent } from '../host/volume/consent-file.ts';
import type { Consent, ConsentKind } from '../settings/kinds/consent-list.ts';
import { visible } from '../text/visible.ts';
import { awaitOwnName } from './await-own-name.ts';
import { Progress } from './progress.ts';
import type { Standing } from './standing.ts';

/** The first look is part of every start; the later ones are a waiting member's own time. */
const FIRST_LOOK_MS = 300;
const LATER_LOOK_MS = 2_000;
const PAUSE_MS = 1_000;
/** In characters; `readTold` takes a little more. */
const LONGEST_SENTENCE = 3_000;

/** How the server is started: with what is on the volume, or told to begin with nothing. */
export interface Admitted {
  readonly creates: boolean;
  readonly used: readonly Consent[];
}

/** Looks at volume and peers, and holds a member without data back until its vote can do no harm. */
export class Admission {
  readonly #standing: Standing;
  readonly #log: Log;
  readonly #ledger: Ledger;
  readonly #signal: AbortSignal;
  readonly #progress: Progress;
  #used: readonly Consent[] = [];
  #answers: readonly PeerAnswer[] = [];
  #saidVanished = false;
  /** What the start waits for now, for the probes, the peers and `status`. */
  waiting: WaitingFact | undefined;

  constructor(
    standing: Standing,
    { log, ledger, signal }: { log: Log; ledger: Ledger; signal: AbortSignal },
  ) {
    this.#standing = standing;
    this.#log = log;
    this.#ledger = ledger;
    this.#signal = signal;
    this.#progress = new Progress((sentence) => log.write('info', sentence));
  }

  /** What the volume says of itself. */
  lookAtVolume(): readonly Finding[] {
    const { findings, used } = this.#standing.judge();
    this.#used = used;
    return findings;
  }

  /** What the peers say within 300 ms; only a peer that swallows packets takes that long. */
  async lookAtPeers(): Promise<Finding[]> {
    await this.#ask(FIRST_LOOK_MS);
    return [
      ...this.#portFindings(),
      ...peerFindings(this.#peerAnswers(), this.#standing.ourselves()),
      ...listFindings(this.#decideList(), this.#listView()),
    ];
  }

  /** Waits as long as it takes; a start that is aborted or refused meanwhile is let go, since nothing comes of it. */
  async admit(): Promise<Admitted> {
    const standing = this.#standing;
    // A yes is for the start that asks; what was left for an earlier one must not come true by itself.
    takeConsent(standing.consentDirectory);
    if (standing.hasPeers) await awaitOwnName(standing, this.#waitingFor(this.#signal));
    await this.#awaitLists();
    const creates = standing.hasPeers && standing.isFresh() ? await this.#mayCreate() : false;
    this.waiting = undefined;
    this.#used = [...this.#used, ...standing.consents.used];
    this.#sayUnused();
    return { creates, used: this.#used };
  }

  #waitingFor(signal: AbortSignal) {
    const wait = (sentence: string, remedy: string) => this.#wait(sentence, remedy);
    return { signal, wait, report: (found: Finding) => this.#ledger.report([found]) };
  }

  /** A member whose list has changed waits until no second quorum can come of it; what was decided first has aged since. */
  async #awaitLists(): Promise<void> {
    for (let asked = false; !this.#isOver; asked = true) {
      const decision = this.#decideList();
      if (decision.kind === 'refuse') return this.#ledger.report(listFindings(decision, this.#listView()));
      if (decision.kind === 'go' && (asked || !this.#standing.hasChangedList)) break;
      if (decision.kind === 'wait') {
        if (this.#consented('other-list', 'this member votes by its list')) break;
        this.#waitForLists(decision.why);
        await sleep(PAUSE_MS, undefined, { signal: this.#signal }).catch(() => undefined);
      }
      await this.#ask(LATER_LOOK_MS);
    }
    this.waiting = undefined;
  }

  #decideList(): ListDecision {
    const decision = decideList(this.#standing.listLook(this.#answers));
    // A yes to a list is one to what is not known of the others; a quorum that serves goes before it.
    const isMeant = this.#used.some(({ kind }) => kind === 'shrink' || kind === 'other-list');
    return decision.kind === 'wait' && isMeant ? { kind: 'go' } : decision;
  }

  #listView() {
    return { voters: this.#standing.voters, names: this.#names() };
  }

  #waitForLists(why: ListWaiting): void {
    const { sentence, remedy } = listWaiting(why, this.#listView());
    this.#wait(sentence, `${remedy}; ${this.#wayToConsent('other-list')}`, { isReady: false });
  }

  #names(): Names {
    const { peers, goneVoters } = this.#standing;
    return new Map([...peers, ...goneVoters].map(({ id, host }) => [id, host]));
  }

  async #mayCreate(): Promise<boolean> {
    for (let decision = this.#decide(); !this.#isOver; decision = this.#decide()) {
      // Who was silent at first may be heard by now, with another list.
      if (this.#decideList().kind !== 'go') {
        await this.#awaitLists();
        continue;
      }
      if (decision.kind === 'join') return this.#joins(decision.because);
      if (this.#consented('empty-volume', 'this member votes with nothing')) return true;
      // Between two looks a peer may have come to hold data, so the first that says yes is not enough.
      if (decision.kind === 'create' && (await this.#agreesAgain())) return this.#begins();
      if (decision.kind === 'wait') this.#waitFor(decision.why);
      await sleep(PAUSE_MS, undefined, { signal: this.#signal }).catch(() => undefined);
      await this.#ask(LATER_LOOK_MS);
    }
    return false;
  }

  /** True once nothing can come of the start any more. */
  get #isOver(): boolean {
    return this.#signal.aborted || this.#ledger.refuses;
  }

  #joins(because: string): false {
    this.#log.write(
      'info',
      `no data here: ${because}; this member joins it without a vote until it has the data`,
    );
    return false;
  }

  #begins(): true {
    this.#log.write('info', 'no data here or at any peer that had a say: this member begins with nothing');
    return true;
  }

  async #agreesAgain(): Promise<boolean> {
    await this.#ask(LATER_LOOK_MS);
    return this.#decide().kind === 'create' && this.#decideList().kind === 'go';
  }

  #decide(): Decision {
    const standing = this.#standing;
    const us = standing.ourselves();
    return decide({
      myid: us.id,
      voters: standing.voters,
      known: standing.known(),
      peers: new Map(this.#peerAnswers().map((answer) => [answer.member.id, hear(answer, us)])),
      quorumAt: quorumAt(this.#peerAnswers(), us),
    });
  }

  async #ask(timeoutMs: number): Promise<void> {
    const { healthPort, clientPort } = this.#standing.ready.settings;
    const { peers, goneVoters } = this.#standing;
    this.#answers = await askPeers([...peers, ...goneVoters], { healthPort, clientPort, timeoutMs });
  }

  /** Without those who are in the list no more. */
  #peerAnswers(): readonly PeerAnswer[] {
    return this.#answers.filter(({ member }) => this.#standing.peers.includes(member));
  }

  #consented(kind: ConsentKind, what: string): boolean {
    const consent = consentFor(kind, this.#standing.state);
    const left = takeConsent(this.#standing.consentDirectory);
    if (left !== consent.token && !isGiven(this.#standing.given, consent)) return false;
    const used = finding('ZK-VOLUME-029', {
      subject: 'ZK_CONSENT',
      problem: `${kind} was consented to: ${what}`,
      remedy: 'remove ZK_CONSENT again if it is set; it has no further effect',
    });
    this.#ledger.report([used]);
    this.#used = [...this.#used, consent];
    return true;
  }

  #waitFor(why: Waiting): void {
    const sentence = waitingSentence(why, this.#names());
    const way = this.#wayToConsent('empty-volume');
    if (why.vanished && !this.#saidVanished) this.#sayVanished(way);
    this.#wait(sentence, way);
  }

  #wayToConsent(kind: ConsentKind): string {
    const consent = consentFor(kind, this.#standing.state);
    return `${howToConsent(consent)}, or here: zk-entrypoint consent ${consent.token}`;
  }

  #sayVanished(remedy: string): void {
    this.#saidVanished = true;
    const { recordPath, record } = this.#standing;
    const own = (record?.members.length ?? 0) > 0;
    const whose = own ? recordPath : 'the volume of a peer';
    const problem = `holds no data, but ${whose} knows that this member has served`;
    const subject = this.#standing.ready.settings.dataDir;
    this.#ledger.report([(own ? finding : hearsay)('ZK-VOLUME-028', { subject, problem, remedy })]);
  }

  #wait(sentence: string, remedy: string, { isReady = true } = {}): void {
    // It holds what peers have said, and is told to others.
    const shown = visible(sentence, LONGEST_SENTENCE);
    this.waiting = { sentence: shown, sinceMs: this.waiting?.sinceMs ?? Date.now(), remedy, isReady };
    this.#progress.say(`${shown}; ${remedy}`);
  }

  #portFindings(): Finding[] {
    const { hasPeers, ready } = this.#standing;
    if (!hasPeers || ready.settings.healthPort !== 0) return [];
    return [
      finding('ZK-PEER-006', {
        subject: 'ZK_HEALTH_PORT',
        problem: 'is 0, so peers can neither ask this member nor be asked what their volumes hold',
        remedy: 'set it to the same port for all members; a member without data waits until a quorum serves',
      }),
    ];
  }

  #sayUnused(): void {
    const { given, state } = this.#standing;
    const mine = given.filter(({ pod }) => pod === state.pod.toLowerCase());
    for (const consent of mine.filter((each) => !isGiven(this.#used, each))) {
      const problem = `${consent.kind}:${consent.pod}:${consent.token} is what nothing asks for: spent, or of another state`;
      const unused = finding('ZK-VOLUME-030', { subject: 'ZK_CONSENT', problem, remedy: 'remove it' });
      this.#ledger.report([unused]);
    }
  }
}
