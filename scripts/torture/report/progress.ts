import type { Struck } from '../proof/judge-ends.ts';

interface RoundReport {
  readonly struck: readonly Struck[];
  readonly done: number;
  readonly faults: number;
  readonly acknowledged: number;
}

/** One line as a round is over. */
export function roundLine({ struck, done, faults, acknowledged }: RoundReport): string {
  const what = struck.map(({ kind, members }) => `${kind} (${members.join(', ')})`).join(' + ');
  const [{ readyMs } = { readyMs: undefined }] = struck;
  const ready = readyMs === undefined ? 'NOT READY' : `ready after ${(readyMs / 1_000).toFixed(1)} s`;
  return `${String(done).padStart(4)}/${faults}  ${what.padEnd(56)} ${ready}, ${acknowledged} acknowledged meanwhile`;
}
