import { isAtLeast } from '../distribution/release.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { SettingFacts } from './facts.ts';
import { isFalse, isTrue, property, systemProperty, written } from './given.ts';

/** Authentication that would end the server, or keep the members from each other. */
export function authenticationFindings(facts: SettingFacts): Finding[] {
  return [...enforcedFindings(facts), ...quorumSaslFindings(facts)];
}

/** AuthenticationHelper of 3.7: a scheme without its provider ends the server, quorum peers even with status 0. */
function enforcedFindings(facts: SettingFacts): Finding[] {
  const enforced = property(facts, 'enforce.auth.enabled');
  const sasl = property(facts, 'sessionRequireClientSASLAuth');
  const findings: Finding[] = [];
  if (enforced !== undefined && isTrue(enforced)) {
    const schemes = property(facts, 'enforce.auth.schemes')?.value.split(',') ?? [];
    const wanted = schemes.map((scheme) => scheme.trim()).filter((scheme) => scheme !== '');
    if (wanted.length === 0)
      findings.push(
        unprovided(
          enforced.subject,
          'enforce.auth.enabled is true, and enforce.auth.schemes names no scheme',
        ),
      );
    for (const scheme of wanted.filter((scheme) => !isProvided(facts, scheme)))
      findings.push(
        unprovided(
          enforced.subject,
          `enforce.auth.schemes names ${scheme}, for which there is no authProvider`,
        ),
      );
  }
  if (sasl !== undefined && isTrue(sasl) && !isProvided(facts, 'sasl'))
    findings.push(
      unprovided(sasl.subject, 'sessionRequireClientSASLAuth is true, and there is no authProvider for sasl'),
    );
  return findings;
}

function unprovided(subject: string, problem: string): Finding {
  return finding('ZK-CONFIG-008', {
    subject,
    problem,
    remedy:
      'add the scheme and its provider, such as authProvider.sasl=org.apache.zookeeper.server.auth.SASLAuthenticationProvider',
  });
}

/** ProviderRegistry has digest and ip always; a class of somebody else's may provide any scheme. */
function isProvided({ settings }: SettingFacts, scheme: string): boolean {
  if (scheme === 'digest' || scheme === 'ip') return true;
  return providers(settings).some(({ name, className }) => {
    if (name === scheme) return true;
    const own = /^org\.apache\.zookeeper\..*?(\w+)AuthenticationProvider$/.exec(className)?.[1];
    return own === undefined || own.toLowerCase() === scheme;
  });
}

function providers({ extraConfig, jvmFlags, serverJvmFlags }: SettingFacts['settings']) {
  const flags = [...serverJvmFlags, ...jvmFlags].map((flag) => flag.replace(/^-Dzookeeper\./, ''));
  const pairs = [...extraConfig, ...flags.map((flag) => flag.split('=', 2) as [string, string])];
  return pairs
    .filter(([key]) => key.startsWith('authProvider.'))
    .map(([key, className = '']) => ({ name: key.slice('authProvider.'.length), className }));
}

const JAAS = 'java.security.auth.login.config';

function quorumSaslFindings(facts: SettingFacts): Finding[] {
  if (!isTrue(written(facts, 'quorum.auth.enableSasl'))) return [];
  const path = systemProperty(facts.settings, JAAS)?.value.replace(/^=/, '');
  if (path === undefined)
    return [withoutJaas('JVMFLAGS', `quorum.auth.enableSasl is true, and no flag names ${JAAS}`)];
  const file = path.includes(':') ? undefined : facts.podFiles?.readText(path);
  if (file === undefined) return [];
  if (!file.ok) return [withoutJaas('JVMFLAGS', `${JAAS} is ${path}, which ${file.problem}`)];
  return /\bDigestLoginModule\b/.test(file.text) ? digestFindings(facts, path) : [];
}

function withoutJaas(subject: string, problem: string): Finding {
  return finding('ZK-CONFIG-010', {
    subject,
    problem: `${problem}; ZooKeeper would end with 1`,
    remedy: `mount the file and set JVMFLAGS=-D${JAAS}=/path/to/jaas.conf`,
  });
}

/** From 3.9.4 on fips-mode, true unless told otherwise, forbids DIGEST-MD5: no quorum, and the process lives on. */
function digestFindings(facts: SettingFacts, path: string): Finding[] {
  const { distribution } = facts;
  if (distribution === undefined || !isAtLeast(distribution.release, '3.9.4')) return [];
  if (isFalse(property(facts, 'fips-mode'))) return [];
  return [
    finding('ZK-CONFIG-009', {
      subject: 'ZK_EXTRA_CONFIG',
      problem: `quorum.auth.enableSasl is true, and ${path} uses DIGEST-MD5, which fips-mode forbids: no quorum would form`,
      remedy: 'add fips-mode=false, or use Kerberos or TLS between the members',
    }),
  ];
}
