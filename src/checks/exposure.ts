import { isAtLeast } from '../distribution/release.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { SettingFacts } from './facts.ts';
import { property } from './given.ts';

/** Words and the AdminServer, open to whoever reaches the pod. */
export function exposureFindings(facts: SettingFacts): Finding[] {
  return [...wordFindings(facts), ...adminFindings(facts)];
}

function wordFindings({ settings: { fourLetterWords } }: SettingFacts): Finding[] {
  if (!fourLetterWords.includes('*')) return [];
  return [
    finding('ZK-CLIENT-003', {
      subject: 'ZK_4LW_WHITELIST',
      problem: 'is *, so wchp and wchc (slow), envi and dump (telling) are answered to everybody',
      remedy: 'name the words you ask; those of the probes are always answered',
    }),
  ];
}

const ALL_ADDRESSES = ['0.0.0.0', '::', '[::]'];

function adminFindings(facts: SettingFacts): Finding[] {
  const { settings, distribution } = facts;
  if (settings.adminPort === 0 || !distribution || !isAtLeast(distribution.release, '3.5.0')) return [];
  const address = property(facts, 'admin.serverAddress')?.value ?? '0.0.0.0';
  if (!ALL_ADDRESSES.includes(address)) return [];
  const tree = isAtLeast(distribution.release, '3.9.0') ? ', and hands out and takes in whole snapshots' : '';
  return [
    finding('ZK-CLIENT-004', {
      subject: 'ZK_ADMIN_PORT',
      problem: `is ${settings.adminPort}; the AdminServer listens on all addresses, asks for no password${tree}`,
      remedy: 'add admin.serverAddress=127.0.0.1 to ZK_EXTRA_CONFIG, or set 0',
    }),
  ];
}
