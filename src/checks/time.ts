import { type Finding, finding } from '../findings/finding.ts';
import type { Settings } from '../settings/table.ts';
import { formatSpan } from '../text/span.ts';
import type { SettingFacts } from './setting-facts.ts';

/** Limits that start but are wrong: milliseconds given as ticks, timeouts out of order, a tick out of reason. */
export function timeFindings({ settings }: SettingFacts): Finding[] {
  const overflows = overflowFindings(settings);
  if (overflows.length > 0) return overflows;
  return [
    ...limitFindings(settings),
    ...sessionFindings(settings),
    ...sessionRangeFindings(settings),
    ...tickFindings(settings),
  ];
}

const LARGEST_INT = 2_147_483_647;

/** Learner and QuorumCnxManager multiply as Java's int, which turns negative; parseInt refuses what is larger. */
function overflowFindings(settings: Settings): Finding[] {
  const { tickTimeMs, initLimitTicks, syncLimitTicks, maxSessionTimeoutMs } = settings;
  const products: [subject: string, words: string, ms: number][] = [
    ['ZK_INIT_LIMIT', `is ${initLimitTicks} ticks of ${tickTimeMs} ms`, initLimitTicks * tickTimeMs],
    ['ZK_SYNC_LIMIT', `is ${syncLimitTicks} ticks of ${tickTimeMs} ms`, syncLimitTicks * tickTimeMs],
    ['ZK_TICK_TIME', `is ${tickTimeMs} ms, and session timeouts follow from it`, maxSessionTimeoutMs],
  ];
  return products
    .filter(([, , ms]) => ms > LARGEST_INT)
    .map(([subject, words, ms]) =>
      finding('ZK-TIMING-006', {
        subject,
        problem: `${words}: ${ms} ms, more than ZooKeeper can count (${LARGEST_INT})`,
        remedy: 'lower it; usual values are ZK_TICK_TIME=2000, ZK_INIT_LIMIT=10 and ZK_SYNC_LIMIT=5',
      }),
    );
}

function limitFindings({ tickTimeMs, initLimitTicks, syncLimitTicks }: Settings): Finding[] {
  const findings: Finding[] = [];
  if (syncLimitTicks > 20 || syncLimitTicks * tickTimeMs > 60_000) {
    findings.push(
      tooLong('ZK_SYNC_LIMIT', {
        ticks: syncLimitTicks,
        tickTimeMs,
        usual: '5',
        noticed: 'a dead leader is noticed',
      }),
    );
  }
  if (initLimitTicks > 200 || initLimitTicks * tickTimeMs > 600_000) {
    findings.push(
      tooLong('ZK_INIT_LIMIT', {
        ticks: initLimitTicks,
        tickTimeMs,
        usual: '10',
        noticed: 'a stuck follower gives up',
      }),
    );
  }
  if (initLimitTicks < syncLimitTicks && syncLimitTicks <= 20)
    findings.push(initBelowSync(initLimitTicks, syncLimitTicks));
  return findings;
}

function tooLong(
  subject: string,
  {
    ticks,
    tickTimeMs,
    usual,
    noticed,
  }: { ticks: number; tickTimeMs: number; usual: string; noticed: string },
): Finding {
  return finding('ZK-TIMING-001', {
    subject,
    problem: `is ${ticks} ticks of ${tickTimeMs} ms, so ${noticed} only after ${formatSpan(ticks * tickTimeMs)}`,
    remedy: `it counts ticks, not milliseconds: ${usual} is usual`,
  });
}

function initBelowSync(init: number, sync: number): Finding {
  return finding('ZK-TIMING-004', {
    subject: 'ZK_INIT_LIMIT',
    problem: `is ${init} ticks, less than ZK_SYNC_LIMIT, ${sync}`,
    remedy: `raise it to at least ${2 * sync}`,
  });
}

function sessionFindings({ tickTimeMs, minSessionTimeoutMs, maxSessionTimeoutMs }: Settings): Finding[] {
  if (minSessionTimeoutMs > maxSessionTimeoutMs) {
    return [
      finding('ZK-TIMING-002', {
        subject: 'ZK_MIN_SESSION_TIMEOUT',
        problem: `is ${minSessionTimeoutMs} ms, more than ZK_MAX_SESSION_TIMEOUT, ${maxSessionTimeoutMs} ms`,
        remedy: 'swap them or raise the latter',
      }),
    ];
  }
  if (minSessionTimeoutMs >= 2 * tickTimeMs) return [];
  return [
    finding('ZK-TIMING-005', {
      subject: 'ZK_MIN_SESSION_TIMEOUT',
      problem: `is ${minSessionTimeoutMs} ms, less than two ticks of ${tickTimeMs} ms`,
      remedy: `set it to ${2 * tickTimeMs} or more, or remove it`,
    }),
  ];
}

/** ZooKeeper changes the timeout of a client to fit the range, without a message. A tick out of range has its own finding. */
function sessionRangeFindings(settings: Settings): Finding[] {
  const { minSessionTimeoutMs: min, maxSessionTimeoutMs: max } = settings;
  if (min > max || tickFindings(settings).length > 0) return [];
  if (max < 10_000 || max > 600_000) {
    return [
      unusualRange(
        'ZK_MAX_SESSION_TIMEOUT',
        `is ${formatSpan(max)}`,
        'use 10 s to 10 minutes; 20 ticks is the default',
      ),
    ];
  }
  if (min <= 30_000) return [];
  const problem = `is ${formatSpan(min)}, more than the 30 s that clients usually ask for`;
  return [unusualRange('ZK_MIN_SESSION_TIMEOUT', problem, 'use at most 30000; 2 ticks is the default')];
}

function unusualRange(subject: string, problem: string, remedy: string): Finding {
  return finding('ZK-TIMING-007', { subject, problem, remedy });
}

function tickFindings({ tickTimeMs }: Settings): Finding[] {
  if (tickTimeMs >= 500 && tickTimeMs <= 10_000) return [];
  return [
    finding('ZK-TIMING-003', {
      subject: 'ZK_TICK_TIME',
      problem: `is ${tickTimeMs} ms`,
      remedy: 'use 500 to 10000 ms; 2000 is usual',
    }),
  ];
}
