import { formatRelease, isAtLeast, type Release } from '../distribution/release.ts';
import type { Refusable } from './refusable.ts';
import type { VolumeFacts } from './volume-facts.ts';

/** The first release that does not start from logs alone (ZOOKEEPER-2325). */
const NEEDS_SNAPSHOT = '3.5.4';

/** Logs without any snapshot, as 3.4 may leave them; later releases take that for lost snapshots. */
export function missingSnapshot({ data, log }: VolumeFacts, release: Release): Refusable[] {
  if (data.snapshots.length > 0 || log.logs.length === 0 || !isAtLeast(release, NEEDS_SNAPSHOT)) return [];
  return [
    {
      kind: 'trust-empty-snapshots',
      code: 'ZK-VOLUME-004',
      subject: data.path,
      problem: `has no snapshot, but ${log.path} has logs (${log.logs.length}): ZooKeeper ${formatRelease(release)} would end with status 1`,
      remedy:
        'bring the snapshots back; only when they were never there, as after ZooKeeper 3.4, let snapshot.trust.empty stand for one start with the consent trust-empty-snapshots',
    },
  ];
}
