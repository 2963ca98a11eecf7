import type { SettingFacts } from '../setting-facts.ts';
import type { PemKey } from './tls-store.ts';

/** What is wrong with the private key of a PEM store, to follow its path in a sentence, and what is right. */
export interface KeyProblem {
  readonly problem: string;
  readonly remedy: 'password' | 'give' | 'convert' | 'cipher' | 'together' | 'algorithm' | 'pair';
}

/** The first Java that reads PBES2, which OpenSSL encrypts with, out of PEM files (seen: 17 does not, 25 does). */
const PBES2_SINCE_JAVA = 19;

/** What ZooKeeper's PemReader cannot read, as seen with each form on Java 17 and 25. */
export function keyProblem(key: PemKey, { jvm }: Pick<SettingFacts, 'jvm'>): KeyProblem | undefined {
  switch (key.form) {
    case 'none':
      return { problem: 'which holds no private key', remedy: 'together' };
    case 'other':
      return { problem: 'whose key is not PKCS#8', remedy: 'convert' };
    case 'traditional':
      return { problem: 'whose key is encrypted, and not as PKCS#8', remedy: 'convert' };
    case 'plain':
      if (key.passwordGiven)
        return { problem: 'whose key is not encrypted, and a password is given', remedy: 'password' };
      if (!key.readable)
        return {
          problem: `whose key is ${key.algorithm}, and ZooKeeper reads RSA, EC and DSA`,
          remedy: 'algorithm',
        };
      return key.belongs
        ? undefined
        : { problem: 'whose key does not belong to its first certificate', remedy: 'pair' };
    case 'encrypted':
      if (!key.passwordGiven)
        return { problem: 'whose key is encrypted, and no password is given', remedy: 'give' };
      if (key.opens === false)
        return { problem: 'whose key the password given does not open', remedy: 'password' };
      if (!readsCipher(key.scheme, jvm?.java?.feature))
        return { problem: 'whose key is encrypted in a way that this Java cannot read', remedy: 'cipher' };
      return key.belongs === false
        ? { problem: 'whose key does not belong to its first certificate', remedy: 'pair' }
        : undefined;
  }
}

function readsCipher(
  scheme: Extract<PemKey, { form: 'encrypted' }>['scheme'],
  feature: number | undefined,
): boolean {
  if (scheme === 'unreadable') return false;
  return scheme !== 'pbes2' || feature === undefined || feature >= PBES2_SINCE_JAVA;
}

/** The way out, in words; `store` is the key of zoo.cfg, such as ssl.keyStore. */
export function keyRemedy({ remedy }: KeyProblem, store: string): string {
  const words: Readonly<Record<KeyProblem['remedy'], string>> = {
    together: 'put key and certificates into one file',
    convert: 'convert it with `openssl pkcs8 -topk8 -nocrypt` (cert-manager: encoding: PKCS8)',
    password: `correct or remove ${store}.passwordPath or ${store}.password`,
    give: `put the password into a file, and set ${store}.passwordPath (3.8 and newer) or ${store}.password`,
    cipher: 'write it without encryption, or encrypt it with `openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES`',
    algorithm: 'make a key of one of these kinds, and issue the certificate for it',
    pair: 'put the certificate that was issued for this key first, then its issuers',
  };
  return words[remedy];
}
