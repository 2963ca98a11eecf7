import type { Row } from './row.ts';
import { rows } from './table.ts';

/** The value of a setting in words, nothing as `(unset)`; what must not be seen is masked before (preparation/shown). */
export function displayValue(row: Row<unknown>, value: unknown): string {
  return value === undefined ? '(unset)' : row.kind.format(value);
}

/** The names of variables whose values the JVM must not inherit. */
export function secretVariables(): string[] {
  return rows.filter(([, row]) => row.secret !== undefined).map(([, row]) => row.variable);
}
