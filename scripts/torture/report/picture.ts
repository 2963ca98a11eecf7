import type { Outcome } from './outcome.ts';

const SIZE = { width: 1_200, height: 320, left: 50, right: 20, top: 30, bottom: 70 };
const COLOURS = {
  process: '#c0392b',
  volume: '#8e44ad',
  network: '#2980b9',
  rollout: '#d68910',
};

/** Acknowledged writes in each second of the run as an SVG, with a mark for each fault from its beginning to its healing. */
export function picture(outcome: Outcome): string {
  const { fromMs, toMs } = outcome;
  const seconds = Math.max(1, Math.ceil((toMs - fromMs) / 1_000));
  const rates = new Array<number>(seconds).fill(0);
  for (const at of outcome.acknowledgedAtMs) {
    const second = Math.min(seconds - 1, Math.floor((at - fromMs) / 1_000));
    rates[second] = (rates[second] ?? 0) + 1;
  }
  const most = Math.max(1, ...rates);
  const scale: Scale = {
    x: (second) => SIZE.left + (second / seconds) * (SIZE.width - SIZE.left - SIZE.right),
    y: (rate) => SIZE.height - SIZE.bottom - (rate / most) * (SIZE.height - SIZE.top - SIZE.bottom),
  };
  const parts = [
    ...axes(scale, { seconds, most }),
    ...faults(outcome, scale),
    curve(rates, scale),
    ...legend(),
  ];
  return `${HEAD}\n${parts.join('\n')}\n</svg>\n`;
}

interface Scale {
  x(second: number): number;
  y(rate: number): number;
}

const HEAD = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="sans-serif" font-size="12">
<title>Acknowledged writes per second, and the faults</title>
<rect width="100%" height="100%" fill="white"/>`;

function axes({ x, y }: Scale, { seconds, most }: { seconds: number; most: number }): string[] {
  const step = Math.max(10, Math.ceil(seconds / 12 / 30) * 30);
  const marks = Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step);
  const label = (second: number) =>
    `<text x="${x(second)}" y="${y(0) + 32}" text-anchor="middle">${second} s</text>`;
  return [
    `<text x="${SIZE.left}" y="18">acknowledged writes per second, at most ${most}</text>`,
    ...[0, most].map(
      (rate) => `<text x="${SIZE.left - 6}" y="${y(rate) + 4}" text-anchor="end">${rate}</text>`,
    ),
    `<line x1="${x(0)}" x2="${x(seconds)}" y1="${y(0)}" y2="${y(0)}" stroke="#444"/>`,
    ...marks.map(label),
  ];
}

function faults({ struck, fromMs }: Outcome, { x, y }: Scale): string[] {
  return struck.map(({ kind, members, fromMs: begun, healedMs }) => {
    const from = x((begun - fromMs) / 1_000);
    const width = Math.max(2, x((healedMs - fromMs) / 1_000) - from);
    const title = `<title>${kind}: ${members.join(', ')}</title>`;
    const fill = COLOURS[groupOf(kind)];
    return [
      `<rect x="${from.toFixed(1)}" y="${SIZE.top}" width="${width.toFixed(1)}" height="${y(0) - SIZE.top}" fill="${fill}" opacity="0.12"/>`,
      `<rect x="${from.toFixed(1)}" y="${y(0) + 3}" width="${width.toFixed(1)}" height="12" fill="${fill}">${title}</rect>`,
    ].join('');
  });
}

function groupOf(kind: string): keyof typeof COLOURS {
  if (/network|port/.test(kind)) return 'network';
  if (/volume|disk/.test(kind)) return 'volume';
  return /conf|setting|release|clock/.test(kind) ? 'rollout' : 'process';
}

function curve(rates: readonly number[], { x, y }: Scale): string {
  const points = rates.map((rate, second) => `${x(second + 0.5).toFixed(1)},${y(rate).toFixed(1)}`);
  return `<polyline points="${points.join(' ')}" fill="none" stroke="#1b7f3b" stroke-width="1.5"/>`;
}

function legend(): string[] {
  return Object.entries(COLOURS).map(([name, colour], index) => {
    const left = SIZE.left + index * 110;
    const top = SIZE.height - 24;
    return `<rect x="${left}" y="${top}" width="12" height="12" fill="${colour}"/><text x="${left + 18}" y="${top + 11}">${name}</text>`;
  });
}
