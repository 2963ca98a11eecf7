import { type Finding, finding } from '../findings/finding.ts';
import { has, sinceOf } from '../zookeeper/features.ts';
import { formatRelease, type Release } from '../zookeeper/release.ts';
import { type EpochFiles, isBeforeFirstQuorum } from './epochs.ts';
import { type FileHead, isPassedOver, snapshotState } from './file-head.ts';
import type { Refusable } from './refusable.ts';
import type { VolumeFacts } from './volume-facts.ts';

/** Logs without any snapshot, as 3.4 may leave them; later releases take that for lost snapshots. */
export function missingSnapshot({ data, log }: VolumeFacts, release: Release): Refusable[] {
  if (data.snapshots.length > 0 || log.logs.length === 0 || !has(release, 'needsSnapshot')) return [];
  return [
    {
      kind: 'trust-empty-snapshots',
      code: 'ZK-VOLUME-004',
      subject: data.path,
      problem: `has no snapshot, but ${log.path} has logs (${log.logs.length}): ZooKeeper ${formatRelease(release)} would end with status 1`,
      remedy:
        'restore the snapshots; only if there were never any, as after ZooKeeper 3.4, give the consent trust-empty-snapshots, which sets snapshot.trust.empty for one start',
    },
  ];
}

/** The snapshots of a volume. */
export interface SnapshotLook {
  /** The newest few of them. */
  readonly newest: readonly FileHead[];
  readonly facts: VolumeFacts;
  readonly epochs: EpochFiles;
  /** Whether the member has peers, from whom it would get the data. */
  readonly standalone: boolean;
  readonly release: Release;
}

/**
 * Snapshots that ZooKeeper would pass over. A newest one that is cut short is what a kill leaves behind, and the one
 * before it serves (FileSnap.findNValidSnapshots).
 */
export function snapshotFindings(look: SnapshotLook): Finding[] {
  const { newest, facts, release } = look;
  const packed = newest.filter(({ file }) => file.packing !== 'plain');
  if (packed.length > 0 && !has(release, 'readsPackedSnapshots'))
    return [unreadable(packed[0] as FileHead, release)];
  const damaged = newest.filter((head) => snapshotState(head) !== 'whole');
  const [first] = damaged;
  if (first === undefined) return [];
  const all = facts.data.snapshots.length;
  if (damaged.length < all) return damaged.map(passedOver);
  return holdsNothing(look) ? damaged.map(neverFinished) : [noneLeft(first, look)];
}

/**
 * True if no snapshot can be read and nothing is lost with them. Only snapshot.0 contains no transaction: a single server
 * writes it again at each start, a leader at each election. The first copy of a leader's data is not acknowledged before
 * currentEpoch is written (Learner.syncWithLeader). Without a snapshot, only 3.4 would read logs.
 */
export function holdsNothing({ newest, facts, epochs, standalone, release }: SnapshotLook): boolean {
  if (newest.length < facts.data.snapshots.length || !newest.every(isPassedOver)) return false;
  if (facts.log.logs.length > 0 && has(release, 'needsSnapshot')) return false;
  if (facts.data.snapshots.every(({ zxid }) => zxid === 0n)) return true;
  return !standalone && facts.log.logs.length === 0 && isBeforeFirstQuorum(epochs);
}

function unreadable({ path, file }: FileHead, release: Release): Finding {
  return finding('ZK-VOLUME-009', {
    subject: path,
    problem: `is packed with ${file.packing}, which ZooKeeper ${formatRelease(release)} ignores: it would start without its data`,
    remedy: `use ZooKeeper ${sinceOf('readsPackedSnapshots')} or later`,
  });
}

function stateWords(head: FileHead): string {
  const state = snapshotState(head);
  return state === 'foreign' ? 'no snapshot by its content' : state;
}

function neverFinished(head: FileHead): Finding {
  return finding('ZK-VOLUME-036', {
    subject: head.path,
    problem: `is ${stateWords(head)} (${head.bytes} bytes), because a server ended while it wrote this file; no acknowledged write is lost`,
    remedy: 'nothing to do; ZooKeeper writes it again',
  });
}

function noneLeft(head: FileHead, { facts }: SnapshotLook): Finding {
  const all = facts.data.snapshots.length;
  const which = all === 1 ? 'the only snapshot' : `the newest of ${all} snapshots, all damaged`;
  return finding('ZK-VOLUME-005', {
    subject: head.path,
    problem: `is ${stateWords(head)} and ${which}: ZooKeeper would ignore it, and end or start without its data`,
    remedy: facts.data.snapshots.every(({ zxid }) => zxid === 0n) ? MOVE_AWAY : BRING_BACK,
  });
}

/** In snapshot.0 there is no transaction. */
const MOVE_AWAY =
  'move this file away, because it has no transactions; if there are logs, the next start asks for the consent trust-empty-snapshots';
const BRING_BACK =
  'restore the volume from a backup; or, if a quorum of the others serves, let this member join with an empty volume';

function passedOver(head: FileHead): Finding {
  return finding('ZK-VOLUME-006', {
    subject: head.path,
    problem: `is ${stateWords(head)} (${head.bytes} bytes), because the server was killed while it wrote; ZooKeeper uses another snapshot`,
    remedy: 'nothing to do; the purge removes it later',
  });
}
