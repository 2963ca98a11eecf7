import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type ConsentState, consentsIn } from '../admission/consent.ts';
import { type EnsembleName, ensembleName, ensembleWords } from '../admission/ensemble-name.ts';
import { goneVoters } from '../admission/gone-voters.ts';
import { knownBy, type Traces } from '../admission/known.ts';
import { isUnchanged, type ListLook } from '../admission/list-decision.ts';
import { hearList, type Ourselves, type PeerAnswer } from '../admission/peer.ts';
import { type MemberRecord, RECORD_FILE, type RecordOnDisk } from '../admission/record.ts';
import { judgeVolume, type VolumeJudgement } from '../admission/volume-findings.ts';
import { type Member, quorumAddress, voters } from '../ensemble/member.ts';
import type { MemberFact } from '../health/facts.ts';
import { readEpochs, readSnapshotHeads } from '../host/volume/read-heads.ts';
import { nearestExisting } from '../host/volume/read-places.ts';
import { readVolume } from '../host/volume/read-volume.ts';
import { readRecord, shortDigest, volumeMark } from '../host/volume/record-file.ts';
import type { Ready } from '../preparation/prepare.ts';
import type { Consent } from '../settings/kinds/consent-list.ts';
import { epochOf } from '../volume/epochs.ts';
import type { Consents } from '../volume/refusable.ts';
import { holdsNothing } from '../volume/snapshots.ts';
import { dataOn, type VolumeFacts } from '../volume/volume-facts.ts';

/** What this member is and what its volume says, as of the start. */
export class Standing {
  readonly ready: Ready;
  readonly name: EnsembleName;
  readonly voters: readonly number[];
  readonly self: Member;
  readonly recordPath: string;
  /** The record that was found; replaced by each that is written. */
  record: MemberRecord | undefined;
  readonly disk: RecordOnDisk;
  #recordText: string;
  /** Those for errors about the data itself, with which of them were used. */
  readonly consents: ReturnType<typeof consentsIn>;
  readonly #instance = randomBytes(8).toString('hex');
  /** What was seen last, for those who ask: the volume is not read for every request of strangers. */
  #seen: Traces | undefined;

  constructor(ready: Ready) {
    const { settings, ensemble } = ready;
    this.ready = ready;
    this.name = ensembleName(settings, ensemble);
    this.voters = voters(ensemble).map(({ id }) => id);
    this.self = ensemble.self;
    this.recordPath = join(settings.dataDir, RECORD_FILE);
    const { disk, text } = readRecord(settings.dataDir);
    this.disk = disk;
    this.record = disk.kind === 'record' ? disk.record : undefined;
    this.#recordText = text;
    this.consents = consentsIn(this.state, settings.consents);
  }

  /** The directory that a consent is left in; root may have made the data directory since the first look. */
  get consentDirectory(): string {
    return nearestExisting(this.ready.settings.dataDir);
  }

  /** What a consent is for. */
  get state(): ConsentState {
    const { name, myid } = this.ready.ensemble;
    return {
      pod: name,
      id: myid,
      ensemble: ensembleWords(this.name),
      record: this.#recordText,
      volume: volumeMark(this.consentDirectory),
      digest: shortDigest,
    };
  }

  get hasPeers(): boolean {
    return this.peers.length > 0;
  }

  get peers(): readonly Member[] {
    const { members, myid } = this.ready.ensemble;
    return members.filter(({ id }) => id !== myid);
  }

  /** Those whom our last server had for voters, and whom our list does not have: they may run still. */
  get goneVoters(): readonly Member[] {
    return goneVoters(this.record, { self: this.self, members: this.ready.ensemble.members });
  }

  /** Where the voters of our list are, by id. */
  get hosts(): Readonly<Record<string, string>> {
    return Object.fromEntries(voters(this.ready.ensemble).map(({ id, host }) => [id, host]));
  }

