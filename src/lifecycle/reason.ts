import { formatSpan } from '../text/span.ts';
import { visible } from '../text/visible.ts';
import type { LifecycleState, Reason, Stopping } from './state.ts';

/** The most a kubelet reads of one container's termination message (Kubernetes, "Determine the Reason for Pod Failure"). */
export const TERMINATION_MESSAGE_BYTES = 4_096;

/** The last line: `what after serving 3 h 12 min, status 3: meaning: remedy`. An error's text may hold line breaks; in a log a second line would be another event. */
export function reasonLine({ what, status, servingMs, meaning, remedy }: Reason): string {
  const served = servingMs === undefined ? '' : ` after serving ${formatSpan(servingMs)}`;
  const told = [`${what}${served}, status ${status}`, meaning, remedy];
  return visible(
    told
      .filter((part) => part !== undefined && part !== '')
      .join(': ')
      .trim(),
  );
}

/** The reason's line cut to `maxBytes` of UTF-8, never within a character. */
export function terminationMessage(reason: Reason, maxBytes = TERMINATION_MESSAGE_BYTES): string {
  return cutToBytes(reasonLine(reason), maxBytes);
}

function cutToBytes(text: string, maxBytes: number): string {
  const bytes = new TextEncoder().encode(text);
  let end = Math.min(bytes.length, maxBytes);
  while (end > 0 && isContinuation(bytes[end])) end -= 1;
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, end));
}

/** A byte 10xxxxxx goes on with a character that began before it. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0b1100_0000) === 0b1000_0000;
}

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
  'taking-leave': 'waiting for the others, SIGTERM not sent yet',
  delaying: 'SIGTERM not sent yet',
  'term-due': 'SIGTERM not sent yet',
  'term-sent': 'SIGTERM sent',
  'kill-sent': 'SIGKILL sent',
};

function jvm(pid: number | undefined): string {
  return pid === undefined ? 'JVM without a pid yet' : `JVM pid ${pid}`;
}

function asked({ cause }: Stopping): string {
  if (cause.by === 'bug') return 'after a bug in zk-entrypoint';
  return `asked by ${cause.by === 'hold' ? 'zk-entrypoint hold' : cause.signal}`;
}
