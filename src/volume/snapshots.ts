import { formatRelease, isAtLeast, type Release } from '../distribution/release.ts';
import { type Finding, finding } from '../findings/finding.ts';
import { type FileHead, snapshotState } from './file-head.ts';
import type { Refusable } from './refusable.ts';
import type { VolumeFacts } from './volume-facts.ts';

/** The first release that does not start from logs alone (ZOOKEEPER-2325). */
const NEEDS_SNAPSHOT = '3.5.4';
/** The first release that reads packed snapshots (ZOOKEEPER-3179). */
const READS_PACKED = '3.6.0';

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

/**
 * Snapshots that ZooKeeper would pass over, from the newest few; `all` tells how many there are. A newest one that is
 * cut short is what a kill leaves behind, and the one before it serves (FileSnap.findNValidSnapshots).
 */
export function snapshotFindings(newest: readonly FileHead[], all: number, release: Release): Finding[] {
  const packed = newest.filter(({ file }) => file.packing !== 'plain');
  if (packed.length > 0 && !isAtLeast(release, READS_PACKED))
    return [unreadable(packed[0] as FileHead, release)];
  const damaged = newest.filter((head) => snapshotState(head) !== 'whole');
  if (damaged.length === 0) return [];
  return damaged.length === newest.length && newest.length === all
    ? [noneLeft(damaged[0] as FileHead, all)]
    : damaged.map(passedOver);
}

function unreadable({ path, file }: FileHead, release: Release): Finding {
  return finding('ZK-VOLUME-009', {
    subject: path,
    problem: `is packed with ${file.packing}, which ZooKeeper ${formatRelease(release)} passes over: it would start without what is in it`,
    remedy: `use ZooKeeper ${READS_PACKED} or later`,
  });
}

function noneLeft(head: FileHead, all: number): Finding {
  const which = all === 1 ? 'the only snapshot' : `the newest of ${all} snapshots, all damaged`;
  return finding('ZK-VOLUME-005', {
    subject: head.path,
    problem: `is ${snapshotState(head)} and ${which}: ZooKeeper would pass over it, and end or begin without what was in it`,
    remedy:
      'bring the volume back from a copy; or, when a quorum of the others serves, let this member join with an empty volume',
  });
}

function passedOver(head: FileHead): Finding {
  return finding('ZK-VOLUME-006', {
    subject: head.path,
    problem: `is ${snapshotState(head)} (${head.bytes} bytes), as a kill in the middle of writing leaves it; ZooKeeper goes on from another one`,
    remedy: 'nothing to do; the purge removes it in time',
  });
}
