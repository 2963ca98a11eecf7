import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOCK_FILE } from '../admission/lock-holder.ts';
import { RECORD_FILE } from '../admission/record.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { WaitingFact } from '../health/facts.ts';
import { userToBecome } from '../host/account/privileges.ts';
import { carryOut } from '../host/files/carry-out.ts';
import { monotonicMs } from '../host/monotonic.ts';
import type { Log } from '../host/output/log.ts';
import { type LockOutcome, lock, unlock } from '../host/volume/flock.ts';
import {
  type LockFile,
  type OpenedLock,
  openDirectory,
  openLockFile,
  signLockFile,
  whoHolds,
} from '../host/volume/lock-file.ts';
import type { Settings } from '../settings/table.ts';
import { noLock } from '../volume/strange.ts';
import { Progress } from './progress.ts';

const PAUSE_MS = 250;
/** Beyond what the other's stop may take: until its JVM is killed, its last lines are written and it has ended. */
const GRACE_MS = 5_000;

const ONE_SERVER =
  'stop the other server, or give each server its own volume: two servers on one volume lose acknowledged writes';

/** What a server leaves in its directories. */
const TRACES = ['version-2', 'myid', RECORD_FILE];

type Needed = Pick<
  Settings,
  'dataDir' | 'dataLogDir' | 'user' | 'stopWaitMs' | 'stopDelayMs' | 'stopTimeoutMs'
>;

interface Services {
  readonly log: Log;
  /** Aborted when the start is given up. */
  readonly signal: AbortSignal;
  /** Called once, when another server is found on the volume and before it is waited for. */
  waits(): Promise<void>;
}

/**
 * The one server of a volume: locks both directories, and keeps them locked until this process and the JVM have ended. A
 * directory that is not there yet is locked once it is made: nothing can be read in it, and a start that is refused makes
 * nothing.
 */
export class VolumeHold {
  readonly #settings: Needed;
  readonly #lent: Services;
  readonly #progress: Progress;
  #locked: readonly LockFile[] = [];
  #absent: readonly string[] = [];
  /** What the start waits for now. */
  waiting: WaitingFact | undefined;

  constructor(settings: Needed, lent: Services) {
    this.#settings = settings;
    this.#lent = lent;
    this.#progress = new Progress((sentence) => lent.log.write('info', sentence));
  }

  /** For the JVM to inherit: should this process die without a word, the volume is held until the JVM has ended too. */
  get descriptors(): readonly number[] {
    return this.#locked.map(({ descriptor }) => descriptor);
  }

