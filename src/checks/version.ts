import { type Finding, finding } from '../findings/finding.ts';
import { defectsOf, SOUND } from '../zookeeper/defects.ts';
import { has, sinceOf } from '../zookeeper/features.ts';
import { isKnownTo, keySince, secures } from '../zookeeper/keys.ts';
import { formatRelease } from '../zookeeper/release.ts';
import type { SettingFacts } from './setting-facts.ts';

/** Settings and keys that the ZooKeeper at hand does not know, and a distribution that would log nothing. */
export function versionFindings({ settings, distribution, jvm }: SettingFacts): Finding[] {
  if (distribution === undefined) return [];
  const { release } = distribution;
  const findings: Finding[] = [];
  for (const [key, value] of settings.extraConfig) {
    if (isKnownTo(release, key)) continue;
    const problem = `${key} ${sinceWords(key)}`;
    findings.push(
      secures(key, value)
        ? unsecured(problem, formatRelease(release))
        : notWritten('ZK_EXTRA_CONFIG', problem, formatRelease(release)),
    );
  }
  if (settings.adminPort > 0 && !has(release, 'adminServer')) {
    findings.push(
      notWritten(
        'ZK_ADMIN_PORT',
        `the AdminServer is known since ${sinceOf('adminServer')}`,
        formatRelease(release),
      ),
    );
  }
  if (distribution.logging === 'none') findings.push(silent(distribution.home));
  const java = jvm?.java?.feature;
  if (java !== undefined && java < 17 && has(release, 'needsJava17'))
    findings.push(needsJava17(formatRelease(release), java));
  return findings;
}

function unsecured(problem: string, release: string): Finding {
  return finding('ZK-CONFIG-002', {
    subject: 'ZK_EXTRA_CONFIG',
    problem: `${problem}, not to ZooKeeper ${release}, which would run unsecured`,
    remedy: 'use another release, or secure it by other means and remove the key',
  });
}

function sinceWords(key: string): string {
  const since = keySince(key);
  return since === undefined ? 'is no longer known' : `is known since ${since.join(' and ')}`;
}

function notWritten(subject: string, problem: string, release: string): Finding {
  return finding('ZK-SETTING-010', {
    subject,
    problem: `${problem}, not to ZooKeeper ${release}, and is not written`,
    remedy: 'remove it or use another release',
  });
}

/** The JVM would end with UnsupportedClassVersionError. */
function needsJava17(release: string, java: number): Finding {
  return finding('ZK-DISTRIBUTION-009', {
    subject: `ZooKeeper ${release}`,
    problem: `needs Java 17 or newer, and this is Java ${java}`,
    remedy: 'set JAVA_HOME to a newer Java, or use ZooKeeper 3.9',
  });
}

function silent(home: string): Finding {
  return finding('ZK-DISTRIBUTION-003', {
    subject: 'ZK_HOME',
    problem: `${home} has no logging backend that fits its slf4j, so ZooKeeper will log nothing`,
    remedy: 'add logback or reload4j with the matching slf4j binding to lib/',
  });
}

/** One warning for an ensemble whose release is known to lose writes; a standalone server has no followers. */
export function knownDefects({ distribution, ensemble }: SettingFacts): Finding[] {
  if (distribution === undefined || ensemble === undefined || ensemble.members.length < 2) return [];
  const { release } = distribution;
  const had = defectsOf(release).map(({ issue, what }) => `${what} (${issue})`);
  if (had.length === 0) return [];
  const problem = `is known to lose acknowledged writes in an ensemble: ${had.join('; ')}`;
  const remedy = `upgrade to ${SOUND} or newer`;
  return [
    finding('ZK-DISTRIBUTION-007', { subject: `ZooKeeper ${formatRelease(release)}`, problem, remedy }),
  ];
}
