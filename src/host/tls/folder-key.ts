import { createPrivateKey, type KeyObject, sign, verify, type X509Certificate } from 'node:crypto';

const KEY_BLOCK = /-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----[\s\S]*?-----END \1PRIVATE KEY-----/;
const READABLE: readonly (string | undefined)[] = ['rsa', 'ec', 'dsa'];

/** The private key of a text, or why it cannot be used. */
export type KeyReading =
  | { readonly opened: KeyObject }
  | { readonly problem: string; readonly remedy: string };

const PASSWORD = 'give the right one with ZK_TLS_KEY_PASSWORD_FILE';

/** Reads the first private key of a PEM text, with the password if it is encrypted. */
export function readKey(text: string, password: string | undefined): KeyReading {
  const [block] = KEY_BLOCK.exec(text) ?? [];
  if (block === undefined)
    return text.includes('PRIVATE KEY-----')
      ? { problem: 'holds a private key that does not end', remedy: 'restore the whole file' }
      : { problem: 'holds no private key', remedy: 'put the key there, as PEM' };
  const isEncrypted = /BEGIN ENCRYPTED|Proc-Type: *4,ENCRYPTED/.test(block);
  if (isEncrypted && !password)
    return {
      problem: 'is encrypted, and no password is given',
      remedy: 'mount its password as a file and name it with ZK_TLS_KEY_PASSWORD_FILE',
    };
  const opened = open(block, isEncrypted ? password : undefined);
  if (typeof opened === 'string') return { problem: KEY_PROBLEMS[opened], remedy: KEY_REMEDIES[opened] };
  if (READABLE.includes(opened.asymmetricKeyType)) return { opened };
  return {
    problem: `is a key of the kind ${opened.asymmetricKeyType}, and ZooKeeper reads RSA, EC and DSA`,
    remedy: 'make a key of one of these kinds, and issue the certificate for it',
  };
}

const CONVERT = 'write it anew with openssl pkcs8 -topk8 -v2 aes-256-cbc, or without a password';
const KEY_PROBLEMS = {
  'wrong password': 'is not opened by the password that is given',
  // With one wrong password in 256 the padding looks right, but the result is not a key.
  unsupported:
    'is not opened by the password that is given: the two do not match, or the encryption is too old and not supported',
  damaged: 'holds a damaged private key',
} as const;
const KEY_REMEDIES = {
  'wrong password': PASSWORD,
  unsupported: 'check the password, or write the key anew with openssl pkcs8 -topk8 -v2 aes-256-cbc',
  damaged: CONVERT,
} as const;

function open(pem: string, passphrase: string | undefined): KeyObject | keyof typeof KEY_PROBLEMS {
  try {
    return createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase });
  } catch (error) {
    if (passphrase === undefined) return 'damaged';
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/UNSUPPORTED|UNKNOWN_CIPHER/.test(code)) return 'unsupported';
    // With a wrong password, OpenSSL only sees that the result is not a key.
    return 'wrong password';
  }
}

/** Why the certificate of the member and its key do not belong together; undefined if they do. */
export function pairProblem(key: KeyObject, certificates: readonly X509Certificate[]) {
  const [first] = certificates;
  if (first?.checkPrivateKey(key)) return isConsistent(key) && signs(key, first) ? undefined : DAMAGED_INSIDE;
  const place = certificates.findIndex((each) => each.checkPrivateKey(key));
  return place < 0
    ? {
        problem: 'does not match the key next to it',
        remedy: 'mount certificate and key of the same Secret; if both are being renewed, wait',
      }
    : {
        problem: `has the certificate of the key at place ${place + 1}, after others`,
        remedy: 'put the certificate of this member first, and its issuers after it',
      };
}

const DAMAGED_INSIDE = {
  problem: 'belongs to the key beside it, which is damaged inside: its private parts do not fit each other',
  remedy: 'restore the whole key, or issue another',
};

/** Whether the certificate verifies a signature of the key. Comparing only the public parts would miss a damaged private part. */
function signs(key: KeyObject, { publicKey }: X509Certificate): boolean {
  const text = Buffer.from('zk-entrypoint');
  try {
    return verify('sha256', text, publicKey, sign('sha256', text, key));
  } catch {
    return false;
  }
}

/** Whether the parts of an RSA key match (RFC 8017, 3.2). OpenSSL still signs with the matching parts, but Java also uses the others. */
function isConsistent(key: KeyObject): boolean {
  if (key.asymmetricKeyType !== 'rsa') return true;
  const { n, e, d, p, q, dp, dq, qi } = key.export({ format: 'jwk' });
  const numbers = [n, e, d, p, q, dp, dq, qi].map((text) =>
    BigInt(`0x${Buffer.from(text ?? '', 'base64url').toString('hex') || '0'}`),
  );
  const [N, E, D, P, Q, DP, DQ, QI] = numbers as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  if (P < 3n || Q < 3n) return false;
  return (
    P * Q === N &&
    (E * D) % (P - 1n) === 1n &&
    (E * D) % (Q - 1n) === 1n &&
    D % (P - 1n) === DP &&
    D % (Q - 1n) === DQ &&
    (Q * QI) % P === 1n
  );
}
