import { formatSpan } from './span.ts';
import type { LifecycleState, Stopping } from './state.ts';

/** One line for people, as SIGUSR1 asks for it: `serving for 3 h 12 min, JVM pid 17`. `atMs` is the monotonic now. */
export function stateLine(state: LifecycleState, atMs: number): string {
  const span = `${state.phase} for ${formatSpan(atMs - state.sinceMs)}`;
  switch (state.phase) {
    case 'preparing':
      return `${span}, no JVM yet`;
    case 'starting':
    case 'serving':
      return `${span}, ${jvm(state.pid)}`;
    case 'stopping':
      return `${span}, ${jvm(state.pid)}, ${asked(state)}, ${PROGRESS[state.progress]}`;
    case 'stopped':
      return `${span}: ${state.reason.what}`;
  }
}

const PROGRESS: Readonly<Record<Stopping['progress'], string>> = {
  delaying: 'SIGTERM not sent yet',
  'term-due': 'SIGTERM not sent yet',
  'term-sent': 'SIGTERM sent',
  'kill-sent': 'SIGKILL sent',
};

function jvm(pid: number | undefined): string {
  return pid === undefined ? 'JVM without a pid yet' : `JVM pid ${pid}`;
}

function asked({ cause }: Stopping): string {
  return cause.by === 'bug' ? 'after a bug of ours' : `asked by ${cause.signal}`;
}
