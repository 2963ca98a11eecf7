import { type Kind, parsed, rejected } from './kind.ts';

/** What HMAC-SHA256 gets: RFC 2104 advises at least as many bytes as the hash has. */
const SHORTEST = 32;
/** A word that is repeated has few signs; 32 random hexadecimal digits have fewer than 8 once in a million. */
const FEWEST_SIGNS = 8;
/** The old one and the new one. */
const MOST_KEYS = 2;

/** One key a line, two while a key is changed; nothing of a key is ever quoted. */
export const peerKeys: Kind<readonly string[]> = {
  description: `a key of at least ${SHORTEST} signs; while it is changed two, one a line`,
  format: (keys) => keys.join('\n'),
  parse(text) {
    const keys = text
      .split(/\r?\n/)
      .map((key) => key.trim())
      .filter((key) => key !== '');
    const problem = keys.map(problemOf).find((each) => each !== undefined);
    if (problem !== undefined) return rejected(problem, MAKE);
    if (keys.length > MOST_KEYS || new Set(keys).size < keys.length)
      return rejected(`holds ${keys.length} keys, or one of them twice`, TWO);
    return parsed(keys);
  },
};

const MAKE = 'make one with: openssl rand -hex 32';
const TWO = 'give one key; while it is changed the old one and the new one, one a line';

function problemOf(key: string): string | undefined {
  if (!/^[!-~]+$/.test(key)) return 'holds a key with a blank, or with a sign that is not ASCII';
  if (key.length < SHORTEST) return `holds a key of ${key.length} signs, ${SHORTEST} are needed`;
  if (new Set(key).size < FEWEST_SIGNS) return 'holds a key of few different signs, which can be guessed';
  return undefined;
}
