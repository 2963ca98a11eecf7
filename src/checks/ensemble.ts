import { type Ensemble, quorumSize, voters } from '../ensemble/member.ts';
import { type Finding, finding } from '../findings/finding.ts';
import { hostProblem, isIPv6 } from '../settings/kinds/hosts.ts';
import { counted } from '../text/numbers.ts';
import { shortened } from '../text/some-of.ts';
import type { SettingFacts } from './setting-facts.ts';

/** Sizes of ensembles that work but serve badly, and members whose address cannot be theirs. */
export function ensembleFindings({ ensemble, settings }: SettingFacts): Finding[] {
  if (ensemble === undefined) return [];
  const subject = settings.ensemble === undefined ? 'ZK_REPLICAS' : 'ZK_ENSEMBLE';
  return [
    ...hostFindings(ensemble, subject),
    ...addressFindings(ensemble, subject),
    ...sizeFindings(ensemble, subject),
  ];
}

/** The name of the pod and the domain are put together, so that the whole may be more than a name can be. */
function hostFindings({ members }: Ensemble, subject: string): Finding[] {
  if (members.length < 2) return [];
  return members.flatMap(({ id, host }) => {
    const problem = isIPv6(host) ? undefined : hostProblem(host);
    if (problem === undefined) return [];
    return [
      finding('ZK-ENSEMBLE-005', {
        subject,
        problem: `member ${id} is ${shortened(host)}, which ${problem}`,
        remedy: 'shorten or correct the names of pod and Service, ZK_ENSEMBLE or ZK_DOMAIN',
      }),
    ];
  });
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/i;
const ANY = /^(0\.0\.0\.0|::)$/;

/** Whoever reads the list looks for that member at itself; all on one machine is the one case that works. */
function addressFindings({ members, myid }: Ensemble, subject: string): Finding[] {
  if (members.length < 2) return [];
  const oneMachine = members.every(({ host }) => LOOPBACK.test(host) || ANY.test(host));
  return members
    .filter(({ host, id }) => (LOOPBACK.test(host) && !oneMachine) || (ANY.test(host) && id !== myid))
    .map(({ host, id }) =>
      finding('ZK-ENSEMBLE-004', {
        subject,
        problem: `member ${id} is ${host}, so every other member would connect to itself`,
        remedy: 'give the name or address by which all members reach it',
      }),
    );
}

function sizeFindings(ensemble: Ensemble, subject: string): Finding[] {
  const count = voters(ensemble).length;
  if (count === 2) {
    return [
      finding('ZK-ENSEMBLE-002', {
        subject,
        problem: '2 members vote, and both are needed to serve',
        remedy: 'use 1 or 3',
      }),
    ];
  }
  if (count > 7) {
    const remedy = 'mark the others as observers in ZK_ENSEMBLE';
    return [
      finding('ZK-ENSEMBLE-003', {
        subject,
        problem: `${count} members vote, so every write waits for ${quorumSize(count)}`,
        remedy,
      }),
    ];
  }
  if (count % 2 === 1 || count === 0) return [];
  const failures = count - quorumSize(count);
  const problem = `${count} members vote; they survive ${counted(failures, 'failure')}, no more than ${count - 1} voters`;
  return [finding('ZK-ENSEMBLE-001', { subject, problem, remedy: `use ${count - 1} or ${count + 1}` })];
}
