import { existsSync, realpathSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOCK_FILE } from '../../admission/lock-holder.ts';
import { RECORD_FILE } from '../../admission/record.ts';
import { type Finding, finding } from '../../findings/finding.ts';
import type { Plan } from '../../render/plan.ts';
import type { RenderedFile } from '../../render/plan-input.ts';
import type { Settings } from '../../settings/table.ts';
import { type Room, roomFindings } from '../../volume/room.ts';
import { noLock } from '../../volume/strange.ts';
import { whyNotWritten } from '../output/termination-log.ts';
import { CONSENT_FILE } from '../volume/consent-file.ts';
import { whyNoLock } from '../volume/lock-file.ts';
import { mounts, nearestExisting } from '../volume/read-places.ts';
import { regularFile } from './foreign.ts';
import { atMost, readText } from './read-file.ts';
import { isInPlace, whyNotReplaceable } from './write-file.ts';

interface Planned {
  readonly plan: Pick<Plan, 'files'>;
  readonly settings: Pick<Settings, 'dataDir' | 'dataLogDir' | 'terminationLog' | 'extraConfig'>;
}

/** What keeps files from being written: what stands in their place, a mount, and too little room. */
export function plannedFindings({ plan, settings }: Planned): Finding[] {
  const toWrite = plan.files.filter((file) => !file.onlyIfAbsent && !isInPlace(file));
  const others = [join(settings.dataLogDir, 'initialize'), join(settings.dataDir, CONSENT_FILE)];
  return [
    ...[...toWrite.map(({ path }) => path), ...others].flatMap(standingInTheWay),
    ...locksInTheWay(settings),
    ...mountedAlone(toWrite),
    ...roomFindings(roomOf(toWrite, settings)),
    ...terminationLogFindings(settings.terminationLog),
  ];
}

function standingInTheWay(path: string): Finding[] {
  const problem = tried(() => whyNotReplaceable(path));
  if (problem === undefined) return [];
  return [
    finding('ZK-FILE-004', {
      subject: path,
      problem: `${problem}, and a file is to be written there`,
      remedy: 'remove it',
    }),
  ];
}

/** The start takes these locks first of all; whoever only looks tells of them here. */
function locksInTheWay({ dataDir, dataLogDir }: Planned['settings']): Finding[] {
  return [...new Set([dataDir, dataLogDir])].flatMap((directory) => {
    const path = join(directory, LOCK_FILE);
    const problem = tried(() => whyNoLock(path));
    return problem === undefined ? [] : [noLock(path, problem)];
  });
}

/** What lies below what cannot be searched is told of the directory. */
function tried<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** A mount point cannot be renamed over (rename(2), EBUSY): a ConfigMap's single file by `subPath`. */
function mountedAlone(files: readonly RenderedFile[]): Finding[] {
  const points = new Set(mounts().map(({ point }) => point));
  const alone = files.filter(
    ({ path }) => points.has(tried(() => realpathSync(path)) ?? '') && !standingInTheWay(path).length,
  );
  return alone.map(({ path }) =>
    finding('ZK-FILE-002', {
      subject: path,
      problem: 'is a mount point of its own, so the file that is to be written cannot take its place',
      remedy:
        'do not mount a single file there (subPath); use the ZK_ variables instead of a ready-made file',
    }),
  );
}

function terminationLogFindings(path: string): Finding[] {
  const problem = whyNotWritten(path);
  if (problem === undefined) return [];
  return [
    finding('ZK-FILE-003', {
      subject: path,
      problem: `${problem}, so the reason of an end is not written there (ZK_TERMINATION_LOG)`,
      remedy: 'give the path of a regular file; in Kubernetes the one of terminationMessagePath',
    }),
  ];
}

/** The record of a first start is about as large as this; a later one mostly stays as it is. */
const RECORD_BYTES = 4_096;

function roomOf(files: readonly RenderedFile[], { dataDir, extraConfig }: Planned['settings']): Room {
  const sizes = files.map(({ path, content }) => ({ path, bytes: Buffer.byteLength(content) }));
  const record = join(dataDir, RECORD_FILE);
  const all = existsSync(record) ? sizes : [...sizes, { path: record, bytes: RECORD_BYTES }];
  return {
    files: all.map(({ path, bytes }) => ({ path, bytes, ...placeOf(path) })),
    fileLimitBytes: fileLimit(),
    extraConfig,
  };
}

function placeOf(path: string): Omit<Room['files'][number], 'path' | 'bytes'> {
  const folder = nearestExisting(dirname(path));
  const { bavail, bsize, files, ffree } = statfsSync(folder);
  // Some file systems make inodes as they are needed and tell of none.
  const freeEntries = files === 0 ? undefined : ffree;
  return {
    folder,
    device: statSync(folder).dev,
    replacedBytes: regularFile(path)?.size ?? 0,
    freeBytes: bavail * bsize,
    blockBytes: bsize,
    freeEntries,
  };
}

/** RLIMIT_FSIZE in bytes (getrlimit(2)); undefined where there is none. */
function fileLimit(): number | undefined {
  const limits = tried(() => readText('/proc/self/limits', { maxBytes: atMost.textBytes })) ?? '';
  const [, soft] = /^Max file size\s+(\d+)\s/m.exec(limits) ?? [];
  return soft === undefined ? undefined : Number(soft);
}
