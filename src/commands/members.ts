import { voters } from '../ensemble/member.ts';
import type { SurveyMember } from '../ensemble-status/member.ts';
import { ownStatus, Refusal } from '../exit-status.ts';
import { hasErrors } from '../findings/finding.ts';
import { loopbackOf } from '../health/address.ts';
import type { Ready } from '../preparation/prepare.ts';
import { tellFindings } from './io.ts';
import { judge } from './judged.ts';

/** The members of the settings, where their clients connect; settings that start would refuse end with 78. */
export async function membersOfSettings(): Promise<SurveyMember[]> {
  const { ready, findings } = (await judge()).prepared;
  if (ready === undefined || hasErrors(findings)) {
    tellFindings(findings);
    throw new Refusal(
      ownStatus.refused,
      'the members are not known; correct the settings, or give --connect host:port,host:port',
    );
  }
  return addresses(ready);
}

/**
 * A standalone server is asked where it listens; members of an ensemble by the names their peers use, this one where it
 * was told to listen.
 */
function addresses({ ensemble, settings }: Ready): SurveyMember[] {
  const { clientPort, clientAddress, healthPort, healthAddress } = settings;
  const health = healthAddress === undefined ? {} : { healthHost: loopbackOf(healthAddress) };
  if (ensemble.members.length === 1) {
    const { name, myid: id } = ensemble;
    return [
      { name, id, host: loopbackOf(clientAddress), port: clientPort, votes: true, healthPort, ...health },
    ];
  }
  const voting = voters(ensemble);
  return ensemble.members.map((member) => {
    const isOwn = member.id === ensemble.myid;
    return {
      name: member.host,
      id: member.id,
      host: isOwn && clientAddress !== undefined ? loopbackOf(clientAddress) : member.host,
      port: clientPort,
      votes: voting.includes(member),
      healthPort,
      ...(isOwn ? health : {}),
    };
  });
}
