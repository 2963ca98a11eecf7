import { type Stats, statSync } from 'node:fs';
import type { Reader } from '../../volume/ownership.ts';
import { isRoot } from '../files/root-path.ts';
import { findAccount } from './account.ts';
import { userToBecome } from './privileges.ts';

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
