import { existsSync } from 'node:fs';

const SHELL = '/bin/sh';

/**
 * Ends the process with `status`, at once. exit() waits for libuv's threads, and a thread that waits for a resolver or for a
 * pipe without a reader cannot be cancelled. Then this process becomes another program, which ends all threads (execve(2))
 * and exits with the status.
 */
export function endNow(status: number): void {
  if (isWaitedFor()) {
    process.emit('exit', status);
    if (existsSync(SHELL)) process.execve?.(SHELL, [SHELL, '-c', `exit ${status}`], {});
    // For an image without a shell. A single executable cannot run as plain Node.
    if (!process.getBuiltinModule('node:sea').isSea())
      process.execve?.(process.execPath, [process.execPath, '-e', `process.exit(${status})`], {});
  }
  process.exit(status);
}

/** A request to the file system or the resolver that runs on a thread of libuv. */
function isWaitedFor(): boolean {
  return process.getActiveResourcesInfo().some((name) => /^(?:FSReq|GetAddrInfo|GetNameInfo)/.test(name));
}
