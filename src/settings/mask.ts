/** The text in place of a secret wherever something is shown. */
export const MASK = '********';

/**
 * The user and password of every address in the text masked: `http://user:password@host` (RFC 3986, userinfo), whatever
 * signs the password has, and also where the text was cut before the `@`.
 */
export function withoutCredentials(text: string): string {
  return text
    .replaceAll(/(:\/\/)\S*@/g, `$1${MASK}@`)
    .replaceAll(/(:\/\/)[^\s/:@]*:[^\s@]*\u2026/g, `$1${MASK}…`);
}

/** The text without the secrets, nor any line, word or number of them, since a message may quote a part. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const parts = secrets
    .flatMap((secret) => [
      secret.trim(),
      ...secret.split(/[\s=;,]+/),
      ...secret.split(/[\s=;,:[\]/@"']+/).filter(({ length }) => length > 2),
      ...(secret.match(/\d+/g) ?? []),
    ])
    .filter((part) => part !== '');
  if (parts.length === 0) return text;
  const longestFirst = [...new Set(parts)].toSorted((a, b) => b.length - a.length);
  return text.replaceAll(new RegExp(longestFirst.map(escaped).join('|'), 'g'), MASK);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** The message without the words that it quotes from a text, however long that is. */
export function withoutQuotes(message: string, text: string): string {
  return message.replaceAll(/[^\s,;"]+/g, (word) => (isQuoted(word, text) ? MASK : word));
}

/** Short words without a digit may occur in a message by chance, so they count as quoted only if the text has them as a whole word. */
function isQuoted(word: string, text: string): boolean {
  const bare = word.replace(/\u2026$|[.?:]$/, '').replace(/^\//, '');
  if (bare === '' || !text.includes(bare)) return false;
  return bare.length > 5 || /\d/.test(bare) || text.split(/[\s=;,:[\]/@"']+/).includes(bare);
}
