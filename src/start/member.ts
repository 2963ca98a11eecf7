import { join } from 'node:path';
import { type ConsentState, consentsIn } from '../admission/consent.ts';
import { type EnsembleName, ensembleName, ensembleWords } from '../admission/ensemble-name.ts';
import { goneVoters } from '../admission/gone-voters.ts';
import { isUnchanged, type ListLook } from '../admission/list-decision.ts';
import { type Ourselves, type PeerAnswer, peerList } from '../admission/peer-replies.ts';
import { ways } from '../admission/quorum-steps.ts';
import { type MemberRecord, RECORD_FILE, type RecordOnDisk } from '../admission/record.ts';
import { knownBy, type Traces } from '../admission/voters-with-data.ts';
import { type Member, quorumAddress, voters } from '../ensemble/member.ts';
import type { CommittedFact, MemberFact, ResourceFacts, WaitingFact } from '../health/facts.ts';
import type { MembershipOnVolume } from '../host/volume/read-membership.ts';
import { type CommittedConfiguration, configurationLines, votersOf } from '../membership/configuration.ts';
import type { Ready } from '../preparation/prepare.ts';
import { epochOf } from '../volume/epochs.ts';
import type { VolumeContents } from '../volume/judge-volume.ts';
import type { ConsentBook } from '../volume/refusable.ts';
import { holdsNothing } from '../volume/snapshots.ts';
import { dataOn } from '../volume/volume-facts.ts';

/** Who this member is by its settings; nothing of the volume. */
export interface StartMember {
  readonly ready: Ready;
  readonly name: EnsembleName;
  /** The ids of the voters of our list. */
  readonly voters: readonly number[];
  readonly self: Member;
  readonly peers: readonly Member[];
  /** What the ensemble has committed, by which this member starts; undefined while the list of the settings rules. */
  readonly committed: CommittedConfiguration | undefined;
  /** Where the voters of our list are, by id. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly recordPath: string;
  /** The id of this run of the program, so that it recognises its own answer. */
  readonly instance: string;
}

/** One look at the volume: its record, and what servers have left on it. */
export interface StartLook extends Traces {
  readonly contents: VolumeContents;
  readonly disk: RecordOnDisk;
  readonly record: MemberRecord | undefined;
  /** The text of the record; empty if there is no record. */
  readonly recordText: string;
  /** What the volume holds of a configuration that was committed. */
  readonly membership: MembershipOnVolume;
}

/** This member as it is now: what its volume showed last, and what its start waits for. */
export interface MemberNow {
  member: StartMember;
  look: StartLook;
  waiting: WaitingFact | undefined;
  /** With a dynamic membership: takes up what the ensemble has committed since. */
  refresh?(): void;
  /** Room and memory, once the JVM runs. */
  resources?(): ResourceFacts;
}

/** The member of these settings. */
export function startMember(ready: Ready, instance: string): StartMember {
  const { settings, ensemble, input } = ready;
  const place = input.membership?.place;
  const voting = voters(ensemble);
  return {
    ready,
    name: ensembleName(settings, ensemble),
    voters: voting.map(({ id }) => id),
    self: ensemble.self,
    peers: ensemble.members.filter(({ id }) => id !== ensemble.myid),
    committed:
      settings.membership === 'static' || place === undefined || place.kind === 'begin'
        ? undefined
        : place.configuration,
    hosts: Object.fromEntries(voting.map(({ id, host }) => [id, host])),
    recordPath: join(settings.dataDir, RECORD_FILE),
    instance,
  };
}

/** What was read of the volume, as one look. */
export function startLook(
  member: StartMember,
  contents: VolumeContents,
  {
    disk,
    text,
    membership,
  }: { readonly disk: RecordOnDisk; readonly text: string; readonly membership: MembershipOnVolume },
): StartLook {
  const record = disk.kind === 'record' ? disk.record : undefined;
  return { contents, disk, record, recordText: text, membership, ...tracesIn(member, contents) };
}

/** In an ensemble, unreadable snapshots do not count as data, so that the member does not vote without data. */
function tracesIn({ peers, ready }: StartMember, { facts, epochs, heads: newest }: VolumeContents): Traces {
  const epoch = epochOf(epochs);
  const mayBeUnfinished = peers.length > 0 && facts.log.logs.length === 0 && facts.data.snapshots.length > 0;
  const { release } = ready.distribution;
  if (mayBeUnfinished && holdsNothing({ newest, facts, epochs, standalone: false, release }))
    return { data: 'empty', epoch };
  return { data: dataOn(facts, epoch), epoch };
}

