import { type Finding, finding } from '../findings/finding.ts';
import type { SettingFacts } from './facts.ts';

/** A limit so low that probes and clients of one address shut each other out, or none at all. */
export function connectionFindings({ settings: { maxClientCnxns } }: SettingFacts): Finding[] {
  if (maxClientCnxns >= 10) return [];
  if (maxClientCnxns === 0) return [unlimited()];
  return [
    finding('ZK-CLIENT-001', {
      subject: 'ZK_MAX_CLIENT_CNXNS',
      problem: `is ${maxClientCnxns}, and probes count too`,
      remedy: 'set 10 or more (60 is the default)',
    }),
  ];
}

function unlimited(): Finding {
  return finding('ZK-CLIENT-002', {
    subject: 'ZK_MAX_CLIENT_CNXNS',
    problem: 'is 0, so one address may open connections until the server has no more',
    remedy: 'set what the busiest address needs (60 is the default)',
  });
}