  /** What the volume and these answers say of lists of voters. */
  listLook(answers: readonly PeerAnswer[]): ListLook {
    const us = this.ourselves();
    return {
      ...this.lists,
      myid: us.id,
      served: this.known(),
      peers: new Map(answers.map((answer) => [answer.member.id, hearList(answer, us)])),
    };
  }

  /** True where peers that hear our list may not take it for the one they knew; a volume that never served tells none. */
  get hasChangedList(): boolean {
    const votes = this.self.role === 'participant';
    return votes && this.lists.begun !== undefined && !isUnchanged(this.lists);
  }

  /** Our list, and those that the record tells of. */
  get lists(): Pick<ListLook, 'voters' | 'begun' | 'promised'> {
    const { begun, members = [], promised = [] } = this.record ?? {};
    const served = members.length > 0 ? members : undefined;
    return { voters: this.voters, begun: begun?.voters ?? served, promised };
  }

  /** Consents are for the record as it is now. */
  noteState(): void {
    this.#recordText = readRecord(this.ready.settings.dataDir).text;
  }

  /** Looked at again each time: the JVM writes it. */
  traces(): Traces {
    const facts = readVolume(this.ready.settings);
    const epochs = readEpochs(facts.data.path);
    const epoch = epochOf(epochs);
    this.#seen = { data: this.#isUnfinished(facts, epochs) ? 'empty' : dataOn(facts, epoch), epoch };
    return this.#seen;
  }

  /** In an ensemble, snapshots that nobody can read are no data, so that such a member does not vote with nothing. */
  #isUnfinished(facts: VolumeFacts, epochs: ReturnType<typeof readEpochs>): boolean {
    if (!this.hasPeers || facts.log.logs.length > 0 || facts.data.snapshots.length === 0) return false;
    const { release } = this.ready.distribution;
    return holdsNothing({ newest: readSnapshotHeads(facts.data), facts, epochs, standalone: false, release });
  }

  /**
   * True for a volume from which nothing was ever served: without data, or with what a server made that was told to
   * begin and has not served since. The list it began with may be another one by now, so it is asked for anew.
   */
  isFresh({ data }: Traces = this.traces()): boolean {
    return data === 'empty' || (data === 'created' && (this.record?.members.length ?? 0) === 0);
  }

  known(traces: Traces = this.traces()): readonly number[] {
    return knownBy(this.record, traces, this.voters);
  }

  judge(): VolumeJudgement {
    const { disk, state, voters, hasPeers } = this;
    return judgeVolume({
      path: this.recordPath,
      disk,
      ...this.traces(),
      id: this.ready.ensemble.myid,
      ensemble: this.name,
      voters,
      hasPeers,
      state,
      given: this.given,
    });
  }

  /** What the guards on the data ask of the record and of ZK_CONSENT. */
  get forVolume(): { readonly lastStart: MemberRecord | undefined; readonly consents: Consents } {
    return { lastStart: this.record, consents: this.consents };
  }

  /** What ZK_CONSENT holds. */
  get given(): readonly Consent[] {
    return this.ready.settings.consents;
  }

  ourselves(traces: Traces = this.traces()): Ourselves {
    const { members, myid } = this.ready.ensemble;
    const { name: ensemble, domain } = this.name;
    const servers = members.map((member) => `${member.id}=${quorumAddress(member)}${roleWord(member)}`);
    const volume = this.isFresh(traces) ? 'empty' : 'data';
    return { id: myid, instance: this.#instance, ensemble, domain, servers, voters: this.voters, volume };
  }

  /**
   * What /status tells the peers, by the last look at the volume. It is looked at whenever this member decides whether to
   * wait, and until it serves; from then on its record says the same, whatever the JVM writes.
   */
  fact(waiting: boolean): MemberFact {
    const traces = this.#seen ?? this.traces();
    return { ...this.ourselves(traces), known: this.known(traces), waiting };
  }
}

function roleWord({ role }: Member): string {
  return role === 'observer' ? ':observer' : '';
}
