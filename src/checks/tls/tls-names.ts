import { type Finding, finding } from '../../findings/finding.ts';
import { canonicalHost as canonical, isIPv4, isIPv6 } from '../../settings/kinds/hosts.ts';
import { has } from '../../zookeeper/features.ts';
import { isKnownTo } from '../../zookeeper/keys.ts';
import { fipsMode, isFalse, isTrue, property } from '../keys-in-effect.ts';
import type { SettingFacts } from '../setting-facts.ts';
import type { StoreAsked, TlsCertificate } from './tls-store.ts';

/**
 * How members compare a certificate with its owner, seen on real servers of 3.8.0, 3.9.3 and 3.9.6:
 * `names`: Java's own check (FIPS mode where it compares): who connects wants the name of its list,
 * and who accepts wants the address. `addresses`: ZKTrustManager: the address or the name, and who accepts finds the name
 * by a reverse look-up. `unseen`: FIPS mode before, which compares nothing.
 */
type Comparison = 'off' | 'unseen' | 'names' | 'addresses';

function comparison(facts: SettingFacts): Comparison {
  const { distribution } = facts;
  if (distribution === undefined || isFalse(property(facts, 'ssl.quorum.hostnameVerification'))) return 'off';
  if (!fipsMode(facts)) return 'addresses';
  return has(distribution.release, 'fipsComparesNames') ? 'names' : 'unseen';
}

interface Own {
  readonly asked: StoreAsked;
  readonly certificate: TlsCertificate;
}

/** Whether the other members take this member's certificate: those it connects to, and those that connect to it. */
export function nameFindings(facts: SettingFacts, own: Own): Finding[] {
  const { ensemble } = facts;
  const host = ensemble?.self.host;
  if (!own.asked.verifiesHost || host === undefined || ensemble === undefined || ensemble.members.length < 2)
    return [];
  const { names } = own.certificate;
  const namesHost = names.some((name) => covers(name, host));
  const namesAddress = coversAddress(names, { host, own: facts.addresses });
  switch (comparison(facts)) {
    case 'off':
      return [];
    case 'unseen':
      return namesHost ? [] : [unseen(own, host)];
    case 'names':
      if (!namesHost) return [unnamed(own, host)];
      return namesAddress || !acceptedByName(facts) ? [] : [addressless(facts, own)];
    case 'addresses':
      if (!namesHost && !namesAddress) return [unnamed(own, host)];
      if (namesAddress || !acceptedByName(facts)) return [];
      return looksUp(facts) ? [dependent(facts, own)] : [addressless(facts, own)];
  }
}

const ACCEPTING = 'ssl.quorum.clientHostnameVerification';

/** Whether the member that accepts a connection compares too; always before that was a choice. */
function acceptedByName(facts: SettingFacts): boolean {
  return !isFalse(property(facts, ACCEPTING));
}

/** Reverse look-ups, where they are a choice, are on for the quorum unless told otherwise (QuorumX509Util). */
function looksUp(facts: SettingFacts): boolean {
  return !isFalse(property(facts, 'ssl.quorum.allowReverseDnsLookup'));
}

function unnamed({ asked, certificate: { names } }: Own, host: string): Finding {
  return finding('ZK-TLS-005', {
    subject: asked.shown,
    problem: `the certificate names ${listed(names)}, but the other members connect to ${host} and would refuse it`,
    remedy: `issue it for ${host} too, or for ${host.replace(/^[^.]+/, '*')}`,
  });
}

function unseen({ asked, certificate: { names } }: Own, host: string): Finding {
  return finding('ZK-TLS-012', {
    subject: asked.shown,
    problem: `the certificate names ${listed(names)}, and not ${host}: this release compares no names in FIPS mode, and from 3.9.6 on the other members would refuse it`,
    remedy: `issue it for ${host} too before an upgrade, or for ${host.replace(/^[^.]+/, '*')}`,
  });
}

function addressless(facts: SettingFacts, { asked, certificate: { names } }: Own): Finding {
  return finding('ZK-TLS-009', {
    subject: asked.shown,
    problem: `the certificate names ${listed(names)}, and no address of this member, which every member it connects to would check: no quorum would form`,
    remedy: wayOut(facts),
  });
}

function dependent(facts: SettingFacts, { asked, certificate: { names } }: Own): Finding {
  return finding('ZK-TLS-010', {
    subject: asked.shown,
    problem: `the certificate names ${listed(names)}, and no address of this member: every member it connects to takes it only if a reverse look-up of that address gives one of these names`,
    remedy: wayOut(facts),
  });
}

/** What works on this very release, and costs least: who connects goes on comparing where that can be chosen. */
function wayOut({ distribution }: SettingFacts): string {
  const key =
    distribution !== undefined && isKnownTo(distribution.release, ACCEPTING)
      ? `${ACCEPTING}=false`
      : 'ssl.quorum.hostnameVerification=false';
  return `add ${key} to ZK_EXTRA_CONFIG of all members, or issue certificates that name the addresses too`;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'no name' : names.slice(0, 8).join(', ');
}

/** RFC 6125: a star stands for the whole first label and for nothing more. */
function covers(name: string, host: string): boolean {
  const [pattern, wanted] = [canonical(name.replace(/\.$/, '')), canonical(host)];
  if (!pattern.startsWith('*.')) return pattern === wanted;
  const dot = wanted.indexOf('.');
  return dot > 0 && wanted.slice(dot) === pattern.slice(1);
}

/** Where this machine's addresses are not known, any address that is not loopback may be right. */
function coversAddress(
  names: readonly string[],
  { host, own }: { host: string; own: readonly string[] | undefined },
): boolean {
  const addresses = names
    .filter((name) => isAddress(name) && !/^(127\.|0*:.*:0*1$|::1$)/.test(name))
    .map(canonical);
  const mine = isAddress(host) ? [...(own ?? []), host] : own;
  if (mine === undefined || mine.length === 0) return addresses.length > 0;
  return mine.some((address) => addresses.includes(canonical(address)));
}

function isAddress(name: string): boolean {
  return isIPv4(name) || isIPv6(name);
}

/** Seen on 3.9.6: Java knows no such check on the accepting side, so every client with a certificate is refused. */
export function clientNameFindings(facts: SettingFacts): Finding[] {
  const asked = property(facts, 'ssl.clientHostnameVerification');
  const isOff = isFalse(property(facts, 'ssl.hostnameVerification'));
  const withoutCertificates = property(facts, 'ssl.clientAuth')?.value.toLowerCase() === 'none';
  if (asked === undefined || !isTrue(asked) || isOff || withoutCertificates || !fipsMode(facts)) return [];
  return [
    finding('ZK-TLS-013', {
      subject: asked.subject,
      problem:
        'ssl.clientHostnameVerification is true, and in FIPS mode every client with a certificate would be refused',
      remedy:
        'remove it, or add fips-mode=false: then a client is accepted if its certificate names its address',
    }),
  ];
}
