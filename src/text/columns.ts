/** Rows as lines with aligned cells. A cell wider than `widest` characters moves only the rest of its line. */
export function inColumns(rows: readonly (readonly string[])[], widest = Number.POSITIVE_INFINITY): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.min(
      widest,
      Math.max(...rows.map((row) => (column < row.length - 1 ? (row[column]?.length ?? 0) : 0))),
    ),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
