import { X509Certificate } from 'node:crypto';
import type { TlsCertificate } from '../../checks/tls/tls-store.ts';

/** One certificate, PEM or DER, as of `nowMs`; none for what is no certificate. */
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
