import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ComposedTls, FolderProblem } from '../../checks/tls/tls-store.ts';
import { describeErrno } from '../errno.ts';
import { atMost, isReadableByAll, readText } from '../files/read-file.ts';
import { pairProblem, readKey } from './folder-key.ts';
import { CERTIFICATE } from './tls-store.ts';

/** The source of the files: the folder, and options beside it. */
export interface TlsFolderQuestion {
  readonly folder: string;
  /** A file with the authorities, instead of the one in the folder. */
  readonly caFile: string | undefined;
  readonly password: string | undefined;
  /** False if no certificate of another side is checked. */
  readonly needsTrust: boolean;
}

/** Key and certificates in one file, as a projected pod certificate has them (Kubernetes, KEP-4317). */
const BUNDLE = 'credentialbundle.pem';
const KEY_FILE = 'tls.key';
const CERTIFICATE_FILE = 'tls.crt';
/** The names of cert-manager and Kubernetes, and the usual names of trust bundles. */
const AUTHORITIES = ['ca.crt', 'trust-bundle.pem', 'ca-bundle.crt'];

/**
 * Makes the two files that ZooKeeper reads from a mounted folder: one with the key as PKCS#8, its certificate and its issuers,
 * and one with the authorities. It reports every problem at once, each with its file. Never throws, and no problem contains a
 * secret.
 */
export function composeTls({ folder, caFile, password, needsTrust }: TlsFolderQuestion): ComposedTls {
  const problems: FolderProblem[] = [];
  const tell = (path: string, problem: string, remedy: string) =>
    problems.push({ path, problem, remedy, severity: 'error' });
  const read = (path: string): string | undefined => {
    try {
      return readText(path, { maxBytes: atMost.listBytes }, 'latin1');
    } catch (error) {
      tell(path, describeErrno(error), MOUNT);
      return undefined;
    }
  };
  const bundle = join(folder, BUNDLE);
  const isBundle = existsSync(bundle);
  const keyPath = isBundle ? bundle : join(folder, KEY_FILE);
  const certificatePath = isBundle ? bundle : join(folder, CERTIFICATE_FILE);
  const trustPath = caFile ?? AUTHORITIES.map((name) => join(folder, name)).find((path) => existsSync(path));
  const names = { key: keyPath, certificate: certificatePath, trust: trustPath };
  if (!existsSync(folder)) {
    tell(folder, 'is not there', MOUNT);
    return { problems, names };
  }
  if (!isBundle && [KEY_FILE, CERTIFICATE_FILE].every((name) => !existsSync(join(folder, name)))) {
    tell(folder, `holds neither ${CERTIFICATE_FILE} and ${KEY_FILE} nor ${BUNDLE}`, MOUNT);
    return { problems, names };
  }
  const keyText = read(keyPath);
  const key = keyText === undefined ? undefined : readKey(keyText, password);
  if (key !== undefined && 'problem' in key) tell(keyPath, key.problem, key.remedy);
  if (keyText !== undefined && isReadableByAll(keyPath))
    problems.push({ path: keyPath, ...READABLE_BY_ALL, severity: 'warning' });
  const certificateText = isBundle ? keyText : read(certificatePath);
  const chain = certificateText === undefined ? undefined : readCertificates(certificateText);
  if (chain !== undefined && 'problem' in chain) tell(certificatePath, chain.problem, NO_CERTIFICATE);
  const trustText = trustPath === undefined ? undefined : read(trustPath);
  const trust = trustText === undefined ? undefined : readCertificates(trustText);
  if (trust !== undefined && 'problem' in trust) tell(trustPath ?? folder, trust.problem, NO_AUTHORITY);
  if (trustPath === undefined && needsTrust)
    tell(
      folder,
      `holds no ${AUTHORITIES.join(', ')}`,
      'add the trusted authority as ca.crt, or name its file with ZK_TLS_CA',
    );
  const certificates = chain !== undefined && 'all' in chain ? chain.all : [];
  const opened = key !== undefined && 'opened' in key ? key.opened : undefined;
  if (opened !== undefined && certificates.length > 0) {
    const wrong = pairProblem(opened, certificates);
    if (wrong !== undefined) tell(certificatePath, wrong.problem, wrong.remedy);
  }
  const anchors = trust !== undefined && 'all' in trust ? trust.all : [];
  const missing = anchors.length === 0 ? undefined : missingIssuer(certificates, anchors);
  if (missing !== undefined)
    tell(
      certificatePath,
      `was issued by ${missing}, which is neither behind it nor in ${trustPath}`,
      `put the certificates of the issuers behind it, up to one that is in ${trustPath}`,
    );
  if (problems.some(({ severity }) => severity === 'error') || opened === undefined)
    return { problems, names };
  const pkcs8 = opened.export({ type: 'pkcs8', format: 'pem' });
  return {
    problems,
    names,
    key: `${pkcs8}${certificates.map((each) => each.toString()).join('')}`,
    // Without a file of authorities no certificate is requested, so our own ones can stand in.
    trust: (anchors.length === 0 ? certificates : anchors).map((each) => each.toString()).join(''),
  };
}

const MOUNT =
  'mount the Secret of the certificate there (tls.crt, tls.key, ca.crt), readable by the user of ZooKeeper';
const NO_CERTIFICATE = 'put the certificate of this member there, then its issuers, as PEM';
const NO_AUTHORITY = 'put the certificates of the trusted authorities there, as PEM';
const READABLE_BY_ALL = {
  problem: 'can be read by every user of the container',
  remedy: 'mount the Secret with defaultMode: 0440, and set fsGroup to the group of ZooKeeper',
} as const;

type CertificateReading = { readonly all: readonly X509Certificate[] } | { readonly problem: string };

function readCertificates(text: string): CertificateReading {
  const blocks = text.match(CERTIFICATE) ?? [];
  if (blocks.length === 0) return { problem: text.trim() === '' ? 'is empty' : 'holds no certificate' };
  const all: X509Certificate[] = [];
  for (const [place, block] of blocks.entries()) {
    try {
      all.push(new X509Certificate(block));
    } catch {
      return { problem: `holds a damaged certificate, number ${place + 1} of ${blocks.length}` };
    }
  }
  return { all };
}

/** The name of the first missing issuer between the certificate and an authority. */
function missingIssuer(
  certificates: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
): string | undefined {
  let [current] = certificates;
  const seen = new Set<X509Certificate>();
  while (current !== undefined && !seen.has(current)) {
    seen.add(current);
    const now: X509Certificate = current;
    if (anchors.some((anchor) => anchor.raw.equals(now.raw) || issued(anchor, now))) return undefined;
    const next = certificates.find((each) => !seen.has(each) && issued(each, now));
    if (next === undefined) return now.issuer.replaceAll('\n', ', ') || 'nobody';
    current = next;
  }
  return undefined;
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return issuer.subject === certificate.issuer && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}
