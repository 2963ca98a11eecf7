import type { End } from '../kubelet/records.ts';
import type { Struck } from '../proof/judge-ends.ts';
import type { Violation } from '../proof/violation.ts';
import type { GivenUp } from '../stage/defects.ts';

/** Everything a run has found out. */
export interface Outcome {
  readonly violations: readonly Violation[];
  readonly struck: readonly Struck[];
  /** The kinds that could not be made here, with the reason and how often they were drawn. */
  readonly skipped: ReadonlyMap<string, { readonly why: string; readonly count: number }>;
  readonly ends: readonly End[];
  /** Volumes that were given up for what ZooKeeper itself had done. */
  readonly givenUp: readonly GivenUp[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly writes: { readonly acknowledged: number; readonly refused: number; readonly unknown: number };
  /** When each acknowledged write was acknowledged. */
  readonly acknowledgedAtMs: readonly number[];
  /** What is left to look at, when a promise was broken. */
  readonly folder: string | undefined;
}
