import { type Finding, finding } from '../findings/finding.ts';
import { has } from '../zookeeper/features.ts';
import { formatRelease, type Release } from '../zookeeper/release.ts';
import { type FileHead, logState } from './file-head.ts';
import type { DataFile } from './volume-facts.ts';

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

function removed({ path }: FileHead): Finding {
  return finding('ZK-VOLUME-008', {
    subject: path,
    problem: 'is empty, as a kill or a full disk leaves it; ZooKeeper removes it and goes on',
    remedy: 'nothing to do',
  });
}

function unusable({ path, bytes }: FileHead, state: string, release: Release): Finding {
  const nothing = state !== 'foreign';
  return finding('ZK-VOLUME-007', {
    subject: path,
    problem: `${nothing ? `is ${state} (${bytes} bytes)` : 'does not begin as a log does'}: ZooKeeper ${formatRelease(release)} would end with status 1`,
    remedy: nothing
      ? 'move this one file away; no transaction is in it'
      : 'bring the volume back from a copy; or, when a quorum of the others serves, let this member join with an empty volume',
  });
}
