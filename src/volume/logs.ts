import { formatRelease, isAtLeast, type Release } from '../distribution/release.ts';
import { type Finding, finding } from '../findings/finding.ts';
import { type FileHead, logState } from './file-head.ts';

/** The first release that removes an empty newest log instead of ending (ZOOKEEPER-2332). */
const REMOVES_EMPTY = '3.9.3';

/** The newest log, when its header would end ZooKeeper with status 1 (FileTxnLog.FileTxnIterator). */
export function logFindings(newest: FileHead | undefined, release: Release): Finding[] {
  if (newest === undefined) return [];
  const state = logState(newest);
  if (state === 'whole') return [];
  if (state === 'empty' && isAtLeast(release, REMOVES_EMPTY)) return [removed(newest)];
  return [unusable(newest, state, release)];
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
