import { type Finding, finding } from '../findings/finding.ts';
import { formatMode } from '../text/numbers.ts';

/** Whose a file or directory is, and what it allows. */
export interface Owned {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** Who will read and write it: ZooKeeper's user with all its groups. */
export interface Reader {
  readonly uid: number;
  readonly gids: readonly number[];
}

/** What must be allowed, as bits: read 4, write 2, search 1. */
export type Need = 4 | 6 | 7;

/** The first entry that the user of ZooKeeper may not use. One is enough to show the owner of the volume. */
export function ownershipFindings(looked: readonly (Owned & { need: Need })[], reader: Reader): Finding[] {
  const barred = looked.find((each) => !allows(each, reader, each.need));
  if (barred === undefined) return [];
  const group = reader.gids[0];
  const access = barred.need === 4 ? 'read' : 'written';
  return [
    finding('ZK-VOLUME-016', {
      subject: barred.path,
      problem: `cannot be ${access} by ZooKeeper: it belongs to uid ${barred.uid}, gid ${barred.gid}, mode ${formatMode(barred.mode & 0o777)}, and ZooKeeper runs as uid ${reader.uid}, gid ${group}`,
      remedy: `give it to that user (chown -R ${reader.uid}:${group}), or set runAsUser: ${barred.uid}, or fsGroup: ${group} with fsGroupChangePolicy: Always, in the pod's securityContext`,
    }),
  ];
}

/** As the system decides: owner, else group, else others; root is always allowed. */
function allows({ uid, gid, mode }: Owned, reader: Reader, need: Need): boolean {
  if (reader.uid === 0) return true;
  const shift = reader.uid === uid ? 6 : reader.gids.includes(gid) ? 3 : 0;
  return ((mode >> shift) & need) === need;
}
