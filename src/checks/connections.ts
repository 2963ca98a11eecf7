import { type Finding, finding } from '../findings/finding.ts';
import type { SettingFacts } from './facts.ts';

/** A limit so low that probes and clients of one address shut each other out; 0 is no limit. */
export function connectionFindings({ settings: { maxClientCnxns } }: SettingFacts): Finding[] {
  if (maxClientCnxns === 0 || maxClientCnxns >= 10) return [];
  return [
    finding('ZK-CLIENT-001', {
      subject: 'ZK_MAX_CLIENT_CNXNS',
      problem: `is ${maxClientCnxns}, and probes count too`,
      remedy: 'set 10 or more (60 is the default)',
    }),
  ];
}
