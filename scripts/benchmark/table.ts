import { isMet, type Measured, type Row, ratioOf } from './row.ts';

const HEAD = ['what', 'this program', 'compared with', 'ratio', 'target', 'runs'];

/** All rows under one head, in columns. */
export function asTable(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => width(line, column))));
  return lines
    .map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Why a row has no figure is a sentence, and does not widen its column. */
function width(line: readonly string[], column: number): number {
  return line.length < HEAD.length && column > 0 ? 0 : (line[column]?.length ?? 0);
}

function cells(row: Row): string[] {
  if ('why' in row) return [row.what, `not measured: ${row.why}`];
  const { reference, unit } = row;
  const ratio = ratioOf(row);
  return [
    row.what,
    amount(row.value, unit),
    reference === undefined ? '' : `${reference.what}: ${amount(reference.value, unit)}`,
    ratio === undefined ? '' : ratio.toFixed(3),
    target(row),
    String(row.runs),
  ];
}

function target(row: Measured): string {
  if (row.target === undefined) return '';
  const { of, word, limit } = row.target;
  const promise =
    of === 'ratio' ? limit.toFixed(2) : `${limit}${row.unit === 'in all' ? '' : ` ${row.unit}`}`;
  return `${word} ${promise}: ${isMet(row) ? 'met' : 'MISSED'}`;
}

function amount(value: number, unit: Measured['unit']): string {
  if (unit === 'in all') return String(value);
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return `${value.toFixed(digits)} ${unit}`;
}

/** The same for a machine: every row with its ratio and whether the target is met. */
export function asJson(machine: Readonly<Record<string, unknown>>, rows: readonly Row[]): string {
  const all = rows.map((row) => ('why' in row ? row : { ...row, ratio: ratioOf(row), met: isMet(row) }));
  return JSON.stringify({ machine, rows: all }, null, 2);
}