/** What a consent is for; `volume` is the mark of its directory. */
export function consentState(
  { ready: { ensemble }, name }: StartMember,
  { recordText }: StartLook,
  { volume, digest }: Pick<ConsentState, 'volume' | 'digest'>,
): ConsentState {
  const { name: pod, myid: id } = ensemble;
  return { pod, id, ensemble: ensembleWords(name), record: recordText, volume, digest };
}

/** What ZK_CONSENT holds for this member in this state. */
export function consentBook({ ready }: StartMember, state: ConsentState): ConsentBook {
  return consentsIn(state, ready.settings.consents);
}

/** The voters of our last server that our list does not have. They may still run. */
export function goneVotersOf({ self, ready }: StartMember, { record }: StartLook): readonly Member[] {
  return goneVoters(record, { self, members: ready.ensemble.members });
}

/** Our list, and the lists in the record. */
export function listsOf(
  { voters }: StartMember,
  { record, membership }: StartLook,
): Pick<ListLook, 'voters' | 'begun' | 'promised'> {
  // Back from a committed configuration to a list: the server was last started with the committed one.
  if (membership.kind === 'committed')
    return { voters, begun: votersOf(membership.configuration), promised: [] };
  const { begun, members = [], promised = [] } = record ?? {};
  const served = members.length > 0 ? members : undefined;
  return { voters, begun: begun?.voters ?? served, promised };
}

/** What the volume and these answers say of lists of voters. */
export function listLook(member: StartMember, look: StartLook, answers: readonly PeerAnswer[]): ListLook {
  const us = ourselves(member, look);
  return {
    ...listsOf(member, look),
    myid: us.id,
    served: knownVoters(member, look),
    peers: new Map(answers.map((answer) => [answer.member.id, peerList(answer, us)])),
  };
}

/** True if our list may be new to the peers. A volume that never served has reported no list. */
export function hasChangedList(member: StartMember, look: StartLook): boolean {
  if (member.committed !== undefined) return false;
  const lists = listsOf(member, look);
  return member.self.role === 'participant' && lists.begun !== undefined && !isUnchanged(lists);
}

/**
 * True for a volume that never served: it has no data, or only the data of a server that was started with empty data and has
 * not served since. Its list may have changed in the meantime, so the members are asked again.
 */
export function isFresh({ data, record }: StartLook): boolean {
  return data === 'empty' || (data === 'created' && (record?.members.length ?? 0) === 0);
}

/** The voters that the volume knows to have held the ensemble's data. */
export function knownVoters({ voters, committed }: StartMember, look: StartLook): readonly number[] {
  if (committed !== undefined) return votersOf(committed);
  return knownBy(look.record, look, voters);
}

/** What we report to the peers about ourselves, to compare with their reports. */
export function ourselves({ ready, name, voters, instance }: StartMember, look: StartLook): Ourselves {
  const { members, myid: id } = ready.ensemble;
  const { membership } = look;
  const servers = members.map((member) => `${member.id}=${quorumAddress(member)}${roleWord(member)}`);
  const volume = isFresh(look) ? 'empty' : 'data';
  const isDynamic = ready.settings.membership === 'dynamic';
  const committed =
    isDynamic && membership.kind === 'committed' ? committedFact(membership.configuration) : null;
  const { extraConfig } = ready.settings;
  return {
    id,
    instance,
    ensemble: name.name,
    domain: name.domain,
    servers,
    voters,
    volume,
    committed,
    quorumTls: ways.tls.of(extraConfig),
    quorumLogin: ways.login.of(extraConfig),
  };
}

function committedFact(configuration: CommittedConfiguration): CommittedFact {
  return { version: configuration.version.toString(16), servers: configurationLines(configuration) };
}

function roleWord({ role }: Member): string {
  return role === 'observer' ? ':observer' : '';
}

/**
 * What /status tells the peers, by the last look at the volume. It is looked at whenever this member decides whether to
 * wait, and until it serves; from then on its record says the same, whatever the JVM writes.
 */
export function memberFact(member: StartMember, look: StartLook, waiting: boolean): MemberFact {
  return { ...ourselves(member, look), known: knownVoters(member, look), waiting };
}
