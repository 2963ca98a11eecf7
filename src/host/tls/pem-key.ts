import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { PemKey } from '../../checks/tls/tls-store.ts';

interface PemQuestion {
  readonly text: string;
  readonly password: string | undefined;
  /** The first certificate of the file, PEM. */
  readonly certificate: string | undefined;
}

const KEY = /-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END \1PRIVATE KEY-----/;

/** Looks at the first private key of a PEM file, with the password if it needs one; gives nothing of the key away. */
export function readPemKey({ text, password, certificate }: PemQuestion): PemKey {
  // An empty password counts as no password (X509Util, PEMFileLoader).
  const secret = password === '' ? undefined : password;
  const [pem, kind = '', body = ''] = KEY.exec(text) ?? [];
  if (pem === undefined)
    return { form: /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*Proc-Type:/.test(text) ? 'traditional' : 'none' };
  if (/Proc-Type:/.test(body)) return { form: 'traditional' };
  if (kind === 'ENCRYPTED ') return encrypted(pem, body, { secret, certificate });
  return kind === '' ? plain(pem, { secret, certificate }) : { form: 'other' };
}

interface Beside {
  readonly secret: string | undefined;
  readonly certificate: string | undefined;
}

const READABLE = ['rsa', 'ec', 'dsa'];

function plain(pem: string, { secret, certificate }: Beside): PemKey {
  const key = opened(pem);
  const algorithm = typeof key === 'string' ? 'damaged' : (key.asymmetricKeyType ?? 'unknown');
  const belongs = typeof key === 'string' ? true : belongsTo(key, certificate);
  return {
    form: 'plain',
    algorithm,
    readable: READABLE.includes(algorithm),
    belongs,
    passwordGiven: secret !== undefined,
  };
}

function encrypted(pem: string, body: string, { secret, certificate }: Beside): PemKey {
  const scheme = schemeOf(Buffer.from(body, 'base64'));
  if (secret === undefined)
    return { form: 'encrypted', passwordGiven: false, opens: undefined, belongs: undefined, scheme };
  const key = opened(pem, secret);
  const opens = key === 'unsupported' ? undefined : key !== 'wrong';
  const belongs = typeof key === 'string' ? undefined : belongsTo(key, certificate);
  return { form: 'encrypted', passwordGiven: true, opens, belongs, scheme };
}

/** The key, or the reason: a wrong password, or an encryption that OpenSSL 3 does not know but Java may know. */
function opened(pem: string, passphrase?: string): KeyObject | 'wrong' | 'unsupported' {
  try {
    return createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase });
  } catch (error) {
    const isUnknown = error instanceof Error && 'code' in error && error.code === 'ERR_OSSL_EVP_UNSUPPORTED';
    return isUnknown ? 'unsupported' : 'wrong';
  }
}

function belongsTo(key: KeyObject, certificate: string | undefined): boolean {
  if (certificate === undefined) return true;
  try {
    return new X509Certificate(certificate).checkPrivateKey(key);
  } catch {
    // The reader of the certificate reports its problems.
    return true;
  }
}

/** Object identifiers as they are encoded: PBES2, scrypt, and the ciphers of the AES family (RFC 8018). */
const PBES2 = Buffer.from('06092a864886f70d01050d', 'hex');
const SCRYPT = Buffer.from('06092b06010401da47040b', 'hex');
const AES = Buffer.from('06096086480165030401', 'hex');

function schemeOf(der: Buffer): Extract<PemKey, { form: 'encrypted' }>['scheme'] {
  const head = der.subarray(0, 200);
  if (!head.includes(PBES2)) return 'pbes1';
  return head.includes(AES) && !head.includes(SCRYPT) ? 'pbes2' : 'unreadable';
}
