import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { JvmExit } from '../lifecycle/state.ts';
import type { JavaCommand } from '../render/java-command.ts';
import { errorCode } from './errno.ts';

/** How a JVM is started and what is told of its life. */
export interface JvmStart {
  readonly command: JavaCommand;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Descriptors of ours that it is to keep open as long as it lives, as 3 and on: the locks on the volume. */
  readonly kept: readonly number[];
  onSpawned(pid: number): void;
  onFailed(failure: { path: string; code: string }): void;
  onExited(exit: JvmExit): void;
}

/**
 * Starts the JVM as the leader of its own process group, with our descriptors 0 to 2 and those it keeps. Where
 * util-linux's setpriv is at hand, the kernel kills it should this process die without a word.
 */
export function startJvm({ command, env, kept, onSpawned, onFailed, onExited }: JvmStart): void {
  const code = whyNotExecutable(command.file);
  if (code !== undefined) return onFailed({ path: command.file, code });
  const [file, ...args] = [...parentDeathSignal(env), command.file, ...command.args] as [string, ...string[]];
  const child = spawn(file, args, { stdio: ['inherit', 'inherit', 'inherit', ...kept], detached: true, env });
  child.once('spawn', () => onSpawned(child.pid as number));
  child.once('error', (error) => onFailed({ path: command.file, code: errorCode(error) ?? 'UNKNOWN' }));
  child.once('exit', (status, signal) =>
    onExited(status === null ? { signal: signal ?? 'SIGKILL' } : { status }),
  );
}

/** The code of the error that executing the file would end in; checked here, since setpriv would hide it. */
function whyNotExecutable(file: string): string | undefined {
  try {
    if (!statSync(file).isFile()) return 'EACCES';
    accessSync(file, constants.X_OK);
    return undefined;
  } catch (error) {
    return errorCode(error) ?? 'UNKNOWN';
  }
}

/**
 * The words before `java …` by which it dies with us. A KILL that comes after the fork and before prctl(2) would be
 * missed by the kernel, so a shell then looks once whether its parent is still this process. busybox has a setpriv too,
 * without this flag.
 */
function parentDeathSignal(env: JvmStart['env']): string[] {
  const setpriv = (env['PATH'] ?? '')
    .split(':')
    .map((folder) => join(folder, 'setpriv'))
    .find((candidate) => existsSync(candidate));
  if (setpriv === undefined || realpathSync(setpriv).endsWith('busybox')) return [];
  return [setpriv, '--pdeathsig', 'KILL', '--', ...onlyBelowUs(env)];
}

const SHELL = '/bin/sh';
const IF_CHILD = `[ "$PPID" = "$0" ] && exec "$@"`;

/** Nothing where there is no shell. A shell may forget variables that it could not name itself, so env tells java of them. */
function onlyBelowUs(env: JvmStart['env']): string[] {
  if (!existsSync(SHELL)) return [];
  const strange = Object.entries(env).filter(([name]) => !/^[A-Za-z_]\w*$/.test(name));
  const told = strange.map(([name, value]) => `${name}=${value}`);
  return [SHELL, '-c', IF_CHILD, String(process.pid), ...(told.length > 0 ? ['env', ...told] : [])];
}

/** Sends a signal to the JVM alone; one that has just ended is no error. */
export function signalJvm(pid: number, signal: NodeJS.Signals): void {
  kill(pid, signal);
}

/** KILL to whatever is left of the JVM's process group. */
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
