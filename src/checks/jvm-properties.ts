import { type Finding, finding } from '../findings/finding.ts';
import { isKnownTo, isParsedOnly } from '../render/zoo-cfg-keys.ts';
import { ownerOfZooCfgKey } from '../settings/table.ts';
import type { SettingFacts } from './facts.ts';
import { jvmWords, subjectOf } from './jvm-words.ts';

/** Keys that this program itself writes into zoo.cfg as properties; what zoo.cfg says wins over a flag. */
const WRITTEN = new Set([
  '4lw.commands.whitelist',
  'admin.enableServer',
  'admin.serverPort',
  'db.autocreate',
]);

/** Flags -Dzookeeper.<key> that do nothing: the key is no property, or zoo.cfg sets it too (QuorumPeerConfig). */
export function propertyFindings({ settings, distribution, ...facts }: SettingFacts): Finding[] {
  return jvmWords({ settings, ...facts }).flatMap((given) => {
    const [, key, value = ''] = /^-Dzookeeper\.([^=]+)(?:=(.*))?$/.exec(given.word) ?? [];
    if (key === undefined || given.source === 'ours') return [];
    const pair = settings.extraConfig.find(([name]) => name === key);
    const isWritten = distribution === undefined || isKnownTo(distribution.release, key);
    if (isParsedOnly(key))
      return [voided(subjectOf(given), key, { why: 'is a key of zoo.cfg alone', remedy: remedyFor(key) })];
    if (WRITTEN.has(key) && isWritten)
      return [
        voided(subjectOf(given), key, { why: 'is written into zoo.cfg, which wins', remedy: remedyFor(key) }),
      ];
    if (pair === undefined || pair[1] === value || !isWritten) return [];
    return [
      voided(subjectOf(given), key, {
        why: 'is in ZK_EXTRA_CONFIG too, which wins',
        remedy: 'keep one of the two',
      }),
    ];
  });
}

function remedyFor(key: string): string {
  const owner = ownerOfZooCfgKey(key);
  return owner === undefined ? `remove it and add ${key} to ZK_EXTRA_CONFIG` : `remove it and set ${owner}`;
}

function voided(subject: string, key: string, { why, remedy }: { why: string; remedy: string }): Finding {
  return finding('ZK-JVM-005', {
    subject,
    problem: `has -Dzookeeper.${key}, which has no effect: ${key} ${why}`,
    remedy,
  });
}
