import { readlinkSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Variables } from '../../settings/read-row.ts';
import type { Account } from '../account/account.ts';
import { atMost, readText } from '../files/read-file.ts';
import { ancestorsOf, type Process, readProcesses } from './processes.ts';

/** The `start` that this container runs. */
export interface RunningStart {
  readonly pid: number;
  /** Its variables at its start, including changes by the command of the container; undefined if they cannot be read. */
  readonly variables: Variables | undefined;
  /** The absolute path of its --env-file. */
  readonly envFile: string | undefined;
}

interface Found {
  readonly proc: string;
  readonly start: Process;
  readonly processes: ReadonlyMap<number, Process>;
  readonly ourFiles: string;
}

/**
 * The start that this container runs, for a command that was started in it (`kubectl exec`), or undefined. The two have no
 * common ancestor, because the runtime starts both from outside. On a developer's machine or in a test they do have one, so
 * such starts are ignored.
 */
export function findRunningStart(proc = '/proc', self = process.pid): RunningStart | undefined {
  const processes = readProcesses(proc);
  const own = topOf(self, processes);
  const starts = [...processes.values()].filter(
    ({ pid, words }) => wordsOfStart(words) !== undefined && topOf(pid, processes) !== own,
  );
  // An init that runs it has the same words. The start is its child.
  const above = new Set(starts.flatMap(({ pid }) => ancestorsOf(pid, processes)));
  const [start, second] = starts.filter(({ pid }) => !above.has(pid));
  if (start === undefined || second !== undefined) return undefined;
  return readStart({ proc, start, processes, ourFiles: filesOf(`${proc}/${self}`) });
}

function topOf(pid: number, processes: ReadonlyMap<number, Process>): number {
  return ancestorsOf(pid, processes).at(-1) ?? pid;
}

/** The words after `zk-entrypoint start`; undefined for every other program. */
function wordsOfStart(words: readonly string[]): readonly string[] | undefined {
  const name = words.findIndex(
    (word, index) => basename(word) === 'zk-entrypoint' && words[index + 1] === 'start',
  );
  return name === -1 ? undefined : words.slice(name + 2);
}

/**
 * The kernel shows a process only to its own user, and hides one that has given up root (ptrace(2)). Its JVM was started after
 * that, in the same directory and with the same variables, except those that may hold secrets.
 */
function readStart({ proc, start: { pid, words }, processes, ourFiles }: Found): RunningStart | undefined {
  const children = [...processes.values()].filter(({ parent }) => parent === pid);
  const [seen] = [pid, ...children.map((child) => child.pid)].flatMap((each) => look(`${proc}/${each}`));
  if (seen === undefined) return { pid, variables: undefined, envFile: undefined };
  // Containers of a pod may share their processes (shareProcessNamespace), never their files.
  if (seen.files !== ourFiles) return undefined;
  const file = envFileIn(wordsOfStart(words) ?? []);
  const envFile = file === undefined ? undefined : resolve(seen.directory, file);
  return { pid, variables: seen.variables, envFile };
}

interface Seen {
  readonly variables: Variables;
  readonly directory: string;
  readonly files: string;
}

function look(path: string): Seen[] {
  try {
    return asUser(statSync(path), () => {
      const variables = variablesIn(readText(`${path}/environ`, { maxBytes: atMost.listBytes }));
      return [{ variables, directory: readlinkSync(`${path}/cwd`), files: filesOf(path) }];
    });
  } catch {
    return [];
  }
}

/** The mount namespace, by its number. */
function filesOf(path: string): string {
  return readlinkSync(`${path}/ns/mnt`);
}

/** In a container root may become any user, but may lack the right to read processes of another user. */
function asUser<T>({ uid, gid }: Account, look: () => T): T {
  if (uid === 0 || process.geteuid?.() !== 0) return look();
  try {
    process.setegid?.(gid);
    process.seteuid?.(uid);
    return look();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

function variablesIn(environ: string): Variables {
  const pairs = environ.split('\0').map((pair) => /^([^=]+)=(.*)$/s.exec(pair));
  return Object.fromEntries(pairs.flatMap((pair) => (pair === null ? [] : [[pair[1], pair[2]]])));
}

function envFileIn(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => /^--env-file(=|$)/.test(word));
  const word = words[at];
  return word === '--env-file' ? words[at + 1] : word?.slice('--env-file='.length);
}
