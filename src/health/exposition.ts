import { visibleLines } from '../text/visible.ts';

/** One metric family of Prometheus' text format. */
export interface Family {
  /** Without the `_total` of a counter left out: the name as it is written. */
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'summary' | 'untyped';
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  /** `_sum` and `_count` of a summary. */
  readonly suffix?: '_sum' | '_count';
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Writes families in Prometheus' text format, version 0.0.4. Of two families that would write the same series only the
 * first is written, since one duplicate makes Prometheus drop the whole scrape.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function exposition(families: readonly Family[]): string {
  const taken = new Set<string>();
  let text = '';
  for (const family of families) {
    const names = seriesNames(family);
    if (family.samples.length === 0 || names.some((name) => taken.has(name))) continue;
    for (const name of names) taken.add(name);
    text += familyText(family);
  }
  return text;
}

/** A summary owns the names of its sum and count beside its own. */
function seriesNames({ name, type }: Family): string[] {
  return type === 'summary' ? [name, `${name}_sum`, `${name}_count`] : [name];
}

function familyText({ name, type, help, samples }: Family): string {
  const head = `# HELP ${name} ${escapeHelp(help)}\n# TYPE ${name} ${type}\n`;
  const lines = new Map<string, string>();
  for (const { suffix = '', labels, value } of samples) {
    const series = `${name}${suffix}${labelText(labels)}`;
    if (!lines.has(series)) lines.set(series, `${series} ${numberText(value)}\n`);
  }
  return head + [...lines.values()].join('');
}

function labelText(labels: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const LONGEST_LABEL = 200;

/** The parser ends lines at a line feed alone; lone surrogates would not be UTF-8. */
function escapeLabel(value: string): string {
  const lines = value.toWellFormed().slice(0, LONGEST_LABEL).split('\n');
  return visibleLines(lines).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function escapeHelp(help: string): string {
  return help.toWellFormed().replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
}
