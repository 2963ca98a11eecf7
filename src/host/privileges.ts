import { type Finding, finding } from '../findings/finding.ts';
import { type Account, findAccount } from './account.ts';

/** As root, the account that directories and the JVM go to; otherwise undefined, since nothing can be given away. */
export function ownerOfFiles(user: string): Account | undefined {
  return process.getuid?.() === 0 ? findAccount(user) : undefined;
}

/** Says so when we are root and ZK_USER names nobody on this machine. */
export function userFindings(user: string): Finding[] {
  if (process.getuid?.() !== 0 || findAccount(user) !== undefined) return [];
  return [
    finding('ZK-SETTING-001', {
      subject: 'ZK_USER',
      problem: `"${user}" is no user of this machine, and root must not run ZooKeeper unasked`,
      remedy: 'set it to a user that exists, to a uid such as 1000, or to root if that is really meant',
    }),
  ];
}

/** The system did not let us become the user that ZooKeeper is to run as. */
export class NotPermitted extends Error {
  override readonly name = 'NotPermitted';
}

/**
 * Gives up root for good, so that neither the JVM nor this program runs with it.
 * @throws NotPermitted where the container lacks the capabilities for it.
 */
export function dropPrivileges({ uid, gid }: Account): void {
  if (uid === 0) return;
  try {
    process.setgroups?.([gid]);
    process.setgid?.(gid);
    process.setuid?.(uid);
  } catch (error) {
    const problem = `cannot become uid ${uid}, gid ${gid} (${error instanceof Error ? error.message : error})`;
    throw new NotPermitted(
      `${problem}: set runAsUser: ${uid} in the securityContext, or allow SETUID and SETGID`,
    );
  }
}
