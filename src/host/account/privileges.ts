import { type Finding, finding } from '../../findings/finding.ts';
import { describeErrno } from '../errno.ts';
import { isRoot } from '../files/root-path.ts';
import { type Account, findAccount, PASSWD, whyNoNames } from './account.ts';
import { type Capability, isMapped, missingCapabilities } from './capabilities.ts';

/**
 * The user that root gives the directories to and becomes; undefined where we are not root, or stay root since that is
 * who ZK_USER names, or nobody.
 */
export function userToBecome(user: string): Account | undefined {
  const account = isRoot() ? findAccount(user) : undefined;
  return account?.uid === 0 ? undefined : account;
}

/** Says so when we are root and ZK_USER names nobody on this machine. */
export function userFindings(user: string): Finding[] {
  if (!isRoot() || findAccount(user) !== undefined) return [];
  const problem = whyNoNames();
  const where = problem === undefined ? '' : ` (${PASSWD} ${problem}, so no name is known)`;
  return [
    finding('ZK-SETTING-001', {
      subject: 'ZK_USER',
      problem: `"${user}" is not a user of this machine${where}, and ZooKeeper must not run as root by accident`,
      remedy: 'set it to a user that exists, to a uid such as 1000, or to root if that is really meant',
    }),
  ];
}

/** Says so when root here may not do what it has to: give directories away, and become that user. */
export function permissionFindings({ uid, gid }: Account, { gives }: { gives: boolean }): Finding[] {
  const wanted: Capability[] = gives ? ['SETUID', 'SETGID', 'CHOWN'] : ['SETUID', 'SETGID'];
  const missing = missingCapabilities(wanted);
  if (missing.length > 0) {
    return [notPermitted({ uid, gid }, `we are root without the capabilities ${missing.join(', ')}`)];
  }
  const unmapped = [
    ...(isMapped(uid, '/proc/self/uid_map') ? [] : [`uid ${uid}`]),
    ...(isMapped(gid, '/proc/self/gid_map') ? [] : [`gid ${gid}`]),
  ];
  if (unmapped.length === 0) return [];
  return [notPermitted({ uid, gid }, `this user namespace has no ${unmapped.join(' and no ')}`)];
}

function notPermitted({ uid, gid }: Account, why: string): Finding {
  return finding('ZK-VOLUME-042', {
    subject: 'ZK_USER',
    problem: `${why}, so uid ${uid}, gid ${gid} cannot be taken on`,
    remedy: `set runAsUser: ${uid} and fsGroup: ${gid} in the pod's securityContext, so that no root is needed`,
  });
}

/** Gives up root for good, so that neither the JVM nor this program runs with it; says so where the system refuses. */
export function become({ uid, gid }: Account): Finding[] {
  try {
    process.setgroups?.([gid]);
    process.setgid?.(gid);
    process.setuid?.(uid);
    return [];
  } catch (error) {
    return [notPermitted({ uid, gid }, `the system refuses it (${describeErrno(error)})`)];
  }
}
