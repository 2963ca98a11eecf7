import type { Settings } from '../../settings/table.ts';

/** The settings for marks. */
export type PeerKeySettings = Pick<Settings, 'peerKey' | 'peerAuth'>;

/** Whether an answer is marked with one of our keys, with other keys, or not at all; undefined if we have no key. */
export type Mark = 'right' | 'wrong' | 'none' | undefined;

/** A new number, so that the marked answer to another request does not count for this one. */
export function newNonce(): string {
  return process.getBuiltinModule('node:crypto').randomBytes(16).toString('hex');
}

/**
 * The marks of an answer, one for each key, separated by commas: HMAC-SHA256 (RFC 2104) over the number in the request and
 * the body. It uses every key, so that members with only the old or only the new key accept it.
 */
export function marksOf(keys: readonly string[], nonce: string, body: string): string {
  const { createHmac } = process.getBuiltinModule('node:crypto');
  const mark = (key: string) =>
    createHmac('sha256', key).update(`${PURPOSE}\n${nonce}\n${body}`).digest('hex');
  return keys.map(mark).join(',');
}

/** So that no other use of the key gives a valid mark. */
const PURPOSE = 'zk-entrypoint status 1';

/** Compares the marks of an answer with ours in constant time. */
export function judgeMarks(
  keys: readonly string[],
  answer: { nonce: string; body: string; marks: string },
): Mark {
  if (answer.marks === '') return 'none';
  const { timingSafeEqual } = process.getBuiltinModule('node:crypto');
  const given = answer.marks.split(',').map((mark) => Buffer.from(mark));
  const ours = marksOf(keys, answer.nonce, answer.body)
    .split(',')
    .map((mark) => Buffer.from(mark));
  const isOurs = (mark: Buffer) =>
    ours.some((own) => own.length === mark.length && timingSafeEqual(own, mark));
  return given.some(isOurs) ? 'right' : 'wrong';
}