  /** Waits for another server's end as long as a stop may take; an aborted start is let go. */
  async take(): Promise<Finding[]> {
    const { dataDir, dataLogDir } = this.#settings;
    const directories = [...new Set([dataDir, dataLogDir])];
    this.#absent = directories.filter((directory) => !existsSync(directory));
    const opened = this.#open(directories.filter((directory) => !this.#absent.includes(directory)));
    const untilMs = monotonicMs() + this.#patienceMs;
    for (;;) {
      const { held, findings } = await this.#lockAll(opened);
      if (this.#lent.signal.aborted) return [];
      if (held === undefined) {
        this.waiting = undefined;
        return [...unopened(opened), ...findings];
      }
      if (monotonicMs() >= untilMs) return [this.#refused(held)];
      await this.#waitFor(held);
    }
  }

  /**
   * Makes and locks the directories that were not there, before anything is written. What another server has put into
   * them meanwhile was not looked at, so nothing is waited for: the next start looks again.
   * @throws WriteFailure when one cannot be made.
   */
  async complete(): Promise<Finding[]> {
    const absent = this.#absent;
    if (absent.length === 0) return [];
    carryOut({ directories: absent, files: [] });
    const opened = this.#open(absent);
    const { held, findings } = await this.#lockAll(opened);
    if (this.#lent.signal.aborted) return [];
    if (held !== undefined) return [overtaken(held.directory, ` (${whoHolds(held)})`)];
    const used = absent.find((directory) => TRACES.some((name) => existsSync(join(directory, name))));
    return used === undefined ? [...unopened(opened), ...findings] : [overtaken(used, '')];
  }

  /** What a descendant of the JVM inherited must not keep the volume from the next start. */
  async release(): Promise<void> {
    if (this.#locked.length > 0) await unlock(this.descriptors);
  }

  get #patienceMs(): number {
    const { stopWaitMs, stopDelayMs, stopTimeoutMs } = this.#settings;
    return stopWaitMs + stopDelayMs + stopTimeoutMs + GRACE_MS;
  }

  /** Two paths may lead to one file, and a process that locks it twice would wait for itself. */
  #open(directories: readonly string[]): OpenedLock[] {
    const owner = userToBecome(this.#settings.user);
    const seen = new Set(this.#locked.map(({ identity }) => identity));
    return directories
      .flatMap((directory) => bothLocks(directory, owner))
      .filter((each) => {
        if (each.kind === 'failed') return true;
        return !seen.has(each.file.identity) && seen.add(each.file.identity);
      });
  }

  /** One after the other, each start in the same order: of two at the same time one has them all. */
  async #lockAll(
    opened: readonly OpenedLock[],
  ): Promise<{ held: LockFile | undefined; findings: Finding[] }> {
    const files = opened.flatMap((each) => (each.kind === 'open' ? [each.file] : []));
    const wanted = files.filter((file) => !this.#locked.includes(file)).toSorted(byIdentity);
    const findings: Finding[] = [];
    for (let done = 0; done < wanted.length; ) {
      const { locked, failed } = await this.#lock(wanted.slice(done));
      done += locked;
      const next = wanted[done];
      if (failed === undefined || next === undefined) continue;
      if (failed.kind === 'held') return { held: next, findings };
      findings.push(...notLocked(next, failed.problem));
      done += 1;
    }
    return { held: undefined, findings };
  }

  async #lock(files: readonly LockFile[]): Promise<LockOutcome> {
    const descriptors = files.map(({ descriptor }) => descriptor);
    const outcome = await lock(descriptors, this.#lent.signal);
    const locked = files.slice(0, outcome.locked);
    this.#locked = [...this.#locked, ...locked];
    locked.forEach(signLockFile);
    return outcome;
  }

  async #waitFor(held: LockFile): Promise<void> {
    const atMost = `${this.#patienceMs / 1_000} s at most`;
    const sentence = `${held.directory} is used by another server (${whoHolds(held)}); this start waits until the other server has ended, ${atMost}`;
    const begins = this.waiting === undefined;
    this.waiting = {
      sentence,
      sinceMs: this.waiting?.sinceMs ?? Date.now(),
      remedy: ONE_SERVER,
      isReady: false,
    };
    this.#progress.say(`${sentence}; ${ONE_SERVER}`);
    if (begins) await this.#lent.waits();
    await sleep(PAUSE_MS, undefined, { signal: this.#lent.signal }).catch(() => undefined);
  }

  #refused(held: LockFile): Finding {
    return finding('ZK-VOLUME-031', {
      subject: held.directory,
      problem: `is used by another server (${whoHolds(held)}), which has not ended within ${this.#patienceMs / 1_000} s`,
      remedy: ONE_SERVER,
    });
  }
}

/** The file names the holder of the directory. The lock of the directory itself remains if the file is removed. */
function bothLocks(directory: string, owner: ReturnType<typeof userToBecome>): OpenedLock[] {
  const file = openLockFile(directory, owner);
  const itself = file.kind === 'open' ? openDirectory(directory) : undefined;
  return itself === undefined ? [file] : [file, { kind: 'open', file: itself }];
}

function byIdentity(one: LockFile, other: LockFile): number {
  if (one.isDirectory !== other.isDirectory) return one.isDirectory ? 1 : -1;
  return one.identity < other.identity ? -1 : 1;
}

/** Two starts on a volume without directories: the other one was quicker. */
function overtaken(directory: string, who: string): Finding {
  return finding('ZK-VOLUME-031', {
    subject: directory,
    problem: `is new, and another server${who} already uses it`,
    remedy: ONE_SERVER,
  });
}

function unopened(opened: readonly OpenedLock[]): Finding[] {
  return opened.flatMap((each) => {
    // Where there is no directory to write to, the look at directories refuses the start.
    if (each.kind === 'open' || each.why === 'no directory') return [];
    const path = join(each.directory, LOCK_FILE);
    if (each.why === 'other') return [unlockable(path, each.problem)];
    return [noLock(path, each.problem)];
  });
}

/** Some file systems lock only files. That is enough. */
function notLocked({ directory, isDirectory }: LockFile, problem: string): Finding[] {
  return isDirectory ? [] : [unlockable(join(directory, LOCK_FILE), problem)];
}

function unlockable(path: string, problem: string): Finding {
  return finding('ZK-VOLUME-032', {
    subject: path,
    problem: `cannot be locked (${problem}), so a second server on this volume would not be detected`,
    remedy:
      'add flock (util-linux or busybox) to the image, and use a file system that supports locks; make sure that no two servers use one volume',
  });
}
