import { type Finding, finding } from '../findings/finding.ts';
import { counted } from '../text/numbers.ts';
import { has } from '../zookeeper/features.ts';
import { compareReleases, formatRelease, parseRelease, type Release } from '../zookeeper/release.ts';
import type { Refusable } from './refusable.ts';
import type { DataFolder, VolumeFacts } from './volume-facts.ts';

/** The facts of the last start in the record of the volume that matter here. */
export interface LastStart {
  readonly zookeeper: string;
  readonly dataLogDir: string;
}

/** Logs or snapshots where this server does not look for them: it would start without them, or end with 3. */
export function misplacedFindings({ data, log }: VolumeFacts): Finding[] {
  if (data === log) return [];
  return [
    ...misplaced(data, { what: 'log', found: data.logs.length, belongs: log.path }),
    ...misplaced(log, { what: 'snapshot', found: log.snapshots.length, belongs: data.path }),
  ];
}

function misplaced(
  { path }: DataFolder,
  { what, found, belongs }: { what: string; found: number; belongs: string },
): Finding[] {
  if (found === 0) return [];
  return [
    finding('ZK-VOLUME-013', {
      subject: path,
      problem: `holds ${counted(found, what)}, but ZooKeeper looks for them in ${belongs}, as after a change of ZK_DATA_LOG_DIR`,
      remedy: `set ZK_DATA_LOG_DIR to its previous value, or move the ${what} files to ${belongs} while no server runs`,
    }),
  ];
}

/**
 * Where both settings lead to one directory, ZooKeeper takes it for two, finds the files of one in the other, and ends at
 * the second start (FileTxnSnapLog, ZOOKEEPER-2967). One below the other does no harm.
 */
export function oneDirectory(data: string, log: string, dataDir: string): Finding {
  return finding('ZK-VOLUME-034', {
    subject: log,
    problem: `is the same directory as ${data} (by a link or a mount): ZooKeeper treats them as two directories, and ends at the second start`,
    remedy: `set ZK_DATA_LOG_DIR to ${dataDir}, or to another directory`,
  });
}

/** Logs that the last start wrote elsewhere; `left` is what lies there now, undefined where nothing can be listed. */
export function movedFindings({ data, log }: VolumeFacts, left: DataFolder | undefined): Finding[] {
  if (left === undefined || left.path === log.path || left.path === data.path || left.logs.length === 0)
    return [];
  const newest = left.logs[0]?.zxid ?? 0n;
  if (log.logs.some(({ zxid }) => zxid >= newest)) return [];
  return [
    finding('ZK-VOLUME-013', {
      subject: left.path,
      problem: `has the logs of the last start, but ZooKeeper now looks for them in ${log.path}: it would start without their transactions`,
      remedy: 'set ZK_DATA_LOG_DIR to its previous value, or move the log files while no server runs',
    }),
  ];
}

/** Data of a newer ZooKeeper than the one that is to start. */
export function downgrade(
  last: LastStart | undefined,
  release: Release,
  subject: string,
): {
  readonly findings: Finding[];
  readonly asked: Refusable[];
} {
  const before = last === undefined ? undefined : parseRelease(last.zookeeper);
  if (before === undefined || compareReleases(release, before) >= 0) return { findings: [], asked: [] };
  const words = {
    subject,
    problem: `was last used by ZooKeeper ${formatRelease(before)}, and this is the older ${formatRelease(release)}`,
    remedy: `use ${formatRelease(before)} or a later release`,
  };
  if (has(before, 'digestsInFiles') && !has(release, 'digestsInFiles')) {
    return { findings: [], asked: [{ kind: 'downgrade', code: 'ZK-VOLUME-014', ...words }] };
  }
  return { findings: [finding('ZK-VOLUME-015', words)], asked: [] };
}

/** ZooKeeper looks for `initialize` beside the logs (FileTxnSnapLog), while its script puts it into dataDir. */
export function initializeFindings({ data, log }: VolumeFacts, inDataDir: boolean): Finding[] {
  if (!inDataDir || data === log) return [];
  return [
    finding('ZK-VOLUME-012', {
      subject: data.path.replace(/version-2$/, 'initialize'),
      problem: 'has no effect, since dataLogDir is another directory',
      remedy: 'remove it; zk-entrypoint itself decides which members start with empty data',
    }),
  ];
}
