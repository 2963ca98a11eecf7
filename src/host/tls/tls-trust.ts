import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { TlsStoreQuestion } from '../../checks/tls/tls-store.ts';
import { atMost, readBytes } from '../files/read-file.ts';
import { readJks } from './jks.ts';
import { CERTIFICATE } from './tls-store.ts';

/**
 * Whether Java would find a chain from the own certificate through its issuers to a trusted one. Undefined if a store is neither
 * PEM nor JKS. Without a trust store, the usual list of public CAs is used instead of Java's own.
 */
export function trustsCertificate(
  own: TlsStoreQuestion,
  trust: TlsStoreQuestion | undefined,
): boolean | undefined {
  const chain = certificatesOf(own)?.chain;
  const anchors = trust === undefined ? parsed(rootCertificates) : certificatesOf(trust)?.trusted;
  const [first] = chain ?? [];
  if (chain === undefined || first === undefined || anchors === undefined || anchors.length === 0)
    return undefined;
  return leads(first, { chain, anchors });
}

interface Known {
  readonly chain: readonly X509Certificate[];
  readonly anchors: readonly X509Certificate[];
}

/** A trusted certificate is trusted itself, root or not (PKIXValidator). */
function leads(certificate: X509Certificate, { chain, anchors }: Known): boolean {
  if (anchors.some((anchor) => anchor.raw.equals(certificate.raw) || issued(anchor, certificate)))
    return true;
  const others = chain.filter((other) => other !== certificate);
  return others
    .filter((other) => issued(other, certificate))
    .some((issuer) => leads(issuer, { chain: others, anchors }));
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return issuer.subject === certificate.issuer && certificate.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

interface Held {
  readonly chain: readonly X509Certificate[];
  readonly trusted: readonly X509Certificate[];
}

/** Undefined for what only Java reads; a JKS with several keys leaves open which one is used. */
function certificatesOf({ path, type, text }: TlsStoreQuestion): Held | undefined {
  let bytes: Buffer;
  try {
    bytes = text !== undefined ? Buffer.from(text) : readBytes(path, { maxBytes: atMost.listBytes });
  } catch {
    // The inspection of the store reports that it cannot be read.
    return undefined;
  }
  if (type === 'PEM' || text !== undefined) {
    const all = parsed(bytes.toString('latin1').match(CERTIFICATE) ?? []);
    return all && { chain: all, trusted: all };
  }
  const jks = readJks(bytes);
  if (jks === undefined) return undefined;
  const [chain, trusted] = [
    jks.chains.length === 1 ? parsed(jks.chains[0] ?? []) : undefined,
    // From a key with its chain, Java trusts the first certificate (TrustStoreUtil).
    parsed([...jks.trusted, ...jks.chains.flatMap(([first]) => first ?? [])]),
  ];
  return trusted && { chain: chain ?? [], trusted };
}

/** Undefined if one of them cannot be read, because it may be the right one. */
function parsed(certificates: readonly (string | Buffer)[]): X509Certificate[] | undefined {
  try {
    return certificates.map((certificate) => new X509Certificate(certificate));
  } catch {
    return undefined;
  }
}
