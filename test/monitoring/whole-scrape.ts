import { cpuFamilies } from '../../src/health/cpu-metrics.ts';
import { jvmFamilies } from '../../src/health/jvm-metrics.ts';
import { metricsText } from '../../src/health/metrics.ts';
import { parsePerfData } from '../../src/health/perf-data.ts';
import { answer } from '../health/answers.ts';
import { perfData, serialCounters } from '../health/perf-data.ts';
import { servingFacts, snapshot } from '../health/snapshots.ts';

/** What /metrics shows of a leader where nothing is left out: limits, certificates, a zone, an observer. */
export function wholeScrape(): string {
  const facts = {
    metricNames: ['provider'] as const,
    zone: 'west-1a',
    votersWished: 3,
    certificates: [{ name: 'ssl.quorum.keyStore', expiresAtMs: servingFacts.nowMs }],
    figures: () => [
      ...jvmFamilies({
        counters: parsePerfData(perfData(serialCounters)),
        cpuSeconds: 1,
        residentBytes: 1,
        virtualBytes: 1,
      }),
      ...cpuFamilies({ limit: 1, usedSeconds: 1, periods: 1, throttledPeriods: 0, throttledSeconds: 0 }),
    ],
    resources: () => ({
      volumes: (['data', 'log'] as const).map((name) => ({ name, freeBytes: 1, sizeBytes: 2, fullInMs: 3 })),
      snapshots: { count: 1, bytes: 1 },
      logs: { count: 1, bytes: 1 },
      lastPurgeMs: 1,
      setAside: 0,
      memory: { usedBytes: 1, limitBytes: 2, highBytes: 1, throttles: 1, heapLimitBytes: 1 },
    }),
    member: () => ({
      id: 1,
      instance: 'a1',
      ensemble: 'zk',
      domain: null,
      servers: ['1=zk-0:2888:3888', '2=zk-1:2888:3888', '3=zk-2:2888:3888'],
      voters: [1, 2, 3],
      volume: 'data' as const,
      known: [1, 2, 3],
      waiting: false,
    }),
  };
  const { supervisor, exchanges } = snapshot(facts, { mntr: answer('3.9.6-leader-mntr') });
  const tally = {
    probes: [{ probe: 'livez', ok: true, count: 1, tookMs: 1 }],
    exchanges: [{ word: 'mntr', ending: 'answer', count: 1, tookMs: 1 } as const],
  };
  return metricsText({ supervisor, exchanges, tally });
}

/** The names of a scrape's series, `_sum` and `_count` included. */
export function seriesNames(scrape: string): ReadonlySet<string> {
  const lines = scrape.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Set(lines.map((line) => line.replace(/[ {].*/, '')));
}
