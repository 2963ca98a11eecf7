import { median } from '../benchmark/statistics.ts';
import { type Played, refusedOf } from './play.ts';

const HEADS = ['scenario', 'ZooKeeper', 'starts', 'refused', 'held back', 'serving after: median', 'worst'];

/** What was played, as a Markdown table. */
export function tableOf(played: readonly Played[]): string {
  const rows = [HEADS, ...played.map(cellsOf)];
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), rule, ...body.map(line)].join('\n');
}

function cellsOf(one: Played): string[] {
  const served = one.starts.map(({ servedMs }) => servedMs).filter((ms) => ms !== undefined);
  const seconds = (ms: number) => (served.length === 0 ? '' : `${(ms / 1_000).toFixed(1)} s`);
  const waited = one.starts.filter(({ waited }) => waited).length;
  const counts = [one.starts.length, refusedOf(one).length, waited].map(String);
  return [one.name, one.releases, ...counts, seconds(median(served)), seconds(Math.max(...served))];
}
