import { type Finding, finding } from '../../findings/finding.ts';
import { withoutCredentials } from '../../settings/mask.ts';
import { ownerOfZooCfgKey } from '../../settings/table.ts';
import { nearest } from '../../text/nearest.ts';
import { shortened } from '../../text/some-of.ts';
import { isKey, isParsedOnly, knownKeys, withoutEffect } from '../../zookeeper/keys.ts';
import { wantedValue } from '../key-values.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { type JvmWord, jvmWords, subjectOf } from './command-line.ts';

/** Keys of ZooKeeper that are given as -D flags: the same names and values that ZK_EXTRA_CONFIG is checked for. */
export function flagKeyFindings(facts: SettingFacts): Finding[] {
  return jvmWords(facts)
    .filter(({ source }) => source !== 'ours')
    .flatMap((given) => {
      const [, name = '', value = ''] = /^-D([^=]+)(?:=(.*))?$/s.exec(given.word) ?? [];
      if (name === '') return [];
      const key = name.startsWith('zookeeper.') ? name.slice('zookeeper.'.length) : undefined;
      return (
        (key === undefined ? withoutPrefix(given, name) : misspelt(given, key)) ??
        wrong(given, { name, value })
      );
    });
}

/** -DsnapCount=…: ZooKeeper reads zookeeper.snapCount alone. */
function withoutPrefix(given: JvmWord, name: string): Finding[] | undefined {
  if (!isKey(name) || withoutEffect(name)?.kind === 'jvm-only') return undefined;
  const owner = ownerOfZooCfgKey(name);
  const remedy =
    owner !== undefined
      ? `remove it and set ${owner}`
      : isParsedOnly(name)
        ? `remove it and add ${name} to ZK_EXTRA_CONFIG`
        : `write -Dzookeeper.${name}, or add ${name} to ZK_EXTRA_CONFIG`;
  return [voided(given, { name, why: 'ZooKeeper does not read that name', remedy })];
}

/** zkCli.sh gets JVMFLAGS too, so names of clients are in their place here. */
function misspelt(given: JvmWord, key: string): Finding[] | undefined {
  const name = `zookeeper.${key}`;
  const why = withoutEffect(key);
  if (why?.kind === 'jvm-only')
    return [
      voided(given, {
        name,
        why: 'ZooKeeper does not read that name',
        remedy: `write -D${key}, without the prefix`,
      }),
    ];
  if (why?.kind === 'renamed')
    return [
      voided(given, {
        name,
        why: 'ZooKeeper does not read that name',
        remedy: `write -Dzookeeper.${why.key}`,
      }),
    ];
  if (isKey(key) || why !== undefined) return undefined;
  const near = nearest(key, knownKeys);
  // Other names below zookeeper. are the logging's (zookeeper.root.logger), or those of jars that are added.
  if (near === undefined || /^(log|root|console|tracelog|datadir)\b/.test(key)) return undefined;
  return [
    finding('ZK-SETTING-009', {
      subject: subjectOf(given),
      problem: `has -D${name}, and ${key} is not a key of any known release`,
      remedy: `did you mean -Dzookeeper.${near}?`,
    }),
  ];
}

/** Sizes and switches without `zookeeper.` before them (Integer.getInteger, Boolean.getBoolean). */
const UNPREFIXED: ReadonlyMap<string, RegExp> = new Map([
  ['jute.maxbuffer', /^([+-]?\d+|[+-]?(0x|#)[\da-f]+)$/i],
  ['readonlymode.enabled', /^(true|false)$/i],
]);

function wrong(given: JvmWord, { name, value }: { name: string; value: string }): Finding[] {
  const pattern = UNPREFIXED.get(name);
  if (pattern !== undefined) {
    if (pattern.test(value)) return [];
    const wanted = name === 'jute.maxbuffer' ? 'a whole number of bytes without a unit' : 'true or false';
    return [misread(given, { name, value, wanted })];
  }
  const key = name.replace(/^zookeeper\./, '');
  const found =
    key === name || isParsedOnly(key) || ownerOfZooCfgKey(key) !== undefined
      ? undefined
      : wantedValue(key, value);
  if (found === undefined) return [];
  if (!found.ends) return [misread(given, { name, value, wanted: found.wanted })];
  return [
    finding('ZK-CONFIG-001', {
      subject: subjectOf(given),
      problem: `has -D${name}=${shown(value)}, which ends ZooKeeper`,
      remedy: `give ${found.wanted}`,
    }),
  ];
}

function misread(
  given: JvmWord,
  { name, value, wanted }: { name: string; value: string; wanted: string },
): Finding {
  return finding('ZK-JVM-005', {
    subject: subjectOf(given),
    problem: `has -D${name}=${shown(value)}, which ZooKeeper cannot read: it takes its default, or ends`,
    remedy: `give ${wanted}`,
  });
}

function shown(value: string): string {
  return shortened(withoutCredentials(value));
}

function voided(
  given: JvmWord,
  { name, why, remedy }: { name: string; why: string; remedy: string },
): Finding {
  return finding('ZK-JVM-005', {
    subject: subjectOf(given),
    problem: `has -D${name}, which has no effect: ${why}`,
    remedy,
  });
}
