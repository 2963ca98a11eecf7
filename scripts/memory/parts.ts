import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const KIB = 1_024;

/** What a JVM has committed, by the names of its native memory tracking, in bytes. */
export type Parts = Readonly<Record<string, number>>;

/** Asks a JVM that was started with -XX:NativeMemoryTracking=summary; undefined where it has ended meanwhile. */
export async function partsOf(javaHome: string, pid: number): Promise<Parts | undefined> {
  try {
    const { stdout } = await run(join(javaHome, 'bin/jcmd'), [String(pid), 'VM.native_memory', 'summary']);
    const lines = stdout.matchAll(/^-\s+(.+?) \(reserved=\d+KB, committed=(\d+)KB/gm);
    return Object.fromEntries([...lines].map(([, name = '', kib]) => [name.trim(), Number(kib) * KIB]));
  } catch {
    return undefined;
  }
}

/** What a process holds in memory, in bytes; 0 where it has ended. */
export function residentBytes(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    const [, kib] = /^Rss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    return Number(kib ?? 0) * KIB;
  } catch {
    return 0;
  }
}
