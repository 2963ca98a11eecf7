import type { SummaryRow } from './summary.ts';

const HEADS = ['fault', 'count', 'ready after: median', 'worst', 'acknowledged meanwhile', 'refused starts'];

/** The summary as a Markdown table with padded columns, which reads well in a terminal too. */
export function summaryTable(rows: readonly SummaryRow[]): string {
  const cells = [HEADS, ...rows.map(cellsOf)];
  const widths = HEADS.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), rule, ...body.map(line)].join('\n');
}

function cellsOf({ kind, count, medianMs, worstMs, acknowledged, refused, skipped }: SummaryRow): string[] {
  if (count === 0 && skipped > 0) return [kind, `0, skipped ${skipped}`, '', '', '', ''];
  const seconds = (ms: number | undefined) => (ms === undefined ? '' : `${(ms / 1_000).toFixed(1)} s`);
  return [
    kind,
    String(count),
    seconds(medianMs),
    seconds(worstMs),
    acknowledged.toLocaleString('en'),
    String(refused),
  ];
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
