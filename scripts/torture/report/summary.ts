import { median } from '../../benchmark/statistics.ts';
import type { End } from '../kubelet/records.ts';
import type { Struck } from '../proof/judge-ends.ts';
import { REFUSED } from '../stage/stage.ts';
import type { Outcome } from './outcome.ts';

/** What a run tells of one kind of fault. */
export interface SummaryRow {
  readonly kind: string;
  readonly count: number;
  /** From healing until every member was ready, in milliseconds; undefined when there was no such fault. */
  readonly medianMs: number | undefined;
  readonly worstMs: number | undefined;
  /** Acknowledged from the fault until all members were ready; both faults of a pair count the same ones. */
  readonly acknowledged: number;
  readonly refused: number;
  readonly skipped: number;
}

/** A row for each kind, in the given order. */
export function summarise(outcome: Outcome, kinds: readonly string[]): SummaryRow[] {
  const times = [...outcome.acknowledgedAtMs].sort((a, b) => a - b);
  return kinds.map((kind) => {
    const struck = outcome.struck.filter((each) => each.kind === kind);
    const ready = struck.map(({ readyMs }) => readyMs).filter((ms) => ms !== undefined);
    const within = (count: (each: Struck) => number) => struck.reduce((sum, each) => sum + count(each), 0);
    return {
      kind,
      count: struck.length,
      medianMs: ready.length === 0 ? undefined : median(ready),
      worstMs: ready.length === 0 ? undefined : Math.max(...ready),
      acknowledged: within(({ fromMs, toMs }) => times.filter((at) => at >= fromMs && at <= toMs).length),
      refused: within((each) => outcome.ends.filter((end) => isRefusal(end, each)).length),
      skipped: outcome.skipped.get(kind)?.count ?? 0,
    };
  });
}

function isRefusal(end: End, { fromMs, toMs, members }: Struck): boolean {
  return end.status === REFUSED && members.includes(end.member) && end.atMs >= fromMs && end.atMs <= toMs;
}
