import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Starts the watchdog of a folder; returns how to send it home. */
export function watchOver(folder: string): () => void {
  const program = fileURLToPath(new URL('watchdog.ts', import.meta.url));
  const watchdog = spawn(process.execPath, [program, folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  return () => void watchdog.stdin.end();
}
