import type { Srvr } from './srvr.ts';

/**
 * Since when (epoch milliseconds) the server has been without a quorum, after one more look at it: undefined while it
 * serves, unchanged when the answer says nothing about the quorum (a paused JVM has not lost it).
 */
export function withoutQuorumSince(
  sinceMs: number | undefined,
  srvr: Srvr,
  nowMs: number,
): number | undefined {
  if (srvr.serving) return srvr.mode === 'read-only' ? (sinceMs ?? nowMs) : undefined;
  return srvr.cause === 'no-quorum' ? (sinceMs ?? nowMs) : sinceMs;
}
