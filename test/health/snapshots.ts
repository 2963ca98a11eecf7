import type { Snapshot, SupervisorFacts } from '../../src/health/facts.ts';
import { metricsText } from '../../src/health/metrics.ts';
import type { Exchange, Word } from '../../src/zookeeper/four-letter/exchange.ts';

/** A supervisor whose ZooKeeper has been serving for a minute. */
export const servingFacts: SupervisorFacts = {
  phase: 'serving',
  jvmRunning: true,
  everOk: true,
  readiness: 'ruok',
  metricNames: ['prometheus'],
  nowMs: 1_700_000_060_000,
  startedAtMs: 1_700_000_000_000,
  entrypointVersion: '1.2.3',
  zookeeperVersion: '3.9.6',
  configFingerprint: 'c0ffee',
  jvmStarts: 1,
  jvmStartedAtMs: 1_700_000_000_500,
  timeToImokMs: 420,
  findings: [],
};

/** An exchange that was answered with the text. */
export function answered(text: string): Exchange {
  return { kind: 'answer', text, tookMs: 1.5 };
}

/** A snapshot of that supervisor, with other facts and with what ZooKeeper answered. */
export function snapshot(
  facts: Partial<SupervisorFacts>,
  texts: Partial<Record<Word, string>> = {},
): Snapshot {
  const exchanges = Object.entries(texts).map(([word, text]) => [word, answered(text)]);
  return {
    supervisor: { ...servingFacts, ...facts },
    exchanges: Object.fromEntries(exchanges),
    tally: { probes: [], exchanges: [] },
    writeMetrics: metricsText,
  };
}
