import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { atMost, readText } from '../files/read-file.ts';

const INITS = ['tini', 'catatonit', 'dumb-init'];

/** The first init program on PATH, or undefined. */
export function findInit(path: string): string | undefined {
  const folders = path.split(':').filter((folder) => folder !== '');
  return INITS.flatMap((name) => folders.map((folder) => join(folder, name))).find((candidate) =>
    existsSync(candidate),
  );
}

/**
 * Makes an init PID 1, which reaps orphans, and continues as its child. Returns only if there is no init. Node waits only for
 * the processes that it has started, so as PID 1 it would leave every orphan as a zombie.
 */
export function handOverPid1(): 'not-pid-1' | 'no-init' | 'under-a-shell' {
  if (process.pid !== 1) return process.ppid === 1 && isDeafShell('/proc/1') ? 'under-a-shell' : 'not-pid-1';
  const init = findInit(process.env['PATH'] ?? '');
  if (init === undefined || process.execve === undefined) return 'no-init';
  process.execve(init, [init, '--', ...ownCommandLine()], process.env as Record<string, string>);
  return 'no-init';
}

const SHELLS = /^(ba|da|a|k|z)?sh$/;

/** A waiting shell catches no signal, and the kernel drops signals that PID 1 does not catch (pid_namespaces(7)). */
function isDeafShell(process: string): boolean {
  try {
    if (!SHELLS.test(readText(`${process}/comm`, { maxBytes: atMost.lineBytes }).trim())) return false;
    const [, caught = ''] =
      /^SigCgt:\s*([0-9a-f]+)$/m.exec(readText(`${process}/status`, { maxBytes: atMost.textBytes })) ?? [];
    return caught !== '' && ((BigInt(`0x${caught}`) >> BigInt(constants.signals.SIGTERM - 1)) & 1n) === 0n;
  } catch {
    return false;
  }
}

/** The command that starts this program again. A single executable (Node's `sea`) has no script. */
function ownCommandLine(): string[] {
  if (process.getBuiltinModule('node:sea').isSea()) return [process.execPath, ...process.argv.slice(2)];
  // From here on, SIGUSR1 does not open the debugger. `--` keeps Node from reading our --env-file as its own flag.
  return [process.execPath, ...process.execArgv, '--disable-sigusr1', '--', ...process.argv.slice(1)];
}
