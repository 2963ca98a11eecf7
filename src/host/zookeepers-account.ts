import { statSync } from 'node:fs';
import type { Reader } from '../volume/ownership.ts';
import { findAccount } from './account.ts';

/** Who ZooKeeper will run as: we ourselves, or as root the user that is named; undefined when there is no such user. */
export function zooKeepersAccount(user: string): Reader | undefined {
  if (process.getuid?.() !== 0) {
    return {
      uid: process.getuid?.() ?? 0,
      gids: [process.getgid?.() ?? 0, ...(process.getgroups?.() ?? [])],
    };
  }
  const account = findAccount(user);
  return account && { uid: account.uid, gids: [account.gid] };
}

/** True when root gives the directory with all that is in it to ZooKeeper's user, since it is somebody else's. */
export function isHandedOver(directory: string, uid: number): boolean {
  const stats = statSync(directory, { throwIfNoEntry: false });
  return process.getuid?.() === 0 && stats !== undefined && stats.uid !== uid;
}
