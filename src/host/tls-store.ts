import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { TlsCertificate, TlsStore, TlsStoreQuestion } from '../checks/tls-store.ts';
import { describeErrno } from './errno.ts';

/** Looks into a key store or trust store as of `nowMs`; never throws, and gives nothing of a key away. */
export function inspectTlsStore({ path, type, password }: TlsStoreQuestion, nowMs = Date.now()): TlsStore {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { kind: 'unreadable', problem: describeErrno(error) };
  }
  if (type === 'PEM') return readPem(bytes.toString('latin1'), nowMs);
  return type === 'PKCS12' ? { kind: 'pkcs12', opens: opens(bytes, password) } : { kind: 'opaque' };
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function readPem(text: string, nowMs: number): TlsStore {
  const certificates = (text.match(CERTIFICATE) ?? []).flatMap((pem) => readCertificate(pem, nowMs));
  return { kind: 'pem', key: keyForm(text), certificates };
}

/** PemReader of ZooKeeper reads PKCS#8 alone, encrypted or not. */
function keyForm(text: string): 'none' | 'pkcs8' | 'other' {
  if (/-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(text)) return 'pkcs8';
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text) ? 'other' : 'none';
}

function readCertificate(pem: string, nowMs: number): TlsCertificate[] {
  try {
    const { subject, subjectAltName, validFrom, validTo } = new X509Certificate(pem);
    const commonName = /(?:^|\n)CN=(.+)/.exec(subject)?.[1];
    const others = commonName === undefined ? [] : [commonName];
    const names = subjectAltName === undefined ? others : alternativeNames(subjectAltName);
    const shown = commonName ?? (subject.replaceAll('\n', ', ') || names[0] || 'no subject');
    return [
      { subject: shown, validity: validityAt(nowMs, { validFrom, validTo }), validFrom, validTo, names },
    ];
  } catch {
    return [];
  }
}

/** `DNS:zk-0, IP Address:10.0.0.1` */
function alternativeNames(text: string): string[] {
  return [...text.matchAll(/(?:DNS|IP Address):([^,\s"]+)/g)].map(([, name]) => name as string);
}

function validityAt(
  nowMs: number,
  { validFrom, validTo }: Pick<TlsCertificate, 'validFrom' | 'validTo'>,
): TlsCertificate['validity'] {
  if (nowMs > Date.parse(validTo)) return 'expired';
  return nowMs < Date.parse(validFrom) ? 'not yet valid' : 'valid';
}

/** Old encryptions (RC2, 3DES) are unknown to OpenSSL 3 and known to Java: undefined. */
function opens(pfx: Buffer, passphrase = ''): boolean | undefined {
  try {
    createSecureContext({ pfx, passphrase });
    return true;
  } catch (error) {
    return error instanceof Error && /mac verify/i.test(error.message) ? false : undefined;
  }
}
