import type { Row } from './row.ts';
import type { Stage } from './stage.ts';

/** What a comparison is given. */
export interface Bench {
  readonly stage: Stage;
  /** How many rounds of the usual number are to be run now. */
  rounds(usual: number): number;
}

/** One numbered comparison of the table. */
export interface Comparison {
  /** What is being done, for the line of progress. */
  readonly title: string;
  measure(bench: Bench): Promise<Row[]>;
}
