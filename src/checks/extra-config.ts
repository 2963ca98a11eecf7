import { type Finding, finding } from '../findings/finding.ts';
import { withoutCredentials } from '../settings/mask.ts';
import { ownerOfZooCfgKey } from '../settings/table.ts';
import { nearest } from '../text/nearest.ts';
import { shortened } from '../text/some-of.ts';
import { has } from '../zookeeper/features.ts';
import {
  isKey,
  isReadAsMember,
  knownKeys,
  neededBy,
  type WithoutEffect,
  withoutEffect,
} from '../zookeeper/keys.ts';
import { wantedValue } from './key-values.ts';
import type { SettingFacts } from './setting-facts.ts';

const SUBJECT = 'ZK_EXTRA_CONFIG';

/** Keys that have a setting, keys without effect, and keys that no release knows. */
export function extraConfigFindings({ settings }: Pick<SettingFacts, 'settings'>): Finding[] {
  return settings.extraConfig.flatMap(([key]) => keyFinding(key) ?? []);
}

function keyFinding(key: string): Finding | undefined {
  const owner = ownerOfZooCfgKey(key);
  if (owner !== undefined) {
    return finding('ZK-SETTING-007', {
      subject: SUBJECT,
      problem: `${key} has a setting of its own`,
      remedy: `set ${owner} instead`,
    });
  }
  const why = withoutEffect(key);
  if (why !== undefined) {
    return finding('ZK-SETTING-008', {
      subject: SUBJECT,
      problem: `${key} in zoo.cfg has no effect`,
      remedy: instead(key, why),
    });
  }
  if (isReadAsMember(key)) return readAsMember(key);
  if (isKey(key)) return undefined;
  const near = nearest(key, knownKeys);
  return finding('ZK-SETTING-009', {
    subject: SUBJECT,
    problem: `${key} is not a key of any known release`,
    remedy:
      near === undefined
        ? `check the spelling; it becomes the system property zookeeper.${key}`
        : `did you mean ${near}?`,
  });
}

/** QuorumPeerConfig.parseDynamicConfig: a key that begins so names a server, a group or a weight, by a number. */
function readAsMember(key: string): Finding {
  return finding('ZK-CONFIG-001', {
    subject: SUBJECT,
    problem: `${key} is read as a line of a member, which needs a number there: ZooKeeper would end`,
    remedy: isKey(key)
      ? `set JVMFLAGS=-Dzookeeper.${key}=… instead`
      : 'remove it; ZK_ENSEMBLE names the members',
  });
}

function instead(key: string, why: WithoutEffect): string {
  switch (why.kind) {
    case 'prefixed':
      return `write ${why.key}, without the prefix`;
    case 'jvm-only':
      return `set JVMFLAGS=-D${key}=… instead`;
    case 'of-clients':
      return `give it to the clients: CLIENT_JVMFLAGS=-Dzookeeper.${key}=…`;
    case 'renamed':
      return `write ${why.key} (the name that the code reads)`;
    case 'replaced':
      return `use ${why.by} (${why.since} and newer)`;
  }
}

/** Values of ZK_EXTRA_CONFIG that ZooKeeper refuses, or takes for something else without a word. */
export function extraValueFindings({ settings, distribution }: SettingFacts): Finding[] {
  const strict = distribution === undefined || has(distribution.release, 'refusesWrongValues');
  return settings.extraConfig.flatMap(([key, value]) => {
    const wrong = wantedValue(key, value);
    if (wrong === undefined) return lonely(settings, { key, value });
    // A list of what fits is the newer releases'; the old ones took more.
    return wrong.ends && !strict ? [] : [wrongValue({ key, value, wanted: wrong.wanted, strict })];
  });
}

function lonely({ extraConfig }: SettingFacts['settings'], { key, value }: { key: string; value: string }) {
  const needed = neededBy(key);
  const isOn = (text: string) => !/^false$/i.test(text);
  if (needed === undefined || !isOn(value)) return [];
  if (extraConfig.some(([name, its]) => name === needed && isOn(its))) return [];
  return [
    finding('ZK-CONFIG-001', {
      subject: SUBJECT,
      problem: `${key} is ${shortened(value)}, but ${needed} is not set, without which ZooKeeper would end`,
      remedy: `set ${needed} too, or remove ${key}`,
    }),
  ];
}

function wrongValue({
  key,
  value,
  wanted,
  strict,
}: {
  key: string;
  value: string;
  wanted: string;
  strict: boolean;
}): Finding {
  const comment = /\s#/.test(value) ? '; a comment needs a line of its own' : '';
  const harm = strict ? 'ends ZooKeeper or is read as something else' : 'is read as something else';
  return finding('ZK-CONFIG-001', {
    subject: SUBJECT,
    problem: `${key} is "${shortened(withoutCredentials(value))}", which ${harm}`,
    remedy: `give ${wanted}${comment}`,
  });
}
