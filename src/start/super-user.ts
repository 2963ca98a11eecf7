import type { ExtraConfig } from '../settings/kinds/extra-config.ts';

/** The super user of one JVM. Only this process knows it, and every start makes a new one. */
export interface SuperUser {
  readonly password: string;
  /** `super:` and the digest of `super:<password>` in Base64 (DigestAuthenticationProvider.generateDigest). */
  readonly digest: string;
}

/** Makes a password of 256 random bits. ZK_EXTRA_CONFIG may name another digest than SHA-1, as with FIPS. */
export function makeSuperUser(extraConfig: ExtraConfig): SuperUser {
  const { createHash, randomBytes } = process.getBuiltinModule('node:crypto');
  const password = randomBytes(32).toString('hex');
  const algorithm = extraConfig.findLast(([key]) => key === ALGORITHM)?.[1] ?? 'SHA1';
  const digest = createHash(algorithm.replace(/^SHA-/i, 'SHA')).update(`super:${password}`).digest('base64');
  return { password, digest: `super:${digest}` };
}

const ALGORITHM = 'DigestAuthenticationProvider.digestAlg';
