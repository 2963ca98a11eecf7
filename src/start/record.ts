import { ways } from '../admission/quorum-steps.ts';
import type { MemberRecord } from '../admission/record.ts';
import { sameVoters } from '../admission/voter-lists.ts';
import type { Consent } from '../settings/kinds/consent-list.ts';
import { formatRelease } from '../zookeeper/release.ts';
import { hasChangedList, knownVoters, listsOf, type StartLook, type StartMember } from './member.ts';

/** How the server is started: with the data on the volume, or with empty data. */
export interface Admitted {
  readonly creates: boolean;
  /** The consents that were needed. */
  readonly used: readonly Consent[];
}

/**
 * The record with our list among the lists that were reported to peers. It is written before they can read the list, because
 * they may start servers that count on it. Undefined if the peers already know the list.
 */
export function promisedRecord(member: StartMember, look: StartLook, at: string): MemberRecord | undefined {
  const { begun = [], promised } = listsOf(member, look);
  const isKnown = [begun, ...promised].some((list) => sameVoters(list, member.voters));
  if (isKnown || !hasChangedList(member, look)) return undefined;
  return { ...(look.record ?? firstRecord(member, at)), promised: [...promised, member.voters] };
}

/** The record of a start, to be written before the JVM. */
export function startedRecord(
  member: StartMember,
  look: StartLook,
  { creates, used, at }: Admitted & { readonly at: string },
): MemberRecord {
  const before = look.record ?? firstRecord(member, at);
  const { settings, distribution } = member.ready;
  // A consent to a shorter list or to empty data makes the earlier voters void.
  const isNew = creates || used.some(({ kind }) => kind === 'shrink' || kind === 'empty-volume');
  const spent = used.map(({ kind, token }) => ({ kind, token, at }));
  return {
    ...before,
    ensemble: ensembleAfter(member, before, used.length > 0),
    role: member.self.role,
    // What is known now must not grow with the list of the next start.
    members: isNew ? [] : knownVoters(member, look),
    begun: { voters: member.voters, epoch: look.epoch, hosts: member.hosts },
    promised: [],
    zookeeper: formatRelease(distribution.release),
    dataLogDir: settings.dataLogDir,
    quorumTls: ways.tls.of(settings.extraConfig),
    quorumLogin: ways.login.of(settings.extraConfig),
    consents: [...before.consents, ...spent],
  };
}

function firstRecord({ ready, self, name }: StartMember, firstStart: string): MemberRecord {
  return {
    format: 1,
    ensemble: name,
    id: ready.ensemble.myid,
    role: self.role,
    members: [],
    firstStart,
    lastCleanStop: null,
    zookeeper: '',
    dataLogDir: '',
    consents: [],
  };
}

/** A name that is not known this time is kept from before. */
function ensembleAfter(
  { name }: StartMember,
  { ensemble }: MemberRecord,
  consented: boolean,
): MemberRecord['ensemble'] {
  if (name.name === null) return ensemble;
  return { name: name.name, domain: name.domain ?? (consented ? null : ensemble.domain) };
}
