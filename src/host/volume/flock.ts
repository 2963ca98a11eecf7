import { spawn } from 'node:child_process';
import { findOnPath } from '../files/on-path.ts';

/** What came of an attempt to lock an open file. */
export type LockOutcome =
  | { readonly kind: 'locked' }
  | { readonly kind: 'held' }
  /** Here nothing can be locked, in words that follow the path. */
  | { readonly kind: 'impossible'; readonly problem: string };

/** util-linux and busybox both end with it, and without a word, where another holds the lock. */
const CONFLICT = 1;
const LONGEST_WORDS = 200;

/**
 * Locks the open file, or says that another holds it. A lock of flock(2) belongs to the open file description, so it is
 * ours although the system's `flock` takes it, Node having no such call. It lasts as long as any process has that
 * description open, and the kernel gives it back with the last of them, however it ended.
 */
export function lock(descriptor: number, signal: AbortSignal): Promise<LockOutcome> {
  return flock('-n', descriptor, signal);
}

/** Gives the lock back although a process that inherited the descriptor lives on. */
export async function unlock(descriptor: number): Promise<void> {
  await flock('-u', descriptor);
}

function flock(flag: '-n' | '-u', descriptor: number, signal?: AbortSignal): Promise<LockOutcome> {
  const program = findOnPath('flock');
  if (program === undefined) return Promise.resolve(impossible('there is no flock on PATH'));
  return new Promise((resolve) => {
    // Its own session: Ctrl-C in a terminal is for us to take up. Our environment may hold secrets.
    const child = spawn(program, [flag, '3'], {
      stdio: ['ignore', 'ignore', 'pipe', descriptor],
      detached: true,
      env: {},
      ...(signal === undefined ? {} : { signal }),
    });
    let words = '';
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      words = `${words}${chunk}`.slice(0, LONGEST_WORDS);
    });
    child.once('error', ({ message }) => resolve(impossible(message)));
    child.once('close', (status) => resolve(outcomeOf(status, words.trim())));
  });
}

function outcomeOf(status: number | null, words: string): LockOutcome {
  if (status === 0) return { kind: 'locked' };
  if (status === CONFLICT && words === '') return { kind: 'held' };
  return impossible(words === '' ? `flock ended with status ${status}` : JSON.stringify(words));
}

function impossible(problem: string): LockOutcome {
  return { kind: 'impossible', problem };
}
