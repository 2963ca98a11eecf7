import { type Finding, finding } from '../findings/finding.ts';
import { has } from '../zookeeper/features.ts';
import { formatRelease, type Release } from '../zookeeper/release.ts';
import { type FileHead, logState } from './file-head.ts';
import type { DataFile, DataFolder } from './volume-facts.ts';

/**
 * Those that ZooKeeper opens, newest first: all that begin after the snapshot, and the one before them. Without a snapshot
 * it opens all (FileTxnLog.FileTxnIterator.init).
 */
export function openedLogs(logs: readonly DataFile[], snapshotZxid: bigint | undefined): readonly DataFile[] {
  const from = snapshotZxid ?? -1n;
  const before = logs.findIndex(({ zxid }) => zxid <= from);
  return before === -1 ? logs : logs.slice(0, before + 1);
}

/** Of the opened logs, newest first, those whose header would end ZooKeeper with status 1. */
export function logFindings(opened: readonly FileHead[], release: Release): Finding[] {
  return opened.flatMap((log, index) => {
    const state = logState(log);
    if (state === 'whole') return [];
    if (index === 0 && state === 'empty' && has(release, 'removesEmptyLog')) return [removed(log)];
    return [unusable(log, state, release)];
  });
}

/** A log that ends within a record, although a later log exists that does not continue there. */
export interface TornLog {
  readonly path: string;
  /** Of the log that follows. */
  readonly next: DataFile;
}

/**
 * ZooKeeper takes a record that ends too early for the end of a log and goes on with the next one. Within an epoch a gap is seen by its
 * numbers; where the next log begins a later epoch, nothing tells that transactions are missing.
 */
export function tornFindings(
  torn: readonly TornLog[],
  opened: readonly FileHead[],
  { path: folder, snapshots }: DataFolder,
): Finding[] {
  return torn.flatMap(({ path, next }) => {
    if (opened.some((log) => log.path === path))
      return [
        finding('ZK-VOLUME-054', {
          subject: path,
          problem: `ends within a record, and ${next.name} does not continue there: ZooKeeper would start without the transactions between them`,
          remedy:
            'if a quorum of the others serves, let this member join with an empty volume; otherwise restore the volume from a backup',
        }),
      ];
    const names = leadingTo(next, snapshots).map(({ name }) => `${folder}/${name}`);
    return names.length === 0
      ? []
      : [
          finding('ZK-VOLUME-055', {
            subject: path,
            problem: `ends within a record; if the newest snapshot is damaged, ZooKeeper would go back to ${names.join(', ')} and start without the transactions that are missing`,
            remedy: `move ${names.length === 1 ? 'this older snapshot' : 'these older snapshots'} away; with ZK_REPAIR=quorum the start does so`,
          }),
        ];
  });
}

/** The snapshots from which the way to the present leads through what is before this log. */
export function leadingTo({ zxid }: DataFile, snapshots: readonly DataFile[]): readonly DataFile[] {
  return snapshots.filter((snapshot) => snapshot.zxid < zxid - 1n);
}

function removed({ path }: FileHead): Finding {
  return finding('ZK-VOLUME-008', {
    subject: path,
    problem: 'is empty, because of a kill or a full disk; ZooKeeper removes it and continues',
    remedy: 'nothing to do',
  });
}

function unusable({ path, bytes }: FileHead, state: string, release: Release): Finding {
  const nothing = state !== 'foreign';
  return finding('ZK-VOLUME-007', {
    subject: path,
    problem: `${nothing ? `is ${state} (${bytes} bytes)` : 'does not begin like a log'}: ZooKeeper ${formatRelease(release)} would end with status 1`,
    remedy: nothing
      ? 'move only this file away; it has no transactions'
      : 'restore the volume from a backup; or, if a quorum of the others serves, let this member join with an empty volume',
  });
}
