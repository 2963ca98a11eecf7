import { existsSync } from 'node:fs';

const SHELL = '/bin/sh';

/**
 * Ends the process with `status`, now. exit() waits for libuv's threads, and one that asks a resolver which does not
 * answer, or writes to a pipe that nobody reads, cannot be called off: then another program takes the place of this one,
 * which ends all threads (execve(2)), and ends with the status.
 */
export function endNow(status: number): void {
  if (isWaitedFor()) {
    process.emit('exit', status);
    if (existsSync(SHELL)) process.execve?.(SHELL, [SHELL, '-c', `exit ${status}`], {});
    // In an image without a shell; a single executable is no Node that could be told so.
    if (!process.getBuiltinModule('node:sea').isSea())
      process.execve?.(process.execPath, [process.execPath, '-e', `process.exit(${status})`], {});
  }
  process.exit(status);
}

/** A request to the file system or the resolver, which a thread of libuv's carries out. */
function isWaitedFor(): boolean {
  return process.getActiveResourcesInfo().some((name) => /^(?:FSReq|GetAddrInfo|GetNameInfo)/.test(name));
}
