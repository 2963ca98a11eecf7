import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of an ensemble. */
export interface OwnedProcess {
  readonly pid: number;
  /** Its name as the kernel knows it: `node`, `java`. */
  readonly name: string;
}

/** The variable that marks every process of an ensemble, its JVMs included, with the ensemble's folder. */
const MARK = 'LOCAL_ENSEMBLE';
const SWEEP_MS = 5_000;
const PAUSE_MS = 20;

/** The environment entry by which `ownedProcesses` finds a process and its descendants. */
export function mark(folder: string): Record<string, string> {
  return { [MARK]: folder };
}

/** Every running process that was started for the ensemble in this folder (Linux: read from /proc). */
export function ownedProcesses(folder: string): OwnedProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => read(`/proc/${pid}/environ`).split('\0').includes(`${MARK}=${folder}`))
    .filter((pid) => !isZombie(pid))
    .map((pid) => ({ pid: Number(pid), name: read(`/proc/${pid}/comm`).trim() }));
}

/** Kills whatever was started for the ensemble in this folder, and removes the folder. */
export async function sweep(folder: string): Promise<void> {
  const deadline = Date.now() + SWEEP_MS;
  for (let left = ownedProcesses(folder); left.length > 0; left = ownedProcesses(folder)) {
    for (const { pid } of left) sendSignal(pid, 'SIGKILL');
    if (Date.now() > deadline)
      throw new Error(`processes that cannot be killed: ${left.map(({ pid }) => pid)}`);
    await sleep(PAUSE_MS);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** The children of a process. */
export function childrenOf(parent: number): OwnedProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => statFields(pid)[1] === String(parent))
    .map((pid) => ({ pid: Number(pid), name: read(`/proc/${pid}/comm`).trim() }));
}

/** Sends a signal; false when there is no such process any more. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

function isZombie(pid: string): boolean {
  return statFields(pid)[0] === 'Z';
}

/** What follows the name in /proc/<pid>/stat: state, parent, … (the name may hold blanks and parentheses). */
function statFields(pid: string): string[] {
  return read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
}

/** Empty for a process that has just ended or is somebody else's. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
