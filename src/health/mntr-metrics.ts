import { byteSizes, plainMetric, spelling } from '../zookeeper/four-letter/mntr-names.ts';
import type { Family, Sample } from './exposition.ts';

type Statistic = 'avg' | 'min' | 'max' | 'last' | 'cnt' | 'sum' | 'p50' | 'p95' | 'p99' | 'p999';

/** Everything mntr says of one distribution, for one value of its label. */
interface Distribution {
  readonly base: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly values: Partial<Record<Statistic, number>>;
}

/** Turns the numbers of `mntr` into metric families by Prometheus' conventions; texts are left to the caller. */
export function mntrFamilies(mntr: ReadonlyMap<string, string>): Family[] {
  const distributions = new Map<string, Distribution>();
  const families: Family[] = [];
  for (const [key, text] of mntr) {
    const value = numberOf(text);
    if (value === undefined) continue;
    const bare = key.slice('zk_'.length);
    const found = plainMetric(bare) === undefined ? statisticOf(bare) : undefined;
    if (found === undefined) families.push(...plainFamily(bare, value));
    else collect(distributions, found, value);
  }
  return [...families, ...distributionFamilies(distributions)];
}

/** Java's Long.toString and Double.toString; anything else is no number. */
function numberOf(text: string): number | undefined {
  return /^-?\d{1,20}(?:\.\d{1,20})?(?:E-?\d{1,3})?$/.test(text) ? Number(text) : undefined;
}

/** mntr reports -1 for a value that does not exist yet. Then the series is left out. */
function plainFamily(key: string, value: number): Family[] {
  const known = plainMetric(key);
  if (value === -1) return [];
  if (known === undefined) return [unknownFamily(key, value)];
  const { name, type, unit, help } = known;
  const total = type === 'counter' ? '_total' : '';
  const suffix = unit === undefined ? '' : `_${unit === 'bytes' ? 'bytes' : 'seconds'}`;
  const scaled = unit === 'milliseconds' ? value / 1_000 : value;
  return [{ name: `zookeeper_${name}${suffix}${total}`, type, help, samples: [{ value: scaled }] }];
}

/** A key of a ZooKeeper yet to come: whether it only grows is not known, so it has no type. */
function unknownFamily(key: string, value: number): Family {
  const { name, divisor } = nameAndDivisor(key);
  return {
    name,
    type: 'untyped',
    help: `zk_${printable(key)} of mntr.`,
    samples: [{ value: value / divisor }],
  };
}

interface Found {
  readonly statistic: Statistic;
  readonly base: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** AvgMinMaxCounter and AvgMinMaxPercentileCounter put the statistic first, their sets the member next. */
function statisticOf(key: string): Found | undefined {
  const match = /^(avg|min|max|last|cnt|sum|p50|p95|p99|p999)_(.+)$/.exec(key);
  if (match === null) return undefined;
  const [, statistic, rest = ''] = match;
  return { statistic: statistic as Statistic, ...memberOf(rest) };
}

/** A namespace is the first part of a path, which clients choose: it may only ever be a label's value. */
function memberOf(rest: string): Omit<Found, 'statistic'> {
  const [, namespace, access] = /^(.*)_(read|write)_per_namespace$/.exec(rest) ?? [];
  if (namespace !== undefined) return { base: `namespace_${access}_bytes`, labels: { namespace } };
  const [, learner, what] =
    /^(\d{1,20})_(learner_handler_qp_size|learner_handler_qp_time_ms|ack_latency)$/.exec(rest) ?? [];
  return learner === undefined || what === undefined
    ? { base: rest, labels: {} }
    : { base: what, labels: { learner } };
}

function collect(
  distributions: Map<string, Distribution>,
  { base, labels, statistic }: Found,
  value: number,
): void {
  const key = JSON.stringify([base, labels]);
  const distribution = distributions.get(key) ?? { base, labels, values: {} };
  distribution.values[statistic] = value;
  distributions.set(key, distribution);
}

function distributionFamilies(distributions: ReadonlyMap<string, Distribution>): Family[] {
  const byBase = Map.groupBy(distributions.values(), ({ base }) => base);
  return [...byBase].flatMap(([base, members]) => [
    ...summaryFamily(base, members),
    ...extremeFamilies(base, members),
  ]);
}

/** With a sum and a count the average is left out: rate(sum)/rate(count) says it for any span of time. */
function summaryFamily(base: string, members: readonly Distribution[]): Family[] {
  const { name, divisor } = nameAndDivisor(base);
  const samples = members.filter(isSummary).flatMap((member) => summarySamples(member, divisor));
  return samples.length === 0 ? [] : [{ name, type: 'summary', help: helpOf(base), samples }];
}

function isSummary({ values }: Distribution): boolean {
  return values.sum !== undefined && values.cnt !== undefined;
}

const QUANTILES = { p50: '0.5', p95: '0.95', p99: '0.99', p999: '0.999' } as const;

function summarySamples({ labels, values }: Distribution, divisor: number): Sample[] {
  const quantiles = Object.entries(QUANTILES).flatMap(([statistic, quantile]) => {
    const value = values[statistic as keyof typeof QUANTILES];
    return value === undefined ? [] : [{ labels: { ...labels, quantile }, value: value / divisor }];
  });
  const sum: Sample = { suffix: '_sum', labels, value: (values.sum ?? 0) / divisor };
  return [...quantiles, sum, { suffix: '_count', labels, value: values.cnt ?? 0 }];
}

function extremeFamilies(base: string, members: readonly Distribution[]): Family[] {
  const { name, divisor } = nameAndDivisor(base);
  return (['min', 'max', 'last', 'avg'] as const).map((statistic) => {
    const samples = members.flatMap((member): Sample[] => {
      const value = statistic === 'avg' && isSummary(member) ? undefined : member.values[statistic];
      return value === undefined || value === -1 ? [] : [{ labels: member.labels, value: value / divisor }];
    });
    return {
      name: `${name}_${statistic}`,
      type: 'gauge',
      help: `${HELP[statistic]}${helpOf(base)}`,
      samples,
    };
  });
}

const HELP = { min: 'Least of ', max: 'Greatest of ', last: 'Last of ', avg: 'Average of ' } as const;

function helpOf(base: string): string {
  return `${printable(base).replaceAll('_', ' ')}, as mntr has it.`;
}

/** A key that ZooKeeper would never write must not disturb the terminal of who reads the metrics. */
function printable(key: string): string {
  return key.replace(/[^\x20-\x7e]/g, '?');
}

/** Every duration of mntr counts milliseconds; Prometheus' base unit is the second. `_count` is for summaries alone. */
function nameAndDivisor(key: string): { readonly name: string; readonly divisor: number } {
  const spelt = Object.hasOwn(spelling, key) ? spelling[key] : undefined;
  const clean = (spelt ?? key)
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '_')
    .replace(/_count$/, '');
  if (DURATION.test(clean)) return { name: `zookeeper_${clean.replace(/_ms$/, '')}_seconds`, divisor: 1_000 };
  return { name: `zookeeper_${clean}${byteSizes.has(key) ? '_bytes' : ''}`, divisor: 1 };
}

const DURATION = /_ms$|(?:^|_)time(?:_|$)|latency$|uptime$/;
