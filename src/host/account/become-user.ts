import type { Finding } from '../../findings/finding.ts';
import type { Plan } from '../../render/plan.ts';
import { attempt } from '../files/carry-out.ts';
import { handOver } from '../files/hand-over.ts';
import { become, userFindings, userToBecome } from './privileges.ts';

/** True where we are root, should not stay so, and cannot help it; a finding says why. */
export function staysRoot(findings: readonly Finding[], user: string): boolean {
  return userFindings(user).length > 0 || findings.some(({ code }) => code === 'ZK-VOLUME-042');
}

interface Becoming {
  readonly plan: Pick<Plan, 'directories'>;
  /** ZK_USER. */
  readonly user: string;
  /** False where the start is refused already: then nothing is changed. */
  readonly handsOver: boolean;
}

/**
 * All that is done as root: the directories are made and given to ZooKeeper's user, and then we are that user, for good.
 * Whatever is read, written, asked or answered later is nobody's way to root. Without root it does nothing.
 * @throws WriteFailure for a directory that cannot be given away.
 */
export function becomeUser({ plan, user, handsOver }: Becoming): Finding[] {
  const account = userToBecome(user);
  if (account === undefined) return [];
  if (handsOver)
    for (const path of plan.directories) attempt(path, () => handOver(path, { account, apply: true }));
  return become(account);
}
