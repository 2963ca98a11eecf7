import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOCK_FILE } from '../admission/lock-holder.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { WaitingFact } from '../health/facts.ts';
import type { Account } from '../host/account.ts';
import { carryOut } from '../host/carry-out.ts';
import { type LockOutcome, lock, unlock } from '../host/flock.ts';
import { handOver } from '../host/hand-over.ts';
import { type LockFile, type OpenedLock, openLockFile, signLockFile, whoHolds } from '../host/lock-file.ts';
import type { Log } from '../host/log.ts';
import { userToBecome } from '../host/privileges.ts';
import type { Settings } from '../settings/table.ts';
import { Progress } from './progress.ts';

const PAUSE_MS = 250;
/** Beyond what the other's stop may take: until its JVM is killed, its last lines are written and it has ended. */
const GRACE_MS = 5_000;

const ONE_SERVER =
  'stop the other server, or give each server its own volume: two servers on one volume lose acknowledged writes';

type Needed = Pick<Settings, 'dataDir' | 'dataLogDir' | 'user' | 'stopDelayMs' | 'stopTimeoutMs'>;

interface Lent {
  readonly log: Log;
  /** Aborted when the start is given up. */
  readonly signal: AbortSignal;
  /** Called once, when another server is found on the volume and before it is waited for. */
  waits(): Promise<void>;
}

/** The one server of a volume: locks both directories, and keeps them locked until this process and the JVM have ended. */
export class VolumeHold {
  readonly #settings: Needed;
  readonly #lent: Lent;
  readonly #progress: Progress;
  #locked: readonly LockFile[] = [];
  /** What the start waits for now. */
  waiting: WaitingFact | undefined;

  constructor(settings: Needed, lent: Lent) {
    this.#settings = settings;
    this.#lent = lent;
    this.#progress = new Progress((sentence) => {
      lent.log.write('info', sentence);
      void lent.log.flush();
    });
  }

  /** For the JVM to inherit: should this process die without a word, the volume is held until the JVM has ended too. */
  get descriptors(): readonly number[] {
    return this.#locked.map(({ descriptor }) => descriptor);
  }

  /** Waits for another server's end as long as a stop may take; an aborted start is let go. */
  async take(): Promise<Finding[]> {
    const opened = this.#open();
    const untilMs = performance.now() + this.#patienceMs;
    for (;;) {
      const { held, findings } = await this.#lockAll(opened);
      if (this.#lent.signal.aborted) return [];
      if (held === undefined) {
        this.waiting = undefined;
        return [...unopened(opened), ...findings];
      }
      if (performance.now() >= untilMs) return [this.#refused(held)];
      await this.#waitFor(held);
    }
  }

  /** What a descendant of the JVM inherited must not keep the volume from the next start. */
  async release(): Promise<void> {
    await Promise.all(this.descriptors.map(unlock));
  }

  get #patienceMs(): number {
    return this.#settings.stopDelayMs + this.#settings.stopTimeoutMs + GRACE_MS;
  }

  /** Two paths may lead to one file, and whoever locks it twice waits for itself. */
  #open(): OpenedLock[] {
    const { dataDir, dataLogDir, user } = this.#settings;
    const owner = userToBecome(user);
    const directories = [...new Set([dataDir, dataLogDir])];
    makeAbsent(directories, owner);
    const seen = new Set<string>();
    return directories
      .map((directory) => openLockFile(directory, owner))
      .filter((each) => {
        if (each.kind === 'failed') return true;
        return !seen.has(each.file.identity) && seen.add(each.file.identity);
      });
  }

  async #lockAll(
    opened: readonly OpenedLock[],
  ): Promise<{ held: LockFile | undefined; findings: Finding[] }> {
    const files = opened.flatMap((each) => (each.kind === 'open' ? [each.file] : []));
    const wanted = files.filter((file) => !this.#locked.includes(file));
    const outcomes = await Promise.all(wanted.map((file) => this.#lock(file)));
    const findings = wanted.flatMap((file, index) => notLocked(file, outcomes[index]));
    return { held: wanted.find((_, index) => outcomes[index]?.kind === 'held'), findings };
  }

  async #lock(file: LockFile): Promise<LockOutcome> {
    const outcome = await lock(file.descriptor, this.#lent.signal);
    if (outcome.kind !== 'locked') return outcome;
    this.#locked = [...this.#locked, file];
    signLockFile(file);
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

/** A lock needs its directory; what cannot be made is told by the look at directories. */
function makeAbsent(directories: readonly string[], owner: Account | undefined): void {
  const absent = directories.filter((directory) => !existsSync(directory));
  try {
    if (owner === undefined) carryOut({ directories: absent, files: [] });
    else for (const directory of absent) handOver(directory, { account: owner, apply: true });
  } catch {
    // Opening the lock file says why.
  }
}

function unopened(opened: readonly OpenedLock[]): Finding[] {
  return opened.flatMap((each) => {
    if (each.kind === 'open') return [];
    const path = join(each.directory, LOCK_FILE);
    if (!each.foreign) return [unlockable(path, each.problem)];
    return [
      finding('ZK-VOLUME-033', {
        subject: path,
        problem: each.problem,
        remedy: 'look at it and remove it; the next start makes a new lock file',
      }),
    ];
  });
}

function notLocked({ directory }: LockFile, outcome: LockOutcome | undefined): Finding[] {
  return outcome?.kind === 'impossible' ? [unlockable(join(directory, LOCK_FILE), outcome.problem)] : [];
}

function unlockable(path: string, problem: string): Finding {
  return finding('ZK-VOLUME-032', {
    subject: path,
    problem: `cannot be locked (${problem}), so a second server on this volume would not be noticed`,
    remedy:
      'add flock (util-linux or busybox) to the image, and use a file system that supports locks; make sure that no two servers use one volume',
  });
}
