import { isServerCounter } from '../zookeeper/four-letter/mntr-names.ts';
import type { Family, Sample } from './exposition.ts';

/** Statistics that ZooKeeper's own provider has as gauges of their own; all others of a distribution it leaves out. */
const OWN_GAUGES: readonly string[] = [
  ...['latency', 'client_response_size', 'proposal_size'].flatMap((base) =>
    ['avg', 'last', 'max', 'min'].map((statistic) => `${statistic}_${base}`),
  ),
  'max_file_descriptor_count',
];

/**
 * The names of ZooKeeper's own Prometheus provider (PrometheusMetricsProvider), which dashboards read, out of the answer to
 * `mntr`: a gauge or counter has the name that it has there, a distribution is a summary with `_sum` and `_count`, and one
 * of a set has the label `key`. What `mntr` does not tell is left out: quantiles and the JVM's own.
 */
export function providerFamilies(mntr: ReadonlyMap<string, string>): Family[] {
  const families = new Map<string, { readonly type: Family['type']; readonly samples: Sample[] }>();
  const add = (name: string, type: Family['type'], sample: Sample) => {
    const family = families.get(name) ?? { type, samples: [] };
    family.samples.push(sample);
    families.set(name, family);
  };
  for (const [key, text] of mntr) {
    const value = numberOf(text);
    const name = key.slice('zk_'.length);
    const part = OWN_GAUGES.includes(name) ? undefined : partOf(name);
    if (value === undefined || !NAME.test(part?.name ?? name)) continue;
    if (part === undefined) add(name, isServerCounter(name) ? 'counter' : 'gauge', { value });
    else if (part.sample !== undefined) add(part.name, 'summary', { ...part.sample, value });
  }
  return [...families].map(([name, { type, samples }]) => ({
    name,
    type,
    help: `zk_${name} of mntr.`,
    samples,
  }));
}

/** Names of Prometheus; what else a server writes is no metric. */
const NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function numberOf(text: string): number | undefined {
  return /^-?\d{1,20}(?:\.\d{1,20})?(?:E-?\d{1,3})?$/.test(text) ? Number(text) : undefined;
}

interface Part {
  readonly name: string;
  /** Undefined for a statistic that the provider does not have. */
  readonly sample: Omit<Sample, 'value'> | undefined;
}

function sampleOf(statistic: string, labels: Readonly<Record<string, string>>): Part['sample'] {
  switch (statistic) {
    case 'sum':
      return { suffix: '_sum', labels };
    case 'cnt':
      return { suffix: '_count', labels };
    case 'p50':
      return { labels: { ...labels, quantile: '0.5' } };
    case 'p99':
      return { labels: { ...labels, quantile: '0.99' } };
    default:
      return undefined;
  }
}

/** AvgMinMaxCounter puts the statistic first, a set of them the key next (AvgMinMaxCounterSet). */
function partOf(name: string): Part | undefined {
  const [, statistic, rest] = /^(avg|min|max|last|cnt|sum|p50|p95|p99|p999)_(.+)$/.exec(name) ?? [];
  if (statistic === undefined || rest === undefined) return undefined;
  const [, namespace, access] = /^(.*)_((?:read|write)_per_namespace)$/.exec(rest) ?? [];
  if (namespace !== undefined && access !== undefined)
    return { name: access, sample: sampleOf(statistic, { key: namespace }) };
  const [, learner, what] =
    /^(\d{1,20})_(learner_handler_qp_size|learner_handler_qp_time_ms|ack_latency)$/.exec(rest) ?? [];
  return learner === undefined || what === undefined
    ? { name: rest, sample: sampleOf(statistic, {}) }
    : { name: what, sample: sampleOf(statistic, { key: learner }) };
}

/** The same under the names of the common exporter of `mntr`: each key as it is, without a type. */
export function exporterFamilies(mntr: ReadonlyMap<string, string>): Family[] {
  return [...mntr].flatMap(([key, text]) => {
    const value = numberOf(text);
    if (value === undefined || !NAME.test(key)) return [];
    return [{ name: key, type: 'untyped' as const, help: `${key} of mntr.`, samples: [{ value }] }];
  });
}
