import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';

/** The result of locking open files one after the other, up to the first that could not be locked. */
export interface LockOutcome {
  /** How many of the files are locked now, from the first on. */
  readonly locked: number;
  /** Why the next one is not locked; undefined if it was not tried or if there is no next one. */
  readonly failed?: LockFailure;
}

export type LockFailure =
  | { readonly kind: 'held' }
  /** Locks do not work here; the reason in words that follow the path. */
  | { readonly kind: 'impossible'; readonly problem: string };

/** The status of util-linux and busybox if another process holds the lock. They print nothing then. */
const CONFLICT = 1;
const LONGEST_WORDS = 200;

const SHELL = '/bin/sh';
/** A line for each file that is locked; then what flock says. Starting one process costs more than all locks. */
const LOCK_EACH = 'exec 2>&1; for each; do "$0" -n "$each" || exit; echo; done';
const UNLOCK_EACH = 'for each; do "$0" -u "$each"; done';

/**
 * Locks the open files in this order, and stops at the first that cannot be locked. A lock of flock(2) belongs to the
 * open file description, so it is ours although the system's `flock` takes it, Node having no such call. It lasts as
 * long as any process has that description open, and the kernel gives it back with the last of them, however it ended.
 */
export function lock(descriptors: readonly number[], signal: AbortSignal): Promise<LockOutcome> {
  return flock(LOCK_EACH, descriptors, signal);
}

/** Releases the locks even if a process that inherited the descriptors still runs. */
export async function unlock(descriptors: readonly number[]): Promise<void> {
  await flock(UNLOCK_EACH, descriptors);
}

function flock(script: string, descriptors: readonly number[], signal?: AbortSignal): Promise<LockOutcome> {
  const program = findOnPath('flock');
  if (program === undefined) return Promise.resolve(impossible(0, 'flock is not on PATH'));
  const numbers = descriptors.map((_, place) => String(3 + place));
  return new Promise((resolve) => {
    // Its own session: Ctrl-C in a terminal is for us to take up. Our environment may hold secrets.
    const child = spawn(SHELL, ['-c', script, program, ...numbers], {
      stdio: ['ignore', 'pipe', 'ignore', ...descriptors],
      detached: true,
      env: {},
      ...(signal === undefined ? {} : { signal }),
    });
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      said = `${said}${chunk}`.slice(0, LONGEST_WORDS + descriptors.length);
    });
    child.once('error', ({ message }) => resolve(impossible(0, message)));
    child.once('close', (status) => resolve(outcomeOf(status, said)));
  });
}

function outcomeOf(status: number | null, said: string): LockOutcome {
  const words = said.replace(/^\n*/, '');
  const locked = said.length - words.length;
  if (status === 0) return { locked };
  if (status === CONFLICT && words === '') return { locked, failed: { kind: 'held' } };
  const problem = words === '' ? `flock ended with status ${status}` : JSON.stringify(words.trim());
  return impossible(locked, problem);
}

function impossible(locked: number, problem: string): LockOutcome {
  return { locked, failed: { kind: 'impossible', problem } };
}

/** The first executable file of that name on PATH, or undefined. */
function findOnPath(name: string, path = process.env['PATH'] ?? ''): string | undefined {
  const folders = path.split(':').filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
