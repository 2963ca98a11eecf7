import type { Panel } from './panels/panel.ts';
import { rows } from './panels.ts';
import type { Curve, Prometheus } from './prometheus.ts';
import { forMembers } from './rules.ts';

/** The sizes of the drawing, in pixels: the same three panels a line as the dashboard has. */
const WIDTH = 1_200;
const GAP = 8;
const HEAD = 34;
const SIZES = {
  stat: { columns: 6, height: 76 },
  table: { columns: 6, height: 76 },
  timeseries: { columns: 3, height: 190 },
} as const;

const COLORS = ['#3274d9', '#e0752d', '#299c46', '#a352cc', '#c4162a', '#8f6f00', '#0d7f8c', '#6b6f76'];

/** A curve with the words of its legend. */
interface Drawn {
  readonly legend: string;
  readonly values: Curve['values'];
}

/**
 * The dashboard as SVG, drawn from what a Prometheus answers: every panel of the table with its curves, and `no data` where
 * there is none. It is no picture of Grafana.
 */
export async function pictureOf(
  prometheus: Pick<Prometheus, 'curves'>,
  { from, to }: { from: number; to: number },
): Promise<string> {
  const span = { from, to, step: Math.max(1, Math.ceil((to - from) / 240)) };
  const drawnOf = async ({ queries }: Panel): Promise<Drawn[]> => {
    const all = await Promise.all(
      queries.map(async ({ expr, legend }) => {
        // The dashboard looks at five minutes; a run of five minutes is looked at in half a minute.
        const shorter = forMembers(expr).replaceAll('[5m]', '[30s]');
        const curves = await prometheus.curves(shorter, span);
        return curves.map(({ metric, values }) => ({ legend: filled(legend, metric), values }));
      }),
    );
    return all.flat().filter(({ values }) => values.some(([, value]) => Number.isFinite(value)));
  };
  let y = 0;
  const parts: string[] = [];
  for (const row of rows) {
    parts.push(text({ x: 4, y: y + 23, size: 16, weight: 600 }, row.title));
    y += HEAD;
    let [x, height] = [0, 0];
    for (const panel of row.panels) {
      const { columns, height: own } = SIZES[panel.kind];
      const width = (WIDTH - GAP * (columns - 1)) / columns;
      if (x + width > WIDTH + 1 || (height > 0 && own !== height)) [x, y, height] = [0, y + height + GAP, 0];
      parts.push(panelAt(panel, await drawnOf(panel), { x, y, width, height: own, ...span }));
      x += width + GAP;
      height = own;
    }
    y += height + GAP;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}"`,
    '  font-family="DejaVu Sans, Verdana, sans-serif" fill="#24292e">',
    '<title>The panels of the dashboard</title>',
    `<rect width="${WIDTH}" height="${y}" fill="#f4f5f5"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly from: number;
  readonly to: number;
}

function panelAt(panel: Panel, drawn: readonly Drawn[], box: Box): string {
  const { x, y, width, height } = box;
  const frame = `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${height}" rx="3" fill="#fff" stroke="#dcdfe3"/>`;
  const title = text({ x: x + 8, y: y + 16, size: 11, weight: 600 }, panel.title);
  const body =
    drawn.length === 0
      ? text(
          { x: x + width / 2, y: y + height / 2 + 10, size: 11, anchor: 'middle', fill: '#8a8f96' },
          'no data',
        )
      : panel.kind === 'timeseries'
        ? chart(panel, drawn, box)
        : figures(panel, drawn, box);
  return `<g>${frame}${title}${body}</g>`;
}

/** The last value of each curve; of a table the words alone, since each value is 1. */
function figures({ kind, unit, title }: Panel, drawn: readonly Drawn[], { x, y }: Box): string {
  const now = drawn.map(({ legend, values }) => ({ legend, value: values.at(-1)?.[1] ?? Number.NaN }));
  if (kind === 'table')
    return now
      .slice(0, 4)
      .map(({ legend }, index) => text({ x: x + 8, y: y + 31 + index * 12, size: 8 }, legend))
      .join('');
  if (title === 'Leader')
    return text({ x: x + 8, y: y + 50, size: 14, weight: 600 }, now.at(-1)?.legend ?? '');
  if (now.length === 1)
    return text({ x: x + 8, y: y + 54, size: 24, weight: 600 }, shown(now[0]?.value ?? Number.NaN, unit));
  return now
    .map(({ legend, value }, index) =>
      text({ x: x + 8, y: y + 34 + index * 14, size: 11 }, `${legend}: ${shown(value, unit)}`),
    )
    .join('');
}

