import { type Finding, finding } from '../findings/finding.ts';
import type { Settings } from '../settings/table.ts';
import type { SettingFacts } from './facts.ts';

/** Limits that start but are wrong: milliseconds given as ticks, timeouts out of order, a tick out of reason. */
export function timeFindings({ settings }: SettingFacts): Finding[] {
  return [...limitFindings(settings), ...sessionFindings(settings), ...tickFindings(settings)];
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
    problem: `is ${ticks} ticks of ${tickTimeMs} ms, so ${noticed} only after ${span(ticks * tickTimeMs)}`,
    remedy: `it counts ticks, not milliseconds: ${usual} is usual`,
  });
}

function span(ms: number): string {
  const seconds = ms / 1_000;
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} minutes`;
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
