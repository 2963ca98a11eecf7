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
  if (missing.length > 0) return `the start runs as root without the capabilities ${missing.join(', ')}`;
  const unmapped = [
    ...(isMapped(uid, '/proc/self/uid_map') ? [] : [`uid ${uid}`]),
    ...(isMapped(gid, '/proc/self/gid_map') ? [] : [`gid ${gid}`]),
  ];
  return unmapped.length === 0 ? undefined : `this user namespace has no ${unmapped.join(' and no ')}`;
}

/** Gives up root for good, so that neither the JVM nor this program runs with it; says why where the system refuses. */
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

/** Who ZooKeeper will run as: we ourselves, or as root the user that is named; undefined when there is no such user. */
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

/** True when root gives the directory with all that is in it to ZooKeeper's user, since it is somebody else's. */
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

/** Those of the wanted that this process lacks; none where the system does not tell. */
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
