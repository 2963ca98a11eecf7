import { type Member, voters } from '../ensemble/member.ts';
import type { SurveyMember } from '../ensemble-status/member.ts';
import type { CommittedMembers } from '../ensemble-status/membership.ts';
import { ownStatus, Refusal } from '../exit-status.ts';
import { hasErrors } from '../findings/finding.ts';
import { loopbackOf } from '../health/address.ts';
import { askStatus } from '../host/network/ask-status.ts';
import type { PeerKeySettings } from '../host/network/peer-marks.ts';
import { clientWay, needsCertificate } from '../host/zookeeper-client/client-way.ts';
import type { ClientWay } from '../host/zookeeper-client/tunnel.ts';
import { type CommittedConfiguration, newer, readConfiguration } from '../membership/configuration.ts';
import type { Ready } from '../preparation/prepare.ts';
import { clientLoginOf, clientProof } from '../settings/logins.ts';
import { clientTlsOf } from '../settings/tls.ts';
import { tellFindings } from './io.ts';
import { judge } from './judged.ts';

/** Whom to ask, and what the ensemble has committed on its members where it decides itself. */
export interface Members {
  readonly members: readonly SurveyMember[];
  readonly committed?: CommittedMembers;
  /** The key by which their answers are known. */
  readonly key: PeerKeySettings;
}

/**
 * The members of the settings, where their clients connect, and with a dynamic membership those of the newest configuration that one of them tells of: who is in it, and
 * who is wished for besides. Settings that start would refuse end with 78.
 */
export async function membersNow(timeoutMs: number): Promise<Members> {
  const ready = await readySettings();
  const wished = addresses(ready);
  const key = ready.settings;
  if (ready.settings.membership === 'static') return { members: wished, key };
  const told = await Promise.all(
    wished.map(({ host, healthHost = host, healthPort }) =>
      healthPort === 0
        ? undefined
        : askStatus({ host: healthHost, port: healthPort, timeoutMs }, ready.settings),
    ),
  );
  const newest = told
    .flatMap((each) => each?.member?.committed ?? [])
    .map(({ version, servers }) => readConfiguration(servers.join('\n'), BigInt(`0x${version}`)))
    .flatMap((reading) => (reading.kind === 'read' ? [reading.configuration] : []))
    .reduce<CommittedConfiguration | undefined>(newer, undefined);
  if (newest === undefined) return { members: wished, key };
  const { members } = newest;
  const others = wished.filter(({ id }) => !members.some((member) => member.id === id));
  const committed = addresses({ ...ready, ensemble: { ...ready.ensemble, members } });
  const ids = (role: Member['role']) => members.filter((member) => member.role === role).map(({ id }) => id);
  return {
    members: [...committed, ...others.map((other) => ({ ...other, votes: false }))],
    key,
    committed: {
      version: newest.version.toString(16),
      voters: ids('participant'),
      observers: ids('observer'),
    },
  };
}

/** How a client of these settings is let in. */
export async function wayIn(): Promise<ClientWay> {
  const { settings } = await readySettings();
  if (clientProof(settings) === 'kerberos' && clientLoginOf(settings) === 'require')
    throw new Refusal(ownStatus.refused, NO_KERBEROS);
  const way = await clientWay(settings);
  if (!('problem' in way)) return way;
  throw new Refusal(ownStatus.refused, `${way.path} ${way.problem}; ${way.remedy}`);
}

const NO_KERBEROS =
  'every client must log in by Kerberos, which this command does not have; ask with zkCli.sh, whose JAAS section Client is in the file that render shows';

async function readySettings(): Promise<Ready> {
  const { ready, findings } = (await judge()).prepared;
  if (ready === undefined || hasErrors(findings)) {
    tellFindings(findings);
    throw new Refusal(
      ownStatus.refused,
      'the members are not known; correct the settings, or give --connect host:port,host:port',
    );
  }
  return ready;
}

/**
 * A standalone server is asked where it listens; members of an ensemble by the names their peers use, this one where it
 * was told to listen.
 */
function addresses({ ensemble, settings }: Ready): SurveyMember[] {
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
