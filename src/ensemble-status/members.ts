import { type Ensemble, type Member, voters } from '../ensemble/member.ts';
import { loopbackOf } from '../health/address.ts';
import type { CommittedFact } from '../health/facts.ts';
import { type CommittedConfiguration, newer, readConfiguration } from '../membership/configuration.ts';
import { needsCertificate } from '../settings/logins.ts';
import type { Settings } from '../settings/table.ts';
import { clientTlsOf } from '../settings/tls.ts';
import type { SurveyMember } from './member.ts';
import type { CommittedMembers } from './membership.ts';

/** Whom to ask, and what the ensemble has committed on its members where it decides itself. */
export interface Members {
  readonly members: readonly SurveyMember[];
  readonly committed?: CommittedMembers;
  /** Whom the settings wish for; left out where members were given by their addresses. */
  readonly wished?: ReturnType<typeof wishedIds>;
}

/** The settings of a member, and the ensemble that they name. */
export interface Wished {
  readonly settings: Settings;
  readonly ensemble: Ensemble;
}

/**
 * A standalone server is asked where it listens; members of an ensemble by the names their peers use, this one where it
 * was told to listen.
 */
export function wishedMembers({ ensemble, settings }: Wished): SurveyMember[] {
  const { clientPort, clientAddress, healthPort, healthAddress } = settings;
  const health = healthAddress === undefined ? {} : { healthHost: loopbackOf(healthAddress) };
  if (ensemble.members.length === 1 && settings.membership === 'static') {
    const { name, myid: id } = ensemble;
    return [
      { name, id, host: loopbackOf(clientAddress), port: clientPort, votes: true, healthPort, ...health },
    ];
  }
  const voting = voters(ensemble);
  return ensemble.members.map((member) => {
    const isOwn = member.id === ensemble.myid;
    const shows = needsCertificate(settings);
    const isSecure = shows || (!isOwn && clientTlsOf(settings) === 'tls');
    return {
      name: member.host,
      id: member.id,
      host: isOwn && !shows && clientAddress !== undefined ? loopbackOf(clientAddress) : member.host,
      port: clientPort,
      votes: voting.includes(member),
      healthPort,
      ...(isSecure ? { securePort: settings.secureClientPort } : {}),
      ...(isOwn ? health : {}),
    };
  });
}

/** Whom the settings wish for, by their ids. */
export function wishedIds({ ensemble }: Wished): { readonly voters: number[]; readonly observers: number[] } {
  const ids = (role: Member['role']) =>
    ensemble.members.filter((member) => member.role === role).map(({ id }) => id);
  return { voters: ids('participant'), observers: ids('observer') };
}

/** The newest configuration that members report; undefined if none can be read. */
export function newestOf(told: readonly CommittedFact[]): CommittedConfiguration | undefined {
  return told
    .map(({ version, servers }) => readConfiguration(servers.join('\n'), BigInt(`0x${version}`)))
    .flatMap((reading) => (reading.kind === 'read' ? [reading.configuration] : []))
    .reduce<CommittedConfiguration | undefined>(newer, undefined);
}

/** Who is in a committed configuration, and who is wished for besides. */
export function committedMembers(wished: Wished, newest: CommittedConfiguration | undefined): Members {
  const all = wishedMembers(wished);
  if (newest === undefined) return { members: all, wished: wishedIds(wished) };
  const { members } = newest;
  const others = all.filter(({ id }) => !members.some((member) => member.id === id));
  const committed = wishedMembers({ ...wished, ensemble: { ...wished.ensemble, members } });
  const ids = (role: Member['role']) => members.filter((member) => member.role === role).map(({ id }) => id);
  return {
    wished: wishedIds(wished),
    members: [...committed, ...others.map((other) => ({ ...other, votes: false }))],
    committed: {
      version: newest.version.toString(16),
      voters: ids('participant'),
      observers: ids('observer'),
    },
  };
}
