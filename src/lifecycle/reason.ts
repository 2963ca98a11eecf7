import { visible } from '../text/visible.ts';
import { formatSpan } from './span.ts';

/** Why the container ended: what ended, with which status of ours, and what that usually means. */
export interface Reason {
  /** What ended and how, as the beginning of a sentence. */
  readonly what: string;
  /** The container's exit status, 0 to 255. */
  readonly status: number;
  /** From the first answer to the end, in milliseconds; undefined when it never answered. */
  readonly servingMs?: number;
  readonly meaning?: string;
  /** What to do about it. */
  readonly remedy?: string;
}

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
