import { readFileSync } from 'node:fs';

/** Dashboards of the field, by the names of metrics that they read: Grafana's 10465, and the one of an operator. */
export const dashboards = ['grafana-10465', 'clickhouse-operator'] as const;

/** The names that a dashboard reads, in the order of the alphabet. */
export function namesOf(dashboard: (typeof dashboards)[number]): string[] {
  return readFileSync(new URL(`names/${dashboard}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter(Boolean);
}
