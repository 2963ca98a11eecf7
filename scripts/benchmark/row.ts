import type { Stage } from './stage.ts';

/** The other side of a comparison, in the row's unit. */
export interface Reference {
  readonly what: string;
  readonly value: number;
}

/** What was promised: of the ratio, or of the measured value itself. */
export interface Target {
  readonly of: 'ratio' | 'value';
  /** `below` wants less than the limit, `at most` allows the limit itself. */
  readonly word: 'below' | 'at most';
  readonly limit: number;
}

/** A median, or another figure that `what` names. */
export interface Measured {
  readonly what: string;
  readonly unit: 'ms' | 'MiB' | 'MB' | 'KiB' | '%' | 'per s' | 'in all';
  readonly value: number;
  readonly reference?: Reference;
  readonly target?: Target;
  /** How many single measurements of each side are behind the figure. */
  readonly runs: number;
}

/** A row without a figure says why it has none. */
export type Row = Measured | { readonly what: string; readonly why: string };

/** The target of a row on its ratio. */
export function ratioTarget(word: Target['word'], limit: number): Target {
  return { of: 'ratio', word, limit };
}

/** The target of a row on its value, in the row's unit. */
export function valueTarget(word: Target['word'], limit: number): Target {
  return { of: 'value', word, limit };
}

/** How many times the reference; undefined without one. */
export function ratioOf({ value, reference }: Measured): number | undefined {
  return reference && value / reference.value;
}

/** Whether the promise holds; undefined where nothing was promised. */
export function isMet(row: Measured): boolean | undefined {
  if (row.target === undefined) return undefined;
  const { of, word, limit } = row.target;
  const figure = of === 'value' ? row.value : (ratioOf(row) ?? Number.NaN);
  return word === 'below' ? figure < limit : figure <= limit;
}

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
