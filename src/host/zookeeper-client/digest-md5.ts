import { createHash } from 'node:crypto';
import type { User } from '../../settings/kinds/users.ts';

/** What ZooKeeper's servers call themselves to SASL (SecurityUtils.createSaslServer), as their clients must. */
const DIGEST_URI = 'zookeeper/zk-sasl-md5';

/** The answer to a challenge, and what the other side says where it knows the password too. */
export interface DigestAnswer {
  readonly response: string;
  readonly expected: string;
}

/**
 * Answers a challenge of DIGEST-MD5 (RFC 2831), as Java's own client does: md5-sess, qop=auth. `cnonce` is made anew for each login.
 * Undefined for any other challenge.
 */
export function answerChallenge(
  challenge: string,
  { name, password }: User,
  { cnonce, uri = DIGEST_URI }: { readonly cnonce: string; readonly uri?: string },
): DigestAnswer | undefined {
  const nonce = directive(challenge, 'nonce');
  if (nonce === undefined) return undefined;
  const realm = directive(challenge, 'realm') ?? '';
  const secret = md5(Buffer.concat([encoded(name), Buffer.from(`:${realm}:`), encoded(password)]));
  const session = md5(Buffer.concat([secret, Buffer.from(`:${nonce}:${cnonce}`)])).toString('hex');
  const proof = (method: string) =>
    hex(`${session}:${nonce}:00000001:${cnonce}:auth:${hex(`${method}:${uri}`)}`);
  const words = [
    'charset=utf-8',
    `username="${name}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    'nc=00000001',
    `cnonce="${cnonce}"`,
    `digest-uri="${uri}"`,
    'maxbuf=65536',
    `response=${proof('AUTHENTICATE')}`,
    'qop=auth',
  ];
  return { response: words.join(','), expected: `rspauth=${proof('')}` };
}

function directive(challenge: string, name: string): string | undefined {
  return new RegExp(`(?:^|,)\\s*${name}="([^"]*)"`).exec(challenge)?.[1];
}

/** A text of ISO 8859-1 is hashed as that, whatever the charset (RFC 2831, 2.1.2.1). */
function encoded(text: string): Buffer {
  const isLatin = [...text].every((character) => (character.codePointAt(0) ?? 0) < 256);
  return Buffer.from(text, isLatin ? 'latin1' : 'utf8');
}

function md5(bytes: Buffer): Buffer {
  return createHash('md5').update(bytes).digest();
}

function hex(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
