import { existsSync, statSync, unlinkSync, watch } from 'node:fs';
import { join } from 'node:path';
import { describeErrno, errorCode } from '../errno.ts';
import { carryOut } from '../files/carry-out.ts';
import { atMost, readText } from '../files/read-file.ts';

/** The file on the data volume while this member is held. No JVM runs then. */
export const HOLD_FILE = 'zk-entrypoint.hold';

const NOT_MADE_YET_MS = 1_000;

/** Since when a member is held (epoch milliseconds), and why, in the words of the person; empty where none were given. */
export interface Held {
  readonly sinceMs: number;
  readonly reason: string;
}

/** The hold of the member of this data directory; undefined without a hold. A file that cannot be read also holds. */
export function readHold(dataDir: string): Held | undefined {
  const path = join(dataDir, HOLD_FILE);
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? undefined : { sinceMs: stats.mtimeMs, reason: reasonIn(path) };
}

function reasonIn(path: string): string {
  try {
    return readText(path, { maxBytes: atMost.lineBytes, lies: 'volume' }).trim();
  } catch (error) {
    return `${HOLD_FILE} ${describeErrno(error)}`;
  }
}

/** Holds the member, also if its data directory does not exist yet. @throws WriteFailure */
export function leaveHold(dataDir: string, reason: string): void {
  const path = join(dataDir, HOLD_FILE);
  const directories = existsSync(dataDir) ? [] : [dataDir];
  carryOut({ directories, files: [{ path, mode: 0o644, content: `${reason}\n`, onlyIfAbsent: false }] });
}

/** Releases the member; false if it was not held. @throws the system call's error */
export function removeHold(dataDir: string): boolean {
  try {
    unlinkSync(join(dataDir, HOLD_FILE));
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Calls `held` once the file is there, until `signal` is aborted; costs nothing while nothing in the directory changes
 * (inotify(7)). `failed` gets the reason where the directory cannot be watched.
 */
export function watchHold(
  dataDir: string,
  { signal, held, failed }: { readonly signal: AbortSignal; held(): void; failed(problem: string): void },
): void {
  const look = () => {
    if (!signal.aborted && existsSync(join(dataDir, HOLD_FILE))) held();
  };
  if (signal.aborted) return;
  // A first start makes its data directory just before its JVM, and may wait for its peers until then.
  if (!existsSync(dataDir)) {
    setTimeout(() => watchHold(dataDir, { signal, held, failed }), NOT_MADE_YET_MS).unref();
    return;
  }
  try {
    const watcher = watch(dataDir, { persistent: false, signal }, (_, name) => {
      if (name === HOLD_FILE) look();
    });
    watcher.on('error', (error) => failed(describeErrno(error)));
    look();
  } catch (error) {
    failed(describeErrno(error));
  }
}
