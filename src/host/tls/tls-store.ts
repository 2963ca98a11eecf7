import { X509Certificate } from 'node:crypto';
import { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { TlsCertificate, TlsStore, TlsStoreQuestion } from '../../checks/tls/tls-store.ts';
import { describeErrno } from '../errno.ts';
import { atMost, readBytes } from '../files/read-file.ts';
import { readJks } from './jks.ts';
import { readPemKey } from './pem-key.ts';

/** Looks into a key store or trust store as of `nowMs`; never throws, and gives nothing of a key away. */
export function inspectTlsStore(
  { path, type, password, text }: TlsStoreQuestion,
  nowMs = Date.now(),
): TlsStore {
  if (text !== undefined) return readPem({ text, password, nowMs });
  let bytes: Buffer;
  try {
    bytes = readBytes(path, { maxBytes: atMost.listBytes });
  } catch (error) {
    return { kind: 'unreadable', problem: describeErrno(error) };
  }
  if (type === 'PEM') return readPem({ text: bytes.toString('latin1'), password, nowMs });
  if (type !== 'JKS' && type !== 'PKCS12') return { kind: 'opaque' };
  // Java reads either format under either type (DualFormatJKS), and keytool writes PKCS#12 into a .jks since Java 9.
  return inspectJks({ bytes, password, nowMs }) ?? inspectPkcs12({ bytes, password, nowMs });
}

export const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

interface Pem {
  readonly text: string;
  readonly password: string | undefined;
  readonly nowMs: number;
}

function readPem({ text, password, nowMs }: Pem): TlsStore {
  const pems = text.match(CERTIFICATE) ?? [];
  const certificates = pems.flatMap((pem) => readCertificate(pem, nowMs));
  return { kind: 'pem', key: readPemKey({ text, password, certificate: pems[0] }), certificates };
}

interface Sealed {
  readonly bytes: Buffer;
  readonly password: string | undefined;
  readonly nowMs: number;
}

/** If there are several keys, Java chooses one by the client's wishes, so only a single key is judged. */
function inspectJks({ bytes, password, nowMs }: Sealed): TlsStore | undefined {
  const store = readJks(bytes, password);
  if (store === undefined) return undefined;
  const { opens, chains } = store;
  const own = chains.length === 1 ? chains[0]?.[0] : undefined;
  const ofKey = own === undefined ? [] : readCertificate(own, nowMs);
  // A store without keys holds authorities.
  const certificates =
    chains.length === 0 ? store.trusted.flatMap((each) => readCertificate(each, nowMs)) : ofKey;
  return { kind: 'sealed', opens, hasKey: chains.length > 0, certificates };
}

/** Old encryptions (RC2, 3DES) are unknown to OpenSSL 3 and known to Java, and a trust store has no key to load: undefined. */
function inspectPkcs12({ bytes, password = '', nowMs }: Sealed): TlsStore {
  try {
    const secureContext = createSecureContext({ pfx: bytes, passphrase: password });
    const socket = new TLSSocket(new Socket(), { isServer: true, secureContext });
    const certificate = socket.getX509Certificate();
    socket.destroy();
    const certificates = certificate === undefined ? [] : readCertificate(certificate.raw, nowMs);
    return { kind: 'sealed', opens: true, hasKey: true, certificates };
  } catch (error) {
    const wrong = error instanceof Error && /mac verify/i.test(error.message);
    return { kind: 'sealed', opens: wrong ? false : undefined, hasKey: undefined, certificates: [] };
  }
}

/** One certificate, PEM or DER, as of `nowMs`; empty for other bytes. */
export function readCertificate(certificate: string | Buffer, nowMs: number): TlsCertificate[] {
  try {
    const { subject, subjectAltName, validFrom, validTo } = new X509Certificate(certificate);
    const commonName = /(?:^|\n)CN=(.+)/.exec(subject)?.[1];
    const others = commonName === undefined ? [] : [commonName];
    const names = subjectAltName === undefined ? others : alternativeNames(subjectAltName);
    const shown = commonName ?? (subject.replaceAll('\n', ', ') || names[0] || 'no subject');
    const span = { validFrom, validTo };
    return [{ subject: shown, ...span, ...validityAt(nowMs, span), names }];
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
): Pick<TlsCertificate, 'validity' | 'lifeMs' | 'leftMs'> {
  const [fromMs, toMs] = [Date.parse(validFrom), Date.parse(validTo)];
  const times = { lifeMs: toMs - fromMs, leftMs: toMs - nowMs };
  if (nowMs > toMs) return { validity: 'expired', ...times };
  return { validity: nowMs < fromMs ? 'not yet valid' : 'valid', ...times };
}
