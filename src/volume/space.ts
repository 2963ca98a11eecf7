import { type Finding, finding } from '../findings/finding.ts';
import type { ExtraConfig } from '../settings/kinds/extra-config.ts';
import { formatSize } from '../text/size.ts';
import { has } from '../zookeeper/features.ts';
import type { Release } from '../zookeeper/release.ts';

/** One directory's file system. */
export interface FileSystem {
  /** The nearest directory that exists. */
  readonly path: string;
  readonly device: number;
  readonly freeBytes: number;
  readonly sizeBytes: number;
}

/** What is weighed: the two file systems, and how much the next files take. */
export interface SpaceLook {
  readonly data: FileSystem;
  readonly log: FileSystem;
  /** Of the newest snapshot; 0 where there is none. */
  readonly snapshotBytes: number;
  readonly extraConfig: ExtraConfig;
  readonly release: Release;
  readonly standalone: boolean;
}

/** What ZooKeeper allots to a log at once, in KiB (FilePadding). */
const PREALLOC_KIB = 65_536;
/** With less than this, there is no room for a new log or an epoch. */
const NOTHING_BYTES = 65_536;

/** Too little room for two more snapshots and a log, or for any start at all. */
export function spaceFindings(look: SpaceLook): Finding[] {
  const { data, log, snapshotBytes } = look;
  const prealloc = preallocBytes(look.extraConfig);
  const snapshots = 2 * snapshotBytes;
  const needs =
    data.device === log.device
      ? [{ at: data, bytes: snapshots + prealloc }]
      : [
          { at: data, bytes: snapshots },
          { at: log, bytes: prealloc },
        ];
  const full = fullest(look);
  if (full !== undefined) return [full];
  return [...needs.flatMap(({ at, bytes }) => tooLittle(at, bytes)), ...tooLargeLogs(log, prealloc)];
}

/** A single server writes a snapshot when it starts, and ends with 10 if it cannot. */
function fullest({ data, log, snapshotBytes, release, standalone }: SpaceLook): Finding | undefined {
  if (!has(release, 'snapshotAtStart')) return undefined;
  const least = Math.max(NOTHING_BYTES, standalone ? snapshotBytes : 0);
  const full = data.freeBytes < least ? data : log.freeBytes < NOTHING_BYTES ? log : undefined;
  return (
    full &&
    finding('ZK-SPACE-002', {
      subject: full.path,
      problem: `has ${formatSize(full.freeBytes)} free, where the start itself needs ${formatSize(least)}: ZooKeeper would end with status 10`,
      remedy:
        'enlarge the volume, or free space on it; never remove the newest snapshot and the logs after it',
    })
  );
}

function tooLittle({ path, freeBytes }: FileSystem, needed: number): Finding[] {
  if (freeBytes >= needed) return [];
  return [
    finding('ZK-SPACE-001', {
      subject: path,
      problem: `has ${formatSize(freeBytes)} free, less than the ${formatSize(needed)} that two more snapshots and a log may take`,
      remedy: 'enlarge the volume, or purge more often (ZK_PURGE_INTERVAL, ZK_SNAP_RETAIN_COUNT)',
    }),
  ];
}

function tooLargeLogs({ path, sizeBytes }: FileSystem, prealloc: number): Finding[] {
  if (sizeBytes === 0 || prealloc <= sizeBytes / 2) return [];
  return [
    finding('ZK-SPACE-003', {
      subject: path,
      problem: `has ${formatSize(sizeBytes)} in all, of which one log may take ${formatSize(prealloc)} (preAllocSize)`,
      remedy: 'enlarge the volume, or set a smaller preAllocSize in ZK_EXTRA_CONFIG',
    }),
  ];
}

/** How much ZooKeeper allots to a log at once, in bytes. */
export function preallocBytes(extraConfig: ExtraConfig): number {
  const [, given] = extraConfig.find(([key]) => key === 'preAllocSize') ?? [];
  const kib = given === undefined ? PREALLOC_KIB : Number(given);
  return (Number.isSafeInteger(kib) && kib > 0 ? kib : PREALLOC_KIB) * 1_024;
}
