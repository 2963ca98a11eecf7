import type { Plan } from '../../render/plan.ts';
import type { UserIds } from '../../volume/directories.ts';
import { attempt } from '../files/carry-out.ts';
import { handOver } from '../files/hand-over.ts';
import { become, userToBecome } from './privileges.ts';

interface Becoming {
  readonly plan: Pick<Plan, 'directories'>;
  /** ZK_USER. */
  readonly user: string;
  /** False where the start is refused already: then nothing is changed. */
  readonly handsOver: boolean;
}

/**
 * All that is done as root: the directories are made and given to ZooKeeper's user, and then we are that user, for good.
 * Whatever is read, written, asked or answered later is nobody's way to root. Without root it does nothing. Returns whom
 * the system did not let us become, and why.
 * @throws WriteFailure for a directory that cannot be given away.
 */
export function becomeUser({
  plan,
  user,
  handsOver,
}: Becoming): { readonly user: UserIds; readonly why: string } | undefined {
  const account = userToBecome(user);
  if (account === undefined) return undefined;
  if (handsOver)
    for (const path of plan.directories) attempt(path, () => handOver(path, { account, apply: true }));
  const why = become(account);
  return why === undefined ? undefined : { user: account, why };
}
