import { type Finding, finding } from '../../findings/finding.ts';
import { isTrue, property, providers } from '../keys-in-effect.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { loginFindings } from './logins.ts';
import { saslFindings } from './sasl.ts';

/** Authentication that would end the server, or keep the members from each other. */
export function authenticationFindings(facts: SettingFacts): Finding[] {
  return [...loginFindings(facts), ...enforcedFindings(facts), ...saslFindings(facts)];
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
function isProvided(facts: SettingFacts, scheme: string): boolean {
  if (scheme === 'digest' || scheme === 'ip') return true;
  return providers(facts).some(({ name, className }) => {
    if (name === scheme) return true;
    const own = /^org\.apache\.zookeeper\..*?(\w+)AuthenticationProvider$/.exec(className)?.[1];
    return own === undefined || own.toLowerCase() === scheme;
  });
}
