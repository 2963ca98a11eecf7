import type { Settings } from '../../settings/table.ts';

/** What of the settings decides on marks. */
export type PeerKeySettings = Pick<Settings, 'peerKey' | 'peerAuth'>;

/** What an answer is marked with: by one of our keys, by others, not at all; undefined where we have no key. */
export type Mark = 'right' | 'wrong' | 'none' | undefined;

/** A number that was never used before: what was marked for another question is no answer to this one. */
export function newNonce(): string {
  return process.getBuiltinModule('node:crypto').randomBytes(16).toString('hex');
}

/**
 * The marks of an answer, one a key, separated by commas: HMAC-SHA256 (RFC 2104) over the number that the asker has sent
 * and the body. With every key, so that members that know the old key alone, or the new one, take it.
 */
export function marksOf(keys: readonly string[], nonce: string, body: string): string {
  const { createHmac } = process.getBuiltinModule('node:crypto');
  const mark = (key: string) =>
    createHmac('sha256', key).update(`${PURPOSE}\n${nonce}\n${body}`).digest('hex');
  return keys.map(mark).join(',');
}

/** Nothing else that is made with the key can stand for a mark. */
const PURPOSE = 'zk-entrypoint status 1';

/** Compares the marks of an answer with ours, in a time that tells nothing of them. */
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
