import { type Stats, statSync } from 'node:fs';
import type { Plan } from '../../render/plan.ts';
import type { UserIds } from '../../volume/directories.ts';
import type { Reader } from '../../volume/ownership.ts';
import { describeErrno } from '../errno.ts';
import { attempt } from '../files/carry-out.ts';
import { handOver } from '../files/hand-over.ts';
import { atMost, readText } from '../files/read-file.ts';
import { isRoot } from '../files/root-path.ts';
import { type Account, findAccount } from './account.ts';

/**
 * The user to whom root gives the directories and whom it becomes. Undefined if we are not root, if ZK_USER names root, or if
 * the user does not exist.
 */
export function userToBecome(user: string): Account | undefined {
  const account = isRoot() ? findAccount(user) : undefined;
  return account?.uid === 0 ? undefined : account;
}

/** True if we are root and the machine has no user with this name. */
export function isUnknownUser(user: string): boolean {
  return isRoot() && findAccount(user) === undefined;
}

/** The capabilities that root lacks to give directories away and to become that user; undefined if it has all of them. */
export function whyNotPermitted({ uid, gid }: Account, { gives }: { gives: boolean }): string | undefined {
  const wanted: Capability[] = gives ? ['SETUID', 'SETGID', 'CHOWN'] : ['SETUID', 'SETGID'];
  const missing = missingCapabilities(wanted);
  if (missing.length > 0) return `the start runs as root without the capabilities ${missing.join(', ')}`;
  const unmapped = [
    ...(isMapped(uid, '/proc/self/uid_map') ? [] : [`uid ${uid}`]),
    ...(isMapped(gid, '/proc/self/gid_map') ? [] : [`gid ${gid}`]),
  ];
  return unmapped.length === 0 ? undefined : `this user namespace has no ${unmapped.join(' and no ')}`;
}

/** Gives up root for good, so that neither the JVM nor this program runs as root. Returns why, if the system refuses. */
function become({ uid, gid }: Account): string | undefined {
  try {
    process.setgroups?.([gid]);
    process.setgid?.(gid);
    process.setuid?.(uid);
    return undefined;
  } catch (error) {
    return `the system refuses it (${describeErrno(error)})`;
  }
}

interface Becoming {
  readonly plan: Pick<Plan, 'directories'>;
  /** ZK_USER. */
  readonly user: string;
  /** False if the start is already refused. Then nothing is changed. */
  readonly handsOver: boolean;
}

/**
 * Everything that is done as root: the directories are made and given to the user of ZooKeeper, and then we become that user
 * for good. So nothing that is read, written, asked or answered later can lead to root. Without root it does nothing.
 * Returns the user that the system did not let us become, and why.
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

/** The user of ZooKeeper: our own, or as root the named one; undefined if that user does not exist. */
export function zooKeepersAccount(user: string): Reader | undefined {
  if (!isRoot()) {
    return {
      uid: process.getuid?.() ?? 0,
      gids: [process.getgid?.() ?? 0, ...(process.getgroups?.() ?? [])],
    };
  }
  const account = findAccount(user);
  return account && { uid: account.uid, gids: [account.gid] };
}

/** True if root gives the directory with its content to the user of ZooKeeper, because another user owns it. */
export function isHandedOver(directory: string, user: string): boolean {
  const account = userToBecome(user);
  const stats = account && lookedAt(directory);
  return stats !== undefined && stats.uid !== account?.uid;
}

function lookedAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** What root needs to give files away and to become another user, by its bit (capabilities(7)). */
const BITS = { CHOWN: 0, SETGID: 6, SETUID: 7 } as const;
type Capability = keyof typeof BITS;

/** The wanted capabilities that this process lacks; empty if the system does not show them. */
export function missingCapabilities(
  wanted: readonly Capability[],
  status = '/proc/self/status',
): Capability[] {
  const [, digits] = /^CapEff:\s*([0-9a-f]+)$/m.exec(textOf(status)) ?? [];
  if (digits === undefined) return [];
  const held = BigInt(`0x${digits}`);
  return wanted.filter((name) => ((held >> BigInt(BITS[name])) & 1n) === 0n);
}

/** True unless this user namespace has no such number: `uid_map` and `gid_map` (user_namespaces(7)). */
export function isMapped(id: number, map: string): boolean {
  const ranges = [...textOf(map).matchAll(/^\s*(\d+)\s+\d+\s+(\d+)\s*$/gm)];
  return (
    ranges.length === 0 ||
    ranges.some(([, first, count]) => id >= Number(first) && id < Number(first) + Number(count))
  );
}

function textOf(path: string): string {
  try {
    return readText(path, { maxBytes: atMost.textBytes });
  } catch {
    return '';
  }
}
