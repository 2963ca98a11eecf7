import { type Finding, finding } from '../../findings/finding.ts';
import { counted } from '../../text/numbers.ts';
import type { SettingFacts } from '../setting-facts.ts';
import { keyProblem, keyRemedy } from './tls-keys.ts';
import { nameFindings } from './tls-names.ts';
import type { StoreAsked, TlsCertificate, TlsStore } from './tls-store.ts';

type Pem = Extract<TlsStore, { kind: 'pem' }>;
type Sealed = Extract<TlsStore, { kind: 'sealed' }>;

/** What is wrong with one store; only what can be told without Java. */
export function storeFindings(facts: SettingFacts, asked: StoreAsked): Finding[] {
  if (!asked.named) return [missing(asked, 'is not set')];
  if (asked.type === undefined) return [unusable(asked, typeProblem(asked), TYPES)];
  const store = facts.podFiles?.stores.get(asked.path);
  if (store === undefined || store.kind === 'opaque') return [];
  if (store.kind === 'unreadable') return [missing(asked, `is ${asked.shown}, which ${store.problem}`)];
  const problems = store.kind === 'pem' ? pemFindings(facts, asked, store) : sealedFindings(asked, store);
  return [...problems, ...certificateFindings(facts, { asked, certificates: store.certificates })];
}

const TYPES = 'name the file .jks, .p12, .pem or .bcfks, or set the type';

function typeProblem({ path, typeAsWritten }: StoreAsked): string {
  return typeAsWritten === undefined
    ? `is ${path}, and the type is not clear from this name`
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
    `is ${asked.shown}, which the password given does not open`,
    `correct ${asked.key}.passwordPath or ${asked.key}.password`,
  );
}

function sealedFindings(asked: StoreAsked, { opens, hasKey }: Sealed): Finding[] {
  if (opens === false) return [wrongPassword(asked)];
  if (asked.role === 'trust' || hasKey !== false) return [];
  return [
    unusable(asked, `is ${asked.shown}, which holds no private key`, 'import the key with its certificates'),
  ];
}

function pemFindings(facts: SettingFacts, asked: StoreAsked, { key, certificates }: Pem): Finding[] {
  const findings: Finding[] = [];
  if (certificates.length === 0)
    findings.push(
      unusable(
        asked,
        `is ${asked.shown}, which holds no certificate`,
        'put the certificates into the same file',
      ),
    );
  const wrong = asked.role === 'trust' ? undefined : keyProblem(key, facts);
  if (wrong === undefined) return findings;
  return [...findings, unusable(asked, `is ${asked.shown}, ${wrong.problem}`, keyRemedy(wrong, asked.key))];
}

/** The first certificate of a key store is the server's own; what follows are its issuers. */
function certificateFindings(
  facts: SettingFacts,
  { asked, certificates }: { asked: StoreAsked; certificates: readonly TlsCertificate[] },
): Finding[] {
  const [own] = certificates;
  if (asked.role === 'trust' || own === undefined) return [];
  return [
    ...validityFindings(asked, own),
    ...endFindings(asked, own),
    ...nameFindings(facts, { asked, certificate: own }),
  ];
}

function validityFindings(
  { shown: path }: StoreAsked,
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
  { shown: path }: StoreAsked,
  { subject, validity, validTo, leftMs, lifeMs }: TlsCertificate,
): Finding[] {
  const days = Math.floor(leftMs / DAY_MS);
  if (validity !== 'valid' || days >= SOON_DAYS || leftMs >= lifeMs / 3) return [];
  const left = days < 1 ? 'less than a day' : counted(days, 'day');
  return [
    finding(days < VERY_SOON_DAYS ? 'ZK-TLS-008' : 'ZK-TLS-007', {
      subject: path,
      problem: `the certificate of ${subject} ends at ${validTo}, in ${left}`,
      remedy: 'renew it, and restart the members one after the other unless they reload it',
    }),
  ];
}
