import { committedMembers, type Members, newestOf, wishedMembers } from '../ensemble-status/members.ts';
import { ownStatus, Refusal } from '../exit-status.ts';
import { hasErrors } from '../findings/finding.ts';
import { askStatus } from '../host/network/ask-status.ts';
import type { PeerKeySettings } from '../host/network/peer-marks.ts';
import { clientWay } from '../host/zookeeper-client/client-way.ts';
import type { ClientWay } from '../host/zookeeper-client/tunnel.ts';
import type { Ready } from '../preparation/prepare.ts';
import { clientLoginOf, clientProof } from '../settings/logins.ts';
import { tellFindings } from './io.ts';
import { judge } from './judged.ts';

/** Whom to ask, and the key by which their answers are known. */
export interface KnownMembers extends Members {
  readonly key: PeerKeySettings;
}

/**
 * The members of the settings, where their clients connect, and with a dynamic membership those of the newest configuration that one of them tells of: who is in it, and
 * who is wished for besides. Settings that start would refuse end with 78.
 */
export async function membersNow(timeoutMs: number): Promise<KnownMembers> {
  const ready = await readySettings();
  const wished = wishedMembers(ready);
  const key = ready.settings;
  if (ready.settings.membership === 'static') return { ...committedMembers(ready, undefined), key };
  const told = await Promise.all(
    wished.map(({ host, healthHost = host, healthPort }) =>
      healthPort === 0 ? undefined : askStatus({ host: healthHost, port: healthPort, timeoutMs }, key),
    ),
  );
  const newest = newestOf(told.flatMap((each) => each?.member?.committed ?? []));
  return { ...committedMembers(ready, newest), key };
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
