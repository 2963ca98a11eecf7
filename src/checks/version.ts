import { type Finding, finding } from '../findings/finding.ts';
import { formatRelease, isAtLeast } from '../zookeeper/release.ts';
import { isKnownTo, keySince } from '../zookeeper/zoo-cfg-keys.ts';
import type { SettingFacts } from './facts.ts';

/** Settings and keys that the ZooKeeper at hand does not know, and a distribution that would log nothing. */
export function versionFindings({ settings, distribution }: SettingFacts): Finding[] {
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
  if (settings.adminPort > 0 && !isAtLeast(release, '3.5.0')) {
    findings.push(
      notWritten('ZK_ADMIN_PORT', 'the AdminServer is known since 3.5.0', formatRelease(release)),
    );
  }
  if (distribution.logging === 'none') findings.push(silent(distribution.home));
  return findings;
}

const SECURITY =
  /^(secureClientPort(Address)?|sslQuorum|ssl\..+|authProvider\..+|quorum\.auth\..+|enforce\.auth\..+|sessionRequireClientSASLAuth|admin\.(forceHttps|needClientAuth)|(Digest|X509|IP)AuthenticationProvider\..+)$/;

/** A key that is there to keep somebody out; one that lets in is harmless where it is not known. */
function secures(key: string, value: string): boolean {
  return (
    SECURITY.test(key) && (key === 'DigestAuthenticationProvider.enabled' || !/^(false|none)$/i.test(value))
  );
}

function unsecured(problem: string, release: string): Finding {
  return finding('ZK-CONFIG-002', {
    subject: 'ZK_EXTRA_CONFIG',
    problem: `${problem}, not to ZooKeeper ${release}, which would run without what it secures`,
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

function silent(home: string): Finding {
  return finding('ZK-DISTRIBUTION-003', {
    subject: 'ZK_HOME',
    problem: `${home} has no logging backend that fits its slf4j, so ZooKeeper will log nothing`,
    remedy: 'add logback or reload4j with the matching slf4j binding to lib/',
  });
}