/** Curves between two labelled lines, with the legend below. */
function chart(
  { unit, limit }: Panel,
  drawn: readonly Drawn[],
  { x, y, width, height, from, to }: Box,
): string {
  const [left, right, top, bottom] = [x + 56, x + width - 10, y + 28, y + height - 46];
  const all = drawn.flatMap(({ values }) => values.map(([, value]) => value)).filter(Number.isFinite);
  const highest = Math.max(...all, 0);
  const upper = highest === 0 ? 1 : highest * 1.1;
  const px = (time: number) => left + ((time - from) / (to - from)) * (right - left);
  const py = (value: number) => bottom - (Math.min(value, upper) / upper) * (bottom - top);
  const lines = [0, 0.5, 1].map((part) => {
    const at = round(py(upper * part));
    return (
      `<path d="M${round(left)} ${at}H${round(right)}" stroke="#e4e7eb"/>` +
      text({ x: left - 4, y: at + 3, size: 8, anchor: 'end', fill: '#6b6f76' }, shown(upper * part, unit))
    );
  });
  const threshold =
    limit === undefined || limit.at > upper
      ? ''
      : `<path d="M${round(left)} ${round(py(limit.at))}H${round(right)}" stroke="#c4162a" stroke-dasharray="4 3"/>`;
  const curves = drawn.map(({ values }, index) => {
    const color = COLORS[index % COLORS.length];
    return `<path d="${pathOf(values, px, py)}" fill="none" stroke="${color}" stroke-width="1.3"/>`;
  });
  const minutes = Math.round((to - from) / 60);
  const times = [
    text({ x: left, y: bottom + 11, size: 8, fill: '#6b6f76' }, '0'),
    text({ x: right, y: bottom + 11, size: 8, anchor: 'end', fill: '#6b6f76' }, `${minutes} min`),
  ];
  return [...lines, threshold, ...curves, ...times, legend(drawn, { x: x + 8, y: bottom + 24, width })].join(
    '',
  );
}

/** A gap where a value is missing: a member that is down has no figures. */
function pathOf(
  values: Curve['values'],
  px: (time: number) => number,
  py: (value: number) => number,
): string {
  const step = Math.min(...values.slice(1).map(([time], index) => time - (values[index]?.[0] ?? 0)));
  return values
    .map(([time, value], index) => {
      if (!Number.isFinite(value)) return '';
      const [before, last] = values[index - 1] ?? [];
      const isGap = before === undefined || time - before > step * 1.5 || !Number.isFinite(last);
      return `${isGap ? 'M' : 'L'}${round(px(time))} ${round(py(value))}`;
    })
    .join('');
}

const LEGEND_ENTRIES = 6;

function legend(drawn: readonly Drawn[], { x, y, width }: Pick<Box, 'x' | 'y' | 'width'>): string {
  const shownEntries = drawn.slice(0, LEGEND_ENTRIES);
  const entries = shownEntries.map(({ legend: words }, index) => {
    const [column, line] = [index % 3, Math.floor(index / 3)];
    const [at, below] = [x + (column * (width - 12)) / 3, y + line * 12];
    return (
      `<rect x="${round(at)}" y="${round(below - 5)}" width="8" height="3" fill="${COLORS[index % COLORS.length]}"/>` +
      text({ x: at + 11, y: below, size: 8 }, words.length > 24 ? `${words.slice(0, 23)}…` : words)
    );
  });
  const more = drawn.length - shownEntries.length;
  return (
    entries.join('') +
    (more > 0 ? text({ x: x + width - 16, y: y + 12, size: 8, anchor: 'end' }, `+${more}`) : '')
  );
}

function filled(legend: string, metric: Readonly<Record<string, string>>): string {
  // A pod's name is what a reader knows; the dashboard has the address of the scrape.
  return legend
    .replace(/\{\{(\w+)\}\}/g, (_all, label: string) =>
      label === 'instance' ? (metric['pod'] ?? metric['instance'] ?? '') : (metric[label] ?? ''),
    )
    .trim();
}

function shown(value: number, unit: Panel['unit']): string {
  switch (unit) {
    case 'bytes':
    case 'Bps':
      return scaled(value, ['B', 'KiB', 'MiB', 'GiB', 'TiB'], 1_024);
    case 's':
      return `${brief(value)} s`;
    case 'ms':
      return `${brief(value)} ms`;
    case 'percentunit':
      return `${brief(value * 100)} %`;
    case 'dtdurations':
      return value >= 86_400 ? `${brief(value / 86_400)} d` : `${brief(value / 3_600)} h`;
    case 'ops':
      return `${brief(value)} /s`;
    default:
      return scaled(value, ['', 'k', 'M', 'G'], 1_000);
  }
}

function scaled(value: number, units: readonly string[], by: number): string {
  let [number, index] = [value, 0];
  while (Math.abs(number) >= by && index < units.length - 1) [number, index] = [number / by, index + 1];
  return `${brief(number)} ${units[index]}`.trim();
}

function brief(value: number): string {
  return Number(value.toPrecision(3)).toString();
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

interface TextAt {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight?: number;
  readonly anchor?: 'middle' | 'end';
  readonly fill?: string;
}

function text({ x, y, size, weight, anchor, fill }: TextAt, words: string): string {
  const attributes = [
    `x="${round(x)}" y="${round(y)}" font-size="${size}"`,
    ...(weight === undefined ? [] : [`font-weight="${weight}"`]),
    ...(anchor === undefined ? [] : [`text-anchor="${anchor}"`]),
    ...(fill === undefined ? [] : [`fill="${fill}"`]),
  ];
  const safe = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<text ${attributes.join(' ')}>${safe}</text>`;
}
