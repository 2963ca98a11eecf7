import { someOfWords } from '../kinds/words.ts';
import { always, row } from '../row.ts';

/** What /metrics shows; apart from what probes read, which are read every few seconds. */
export const metricRows = {
  metricNames: row({
    variable: 'ZK_METRIC_NAMES',
    group: 'health',
    kind: someOfWords(['provider', 'prometheus', 'exporter']),
    fallback: always<readonly ('provider' | 'prometheus' | 'exporter')[]>(['provider']),
    meaning:
      "Under which names /metrics shows ZooKeeper's own figures: those of its Prometheus provider, which its dashboards read; zookeeper_ names by Prometheus' rules, in seconds and bytes; zk_ names of the exporters of mntr.",
    goesTo: '/metrics',
  }),
};
