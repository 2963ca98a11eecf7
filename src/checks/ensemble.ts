import { quorumSize, voters } from '../ensemble/member.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { SettingFacts } from './facts.ts';

/** Sizes of ensembles that work but serve badly. */
export function ensembleFindings({ ensemble, settings }: SettingFacts): Finding[] {
  if (ensemble === undefined) return [];
  const subject = settings.ensemble === undefined ? 'ZK_REPLICAS' : 'ZK_ENSEMBLE';
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
  const problem = `${count} members vote; they survive ${failures} failure${failures === 1 ? '' : 's'}, as ${count - 1} would`;
  return [finding('ZK-ENSEMBLE-001', { subject, problem, remedy: `use ${count - 1} or ${count + 1}` })];
}
