import { entriesOf } from '../files/list-folder.ts';
import { atMost, readText } from '../files/read-file.ts';

/** One process, as /proc shows it. */
export interface Process {
  readonly pid: number;
  /** 0 if the parent is outside of this container (pid_namespaces(7)). */
  readonly parent: number;
  readonly words: readonly string[];
}

/** Every process of this container, by pid; empty without /proc. */
export function readProcesses(proc: string): ReadonlyMap<number, Process> {
  return new Map(pidsIn(proc).flatMap((pid) => readProcess(proc, pid)));
}

function pidsIn(proc: string): number[] {
  try {
    return entriesOf(proc, { keep: (name) => /^\d+$/.test(name) }).map(({ name }) => Number(name));
  } catch {
    return [];
  }
}

/** Undefined for a process that has ended meanwhile. */
function readProcess(proc: string, pid: number): [number, Process][] {
  try {
    // The command's name stands in parentheses and may hold any character (proc_pid_stat(5)).
    const [, parent] =
      /\) \S (\d+)[^)]*$/.exec(readText(`${proc}/${pid}/stat`, { maxBytes: atMost.lineBytes })) ?? [];
    const words = readText(`${proc}/${pid}/cmdline`, { maxBytes: atMost.listBytes }).split('\0').slice(0, -1);
    return [[pid, { pid, parent: Number(parent), words }]];
  } catch {
    return [];
  }
}

/** Its parent, the parent of its parent, and so on, up to the process that was started from outside. */
export function ancestorsOf(pid: number, processes: ReadonlyMap<number, Process>): number[] {
  const found: number[] = [];
  let at = processes.get(pid)?.parent ?? 0;
  while (at !== 0 && !found.includes(at)) {
    found.push(at);
    at = processes.get(at)?.parent ?? 0;
  }
  return found;
}
