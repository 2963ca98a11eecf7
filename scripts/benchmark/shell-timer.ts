import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What a batch of runs took, each run after the other. */
export interface Batch {
  /** User and system time of a whole process with all its threads, in milliseconds per run. */
  readonly cpuMs: number;
  /** In milliseconds per run. */
  readonly wallMs: number;
  /** When the first run began, in microseconds of the wall clock. */
  readonly begunUs: number;
  /** Of the last run. */
  readonly status: number;
}

interface Timed {
  readonly runs: number;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Node tells nothing of what a child has used, and /proc only in hundredths of a second. A shell's `times` comes from
 * getrusage, to the millisecond for user and for system time, so a batch of five is good to a fifth of that.
 */
const SCRIPT = `
runs=$1
shift
begun=$EPOCHREALTIME
for ((i = 0; i < runs; i++)); do
  "$@" >/dev/null 2>&1
  status=$?
done
ended=$EPOCHREALTIME
times
echo "$begun $ended $status"
`;

/** Times a command in a shell. */
export async function timeInShell({ runs, command, env }: Timed): Promise<Batch> {
  const child = spawn('bash', ['-c', SCRIPT, 'bash', String(runs), ...command], {
    env: { ...env, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const lines = (await text(child.stdout)).split('\n');
  await ended;
  const [begunUs = 0, endedUs = 0, status = 0] = (lines[2] ?? '')
    .split(' ')
    .map((word) => Number(word.replace('.', '')));
  return { cpuMs: cpuMs(lines[1] ?? '') / runs, wallMs: (endedUs - begunUs) / 1_000 / runs, begunUs, status };
}

/** The second line of `times` is that of the children: `0m0.160s 0m0.143s`. */
function cpuMs(line: string): number {
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes, seconds]) => Number(minutes) * 60_000 + Number(seconds) * 1_000)
    .reduce((sum, part) => sum + part, 0);
}
