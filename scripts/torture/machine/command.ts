import { spawnSync } from 'node:child_process';

/** Runs a program of the system and returns what it printed. @throws with its own words when it fails. */
export function run(file: string, ...args: string[]): string {
  const { error, status, stdout, stderr } = spawnSync(file, args, { encoding: 'utf8', timeout: 20_000 });
  if (status === 0) return stdout;
  throw new Error(
    `${file} ${args.join(' ')}: ${error?.message ?? (stderr.trim() || `status ${status ?? 'none'}`)}`,
  );
}

/** The same when a failure is an answer too, as at clearing up. */
export function tryRun(file: string, ...args: string[]): boolean {
  return spawnSync(file, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;
}
