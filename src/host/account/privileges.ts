import { describeErrno } from '../errno.ts';
import { isRoot } from '../files/root-path.ts';
import { type Account, findAccount } from './account.ts';
import { type Capability, isMapped, missingCapabilities } from './capabilities.ts';

/**
 * The user that root gives the directories to and becomes; undefined where we are not root, or stay root since that is
 * who ZK_USER names, or nobody.
 */
export function userToBecome(user: string): Account | undefined {
  const account = isRoot() ? findAccount(user) : undefined;
  return account?.uid === 0 ? undefined : account;
}

/** True when we are root, and nobody on this machine is called that. */
export function isUnknownUser(user: string): boolean {
  return isRoot() && findAccount(user) === undefined;
}

/** What root here lacks for what it has to do: give directories away, and become that user; undefined where it lacks nothing. */
export function whyNotPermitted({ uid, gid }: Account, { gives }: { gives: boolean }): string | undefined {
  const wanted: Capability[] = gives ? ['SETUID', 'SETGID', 'CHOWN'] : ['SETUID', 'SETGID'];
  const missing = missingCapabilities(wanted);
  if (missing.length > 0) return `we are root without the capabilities ${missing.join(', ')}`;
  const unmapped = [
    ...(isMapped(uid, '/proc/self/uid_map') ? [] : [`uid ${uid}`]),
    ...(isMapped(gid, '/proc/self/gid_map') ? [] : [`gid ${gid}`]),
  ];
  return unmapped.length === 0 ? undefined : `this user namespace has no ${unmapped.join(' and no ')}`;
}

/** Gives up root for good, so that neither the JVM nor this program runs with it; says why where the system refuses. */
export function become({ uid, gid }: Account): string | undefined {
  try {
    process.setgroups?.([gid]);
    process.setgid?.(gid);
    process.setuid?.(uid);
    return undefined;
  } catch (error) {
    return `the system refuses it (${describeErrno(error)})`;
  }
}
