import type { JvmExit } from './state.ts';

/** Signals 1 to 31 in their order on Linux (signal(7), x86 and ARM). */
export const signalNames = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGKILL',
  'SIGUSR1',
  'SIGSEGV',
  'SIGUSR2',
  'SIGPIPE',
  'SIGALRM',
  'SIGTERM',
  'SIGSTKFLT',
  'SIGCHLD',
  'SIGCONT',
  'SIGSTOP',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGURG',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGVTALRM',
  'SIGPROF',
  'SIGWINCH',
  'SIGIO',
  'SIGPWR',
  'SIGSYS',
] as const;

const SIGNAL_BASE = 128;
const OTHER_NAMES: Readonly<Record<string, string>> = {
  SIGIOT: 'SIGABRT',
  SIGPOLL: 'SIGIO',
  SIGUNUSED: 'SIGSYS',
};

const LAST_SIGNAL = 64;

/** The number of a signal on Linux; 0 for an unknown name. */
export function signalNumber(name: string): number {
  const [, number] = /^signal (\d+)$/.exec(name) ?? [];
  if (number !== undefined) return Number(number);
  return signalNames.findIndex((known) => known === (OTHER_NAMES[name] ?? name)) + 1;
}

/** The name of a signal; those above 31, the real-time ones, have none that people know: `signal 34`. */
export function signalName(number: number): string | undefined {
  if (!(number >= 1 && number <= LAST_SIGNAL)) return undefined;
  return signalNames[number - 1] ?? `signal ${number}`;
}

/** The exit status a shell would show: the status itself, or 128 + n for a death by signal n. */
export function statusOf(exit: JvmExit): number {
  return 'status' in exit ? exit.status : SIGNAL_BASE + signalNumber(exit.signal);
}

/** The signal of a death, also where a handler or shell made it a status of 128 + n; undefined for other ends. */
export function signalOf(exit: JvmExit): string | undefined {
  return 'signal' in exit ? exit.signal : signalName(exit.status - SIGNAL_BASE);
}
