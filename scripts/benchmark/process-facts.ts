import { readdirSync, readFileSync } from 'node:fs';

/** What a process has used so far (Linux: read from /proc). */
export interface Usage {
  /** Of all its threads, in nanoseconds on a processor. */
  readonly cpuNs: number;
  /** How often its threads went to sleep by themselves, and so were woken. */
  readonly sleeps: number;
}

/** Pages that are the process's own and no file's, in MiB. */
export function anonymousMiB(pid: number): number {
  const kiB = /^Anonymous:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  return Number(kiB) / 1_024;
}

/** Sums over the threads that live now; the supervisor's do not come and go. */
export function usage(pid: number): Usage {
  const tasks = readdirSync(`/proc/${pid}/task`).map((task) => `/proc/${pid}/task/${task}`);
  return {
    cpuNs: sum(tasks.map((task) => Number(readFileSync(`${task}/schedstat`, 'utf8').split(' ')[0]))),
    sleeps: sum(tasks.map((task) => voluntarySwitches(readFileSync(`${task}/status`, 'utf8')))),
  };
}

function voluntarySwitches(status: string): number {
  return Number(/^voluntary_ctxt_switches:\s+(\d+)$/m.exec(status)?.[1]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
