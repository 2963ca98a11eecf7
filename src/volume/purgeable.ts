import { type FileHead, isPassedOver } from './file-head.ts';
import type { DataFile, VolumeFacts } from './volume-facts.ts';

/** ZooKeeper always keeps at least this many (PurgeTxnLog.purge). */
export const LEAST_KEPT = 3;

/** What a purge would remove, by path. */
export interface Purge {
  readonly snapshots: readonly string[];
  readonly logs: readonly string[];
}

const NOTHING: Purge = { snapshots: [], logs: [] };

/**
 * Exactly what ZooKeeper's own purge would remove (PurgeTxnLog.purgeOlderSnapshots, FileTxnLog.getLogFiles): snapshots older than
 * the oldest of the newest `keep` that are whole, and logs that end before that one begins; nothing where fewer are whole. `head`
 * gives the ends of a file, undefined for one that cannot be read.
 */
export function purgeable(
  { data, log }: VolumeFacts,
  { keep, head }: { readonly keep: number; head(file: DataFile): FileHead | undefined },
): Purge {
  const wanted = Math.max(LEAST_KEPT, keep);
  const whole: DataFile[] = [];
  for (const file of data.snapshots) {
    if (whole.length === wanted) break;
    const ends = head(file);
    if (ends !== undefined && !isPassedOver(ends)) whole.push(file);
  }
  const oldest = whole.at(-1)?.zxid;
  // ZooKeeper would go on with the fewer; a volume in need is no place to be as bold.
  if (oldest === undefined || whole.length < LEAST_KEPT) return NOTHING;
  // The newest first: the log in which the oldest snapshot that stays begins.
  const firstKept = log.logs.find(({ zxid }) => zxid <= oldest)?.zxid ?? 0n;
  const older = (files: readonly DataFile[], limit: bigint, path: string) =>
    files.filter(({ zxid }) => zxid < oldest && zxid < limit).map(({ name }) => `${path}/${name}`);
  return { snapshots: older(data.snapshots, oldest, data.path), logs: older(log.logs, firstKept, log.path) };
}
