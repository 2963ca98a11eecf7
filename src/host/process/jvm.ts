import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { signalName } from '../../lifecycle/signals.ts';
import type { JvmExit } from '../../lifecycle/state.ts';
import type { JavaCommand } from '../../render/java-command.ts';
import { errorCode } from '../errno.ts';
import { atMost, readText } from '../files/read-file.ts';
import type { JvmOutput } from '../output/jvm-output.ts';
import { type NotExecutable, whyNotExecutable } from './executable.ts';

/** How a JVM is started, and the callbacks for its events. */
export interface JvmStart {
  readonly command: JavaCommand;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Descriptors of ours that it is to keep open as long as it lives, as 3 and on: the locks on the volume. */
  readonly kept: readonly number[];
  /** Where its lines go. By default they go where ours go. */
  readonly output?: JvmOutput | undefined;
  onSpawned(pid: number): void;
  onFailed(failure: { readonly path: string } & NotExecutable): void;
  onExited(exit: JvmExit): void;
}

/**
 * Starts the JVM as the leader of its own process group, with our descriptors 0 to 2, the kept ones, and a last one that
 * closes when the JVM ends (see `noteDeath`). With util-linux's setpriv, the kernel kills the JVM if this process is killed.
 */
export function startJvm({ command, env, kept, output, onSpawned, onFailed, onExited }: JvmStart): void {
  const failure = whyNotExecutable(command.file);
  if (failure !== undefined) return onFailed({ path: command.file, ...failure });
  const own = output === undefined ? [] : [output.flag];
  const words = [...parentDeathSignal(env), command.file, ...own, ...command.args];
  const failed = (error: unknown) => onFailed({ path: command.file, code: errorCode(error) ?? 'UNKNOWN' });
  const child = spawned(words, { env, kept, output });
  if (child instanceof Error) return failed(child);
  if (child.stdout !== null) output?.take(child.stdout, { name: 'stdout', descriptor: 1 });
  if (child.stderr !== null) output?.take(child.stderr, { name: 'stderr', descriptor: 2 });
  child.once('spawn', () => onSpawned(child.pid as number));
  child.once('error', failed);
  const death = noteDeath(child.stdio[3 + kept.length] as Readable | null, () => child.pid);
  child.once('exit', (status, signal) => {
    if (status === null) return onExited({ signal: signal ?? 'SIGKILL' });
    const nameless = status === 0 ? death() : undefined;
    onExited(nameless === undefined ? { status } : { signal: nameless });
  });
}

/** Node throws some errors of the system (E2BIG, ETXTBSY, ENOMEM) and makes events of others. */
function spawned(
  [file = '', ...args]: readonly string[],
  { env, kept, output }: Pick<JvmStart, 'env' | 'kept' | 'output'>,
): ChildProcess | Error {
  const lines = output === undefined ? 'inherit' : 'pipe';
  const stdio: StdioOptions = ['inherit', lines, lines, ...kept, 'pipe'];
  try {
    return spawn(file, args, { stdio, detached: true, env });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/**
 * Node reports a death by a signal above 31 as an end with status 0. The kernel shows the true status in /proc/<pid>/stat
 * until libuv reaps the zombie. libuv does that after all other events, so the status is read when the last descriptor of the
 * dying process closes.
 */
function noteDeath(descriptor: Readable | null, pid: () => number | undefined): () => string | undefined {
  let signal: string | undefined;
  descriptor?.on('error', () => {});
  descriptor?.resume().once('end', () => {
    signal = signalName(waitStatus(pid()) & 0x7f);
  });
  return () => signal;
}

/** The last field of /proc/<pid>/stat, as waitpid(2) gives it (proc_pid_stat(5)); 0 where it cannot be read. */
function waitStatus(pid: number | undefined): number {
  try {
    return Number(
      readText(`/proc/${pid}/stat`, { maxBytes: atMost.lineBytes }, 'latin1').trim().split(' ').at(-1),
    );
  } catch {
    return 0;
  }
}

/**
 * The words before `java …` that make it die with us. If we are killed after the fork and before prctl(2), the kernel does not
 * kill the JVM, so a shell checks once whether its parent is still this process. The setpriv of busybox lacks this flag.
 */
function parentDeathSignal(env: JvmStart['env']): string[] {
  const setpriv = (env['PATH'] ?? '')
    .split(':')
    .map((folder) => join(folder, 'setpriv'))
    .find((candidate) => whyNotExecutable(candidate) === undefined);
  if (setpriv === undefined || realpathSync(setpriv).endsWith('busybox')) return [];
  return [setpriv, '--pdeathsig', 'KILL', '--', ...onlyBelowUs(env)];
}

const SHELL = '/bin/sh';
const IF_CHILD = `[ "$PPID" = "$0" ] && exec "$@"`;

/** Empty without a shell. A shell may drop variables whose names it does not allow, so env passes them to java. */
function onlyBelowUs(env: JvmStart['env']): string[] {
  if (!existsSync(SHELL)) return [];
  const strange = Object.entries(env).filter(([name]) => !/^[A-Za-z_]\w*$/.test(name));
  const told = strange.map(([name, value]) => `${name}=${value}`);
  return [SHELL, '-c', IF_CHILD, String(process.pid), ...(told.length > 0 ? ['env', ...told] : [])];
}

/** Sends a signal only to the JVM. A JVM that has just ended is not an error. */
export function signalJvm(pid: number, signal: NodeJS.Signals): void {
  kill(pid, signal);
}

/** KILL to all that is left of the JVM's process group. */
export function killGroup(pid: number): void {
  kill(-pid, 'SIGKILL');
}

function kill(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
