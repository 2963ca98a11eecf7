import { type Finding, finding } from '../findings/finding.ts';
import type { SettingFacts } from './facts.ts';
import type { StoreAsked, TlsCertificate, TlsStore } from './tls-store.ts';

type Pem = Extract<TlsStore, { kind: 'pem' }>;
type Sealed = Extract<TlsStore, { kind: 'sealed' }>;

/** What is wrong with one store; only what can be told without Java. */
export function storeFindings(facts: SettingFacts, asked: StoreAsked): Finding[] {
  if (!asked.named) return [missing(asked, 'is not set')];
  if (asked.type === undefined) return [unusable(asked, typeProblem(asked), TYPES)];
  const store = facts.podFiles?.stores.get(asked.path);
  if (store === undefined || store.kind === 'opaque') return [];
  if (store.kind === 'unreadable') return [missing(asked, `is ${asked.path}, which ${store.problem}`)];
  const problems = store.kind === 'pem' ? pemFindings(asked, store) : sealedFindings(asked, store);
  return [...problems, ...certificateFindings(facts, { asked, certificates: store.certificates })];
}

const TYPES = 'name the file .jks, .p12, .pem or .bcfks, or set the type';

function typeProblem({ path, typeAsWritten }: StoreAsked): string {
  return typeAsWritten === undefined
    ? `is ${path}, whose name does not tell its type`
    : `is ${path}, of the type ${typeAsWritten}, which ZooKeeper does not know`;
}

function missing({ key }: StoreAsked, problem: string): Finding {
  return finding('ZK-TLS-002', {
    subject: 'ZK_EXTRA_CONFIG',
    problem: `${key}.location ${problem}`,
    remedy: 'mount the Secret and give the path of the file, readable by the user that ZooKeeper runs as',
  });
}

function unusable({ key }: StoreAsked, problem: string, remedy: string): Finding {
  return finding('ZK-TLS-004', { subject: 'ZK_EXTRA_CONFIG', problem: `${key}.location ${problem}`, remedy });
}

function wrongPassword(asked: StoreAsked): Finding {
  return unusable(
    asked,
    `is ${asked.path}, which the password given does not open`,
    `correct ${asked.key}.passwordPath or ${asked.key}.password`,
  );
}

function sealedFindings(asked: StoreAsked, { opens, hasKey }: Sealed): Finding[] {
  if (opens === false) return [wrongPassword(asked)];
  if (asked.role === 'trust' || hasKey !== false) return [];
  return [
    unusable(asked, `is ${asked.path}, which holds no private key`, 'import the key with its certificates'),
  ];
}

function pemFindings(asked: StoreAsked, { key, certificates }: Pem): Finding[] {
  const findings: Finding[] = [];
  if (certificates.length === 0)
    findings.push(
      unusable(
        asked,
        `is ${asked.path}, which holds no certificate`,
        'put the certificates into the same file',
      ),
    );
  if (asked.role === 'trust' || key === 'pkcs8') return findings;
  const problem = key === 'none' ? 'which holds no private key' : 'whose key is not PKCS#8';
  const remedy =
    key === 'none'
      ? 'put key and certificates into one file'
      : 'convert it with `openssl pkcs8 -topk8 -nocrypt` (cert-manager: encoding: PKCS8)';
  return [...findings, unusable(asked, `is ${asked.path}, ${problem}`, remedy)];
}

/** The first certificate of a key store is the server's own; what follows are its issuers. */
function certificateFindings(
  facts: SettingFacts,
  { asked, certificates }: { asked: StoreAsked; certificates: readonly TlsCertificate[] },
): Finding[] {
  const [own] = certificates;
  if (asked.role === 'trust' || own === undefined) return [];
  return [...validityFindings(asked, own), ...endFindings(asked, own), ...nameFindings(facts, asked, own)];
}

function validityFindings(
  { path }: StoreAsked,
  { subject, validity, validFrom, validTo }: TlsCertificate,
): Finding[] {
  if (validity === 'valid') return [];
  const when = validity === 'expired' ? `expired at ${validTo}` : `is not valid before ${validFrom}`;
  return [
    finding('ZK-TLS-003', {
      subject: path,
      problem: `the certificate of ${subject} ${when}`,
      remedy: validity === 'expired' ? 'renew it' : 'set the clock right, or issue it anew',
    }),
  ];
}

const DAY_MS = 86_400_000;
/** Time to renew it by hand, and time that is up. */
const SOON_DAYS = 30;
const VERY_SOON_DAYS = 7;

/**
 * A certificate that ends soon. One that is renewed by a machine lives shorter, and is renewed when a third of its life
 * is left (cert-manager's renewBefore), so before that there is nothing to say.
 */
function endFindings(
  { path }: StoreAsked,
  { subject, validity, validTo, leftMs, lifeMs }: TlsCertificate,
): Finding[] {
  const days = Math.floor(leftMs / DAY_MS);
  if (validity !== 'valid' || days >= SOON_DAYS || leftMs >= lifeMs / 3) return [];
  const left = days < 1 ? 'less than a day' : `${days} day${days === 1 ? '' : 's'}`;
  return [
    finding(days < VERY_SOON_DAYS ? 'ZK-TLS-008' : 'ZK-TLS-007', {
      subject: path,
      problem: `the certificate of ${subject} ends at ${validTo}, in ${left}`,
      remedy: 'renew it, and restart the members one after the other unless they reload it',
    }),
  ];
}

function nameFindings({ ensemble }: SettingFacts, asked: StoreAsked, { names }: TlsCertificate): Finding[] {
  const host = ensemble?.members.find(({ id }) => id === ensemble.myid)?.host;
  if (!asked.verifiesHost || host === undefined || names.some((name) => covers(name, host))) return [];
  const listed = names.length === 0 ? 'no name' : names.slice(0, 8).join(', ');
  return [
    finding('ZK-TLS-005', {
      subject: asked.path,
      problem: `the certificate names ${listed}, but the other members connect to ${host} and would refuse it`,
      remedy: `issue it for ${host} too, or for ${host.replace(/^[^.]+/, '*')}`,
    }),
  ];
}

/** RFC 6125: a star stands for the whole first label and for nothing more. */
function covers(name: string, host: string): boolean {
  const [pattern, wanted] = [canonical(name.replace(/\.$/, '')), canonical(host)];
  if (!pattern.startsWith('*.')) return pattern === wanted;
  const dot = wanted.indexOf('.');
  return dot > 0 && wanted.slice(dot) === pattern.slice(1);
}

/** In small letters; an IPv6 address in its shortest form (RFC 5952), which certificates do not use. */
function canonical(host: string): string {
  return host.includes(':') && URL.canParse(`http://[${host}]`)
    ? new URL(`http://[${host}]`).hostname.slice(1, -1)
    : host.toLowerCase();
}
