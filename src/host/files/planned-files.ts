import { existsSync, realpathSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOCK_FILE } from '../../admission/lock-holder.ts';
import { RECORD_FILE } from '../../admission/record.ts';
import type { Plan } from '../../render/plan.ts';
import type { RenderedFile } from '../../render/plan-input.ts';
import type { Settings } from '../../settings/table.ts';
import type { PlannedLook } from '../../volume/planned-files.ts';
import type { Room } from '../../volume/room.ts';
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

/** What is at the path of each file that will be written. */
export function lookAtPlannedFiles({ plan, settings }: Planned): PlannedLook {
  const toWrite = plan.files.filter((file) => !file.onlyIfAbsent && !isInPlace(file));
  const others = [join(settings.dataLogDir, 'initialize'), join(settings.dataDir, CONSENT_FILE)];
  const paths = toWrite.map(({ path }) => path);
  const inTheWay = [...paths, ...others].flatMap((path) => problemAt(path, whyNotReplaceable));
  const blocked = new Set(inTheWay.map(({ path }) => path));
  return {
    inTheWay,
    // The start takes these locks first. A check that takes no locks reports them here.
    locks: [...new Set([settings.dataDir, settings.dataLogDir])].flatMap((directory) =>
      problemAt(join(directory, LOCK_FILE), whyNoLock),
    ),
    mountedAlone: mountedAlone(paths.filter((path) => !blocked.has(path))),
    room: roomOf(toWrite, settings),
    terminationLog: problemAt(settings.terminationLog, whyNotWritten)[0],
  };
}

/** If a directory cannot be searched, that is reported for the directory, not for the files below it. */
function problemAt(
  path: string,
  whyNot: (path: string) => string | undefined,
): { path: string; problem: string }[] {
  const problem = tried(() => whyNot(path));
  return problem === undefined ? [] : [{ path, problem }];
}

function tried<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

/** A mount point cannot be renamed over (rename(2), EBUSY): a ConfigMap's single file by `subPath`. */
function mountedAlone(paths: readonly string[]): string[] {
  const points = new Set(mounts().map(({ point }) => point));
  return paths.filter((path) => points.has(tried(() => realpathSync(path)) ?? ''));
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
  // Some file systems make inodes when they are needed, and report none.
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

/** RLIMIT_FSIZE in bytes (getrlimit(2)); undefined without a limit. */
function fileLimit(): number | undefined {
  const limits = tried(() => readText('/proc/self/limits', { maxBytes: atMost.textBytes })) ?? '';
  const [, soft] = /^Max file size\s+(\d+)\s/m.exec(limits) ?? [];
  return soft === undefined ? undefined : Number(soft);
}
