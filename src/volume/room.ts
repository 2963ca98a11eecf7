import { type Finding, finding } from '../findings/finding.ts';
import type { ExtraConfig } from '../settings/kinds/extra-config.ts';
import { preallocBytes } from './space.ts';

/** The files that are to be written, and what each finds where it goes. */
export interface Room {
  readonly files: readonly RoomFor[];
  /** The most that a file may have, in bytes; undefined without a limit. */
  readonly fileLimitBytes: number | undefined;
  readonly extraConfig: ExtraConfig;
}

/** One file and its file system. */
interface RoomFor {
  readonly path: string;
  readonly bytes: number;
  /** The nearest directory that exists. */
  readonly folder: string;
  readonly device: number;
  /** What the file has that it takes the place of, which is free only afterwards. */
  readonly replacedBytes: number;
  readonly freeBytes: number;
  readonly blockBytes: number;
  /** How many files can still be made; undefined where that is not counted. */
  readonly freeEntries: number | undefined;
}

/** Files that could not be written whole: each is written beside the one that it replaces. */
export function roomFindings({ files, fileLimitBytes, extraConfig }: Room): Finding[] {
  const byDevice = Map.groupBy(files, ({ device }) => device);
  const full = [...byDevice.values()].flatMap((those) => tooFull(those));
  return [...full, ...limited(fileLimitBytes, preallocBytes(extraConfig))];
}

function tooFull(files: readonly RoomFor[]): Finding[] {
  const [{ folder, freeBytes, freeEntries }] = files as [RoomFor];
  if (freeEntries === 0) return [noRoom(folder, 'has no inode left, so no file can be made')];
  let left = freeBytes;
  for (const { path, bytes, replacedBytes, blockBytes } of files) {
    const needed = Math.ceil(bytes / blockBytes) * blockBytes;
    if (left < needed)
      return [noRoom(folder, `has ${freeBytes} bytes free, too few to write ${path} (${bytes} bytes)`)];
    left += Math.ceil(replacedBytes / blockBytes) * blockBytes - needed;
  }
  return [];
}

function noRoom(subject: string, problem: string): Finding {
  return finding('ZK-SPACE-004', { subject, problem, remedy: 'free space on that volume or enlarge it' });
}

/** ZooKeeper allots this much to a log before its first transaction, and ends when it cannot (FilePadding). */
function limited(limitBytes: number | undefined, preallocatedBytes: number): Finding[] {
  if (limitBytes === undefined || limitBytes >= preallocatedBytes) return [];
  return [
    finding('ZK-SPACE-004', {
      subject: 'ulimit -f',
      problem: `lets a file have ${limitBytes} bytes, and ZooKeeper allots ${preallocatedBytes} to a log`,
      remedy: 'raise that limit, or set a smaller preAllocSize in ZK_EXTRA_CONFIG',
    }),
  ];
}
