import { type Finding, finding } from '../findings/finding.ts';
import type { DataFolder, VolumeFacts } from './volume-facts.ts';

/** A volume may hold any number of them. A few are enough to show the problem. */
const TOLD = 3;

/** Entries that make ZooKeeper wait or end: folders that cannot be listed, and names of files that are not regular files. */
export function strangeFindings({ data, log }: VolumeFacts): Finding[] {
  return [...new Set([data, log])].flatMap((folder) => [...unlisted(folder), ...notFiles(folder)]);
}

function unlisted({ path, problem }: DataFolder): Finding[] {
  if (problem === undefined) return [];
  const remedy = 'look at the volume; remove foreign files, or restore the volume';
  return [finding('ZK-VOLUME-043', { subject: path, problem, remedy })];
}

function notFiles({ strange = [] }: DataFolder): Finding[] {
  return strange.slice(0, TOLD).map(({ path, problem }) => {
    const remedy = 'remove it, or restore the file that belongs there';
    return finding('ZK-FILE-001', { subject: path, problem, remedy });
  });
}

/** Entries at the path of a lock file that are not regular files. */
export function noLock(subject: string, problem: string): Finding {
  const remedy = 'look at it and remove it; the next start makes a new lock file';
  return finding('ZK-VOLUME-033', { subject, problem, remedy });
}
