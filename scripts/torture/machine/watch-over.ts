import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Site } from './dismantle.ts';

/** Starts the watchdog of a run; returns how to send it home when everything is taken away. */
export function watchOver({ folder, run }: Site): () => void {
  const program = fileURLToPath(new URL('watchdog.ts', import.meta.url));
  const watchdog = spawn(process.execPath, [program, folder, String(run)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  return () => void watchdog.stdin.end('done');
}
