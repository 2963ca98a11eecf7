import { counted } from '../../text/numbers.ts';
import { hasHidden } from '../../text/visible.ts';
import { type Kind, parsed, rejected } from './kind.ts';

/** A user who logs in by a password. */
export interface User {
  readonly name: string;
  readonly password: string;
}

/** What a name may hold everywhere it stands: in a JAAS file behind `user_`, and in an ACL behind `sasl:`. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const NAME_RULE = 'give 1 to 64 letters, digits, dots, hyphens and underlines, a letter or digit first';

/** The name of a user. */
export const userName: Kind<string> = {
  description: 'name of a user: letters, digits, . _ -',
  format: String,
  parse: (text) => (NAME.test(text) ? parsed(text) : rejected('is not the name of a user', NAME_RULE)),
};

/** The password of a user. */
export const password: Kind<string> = {
  description: 'password of 8 characters or more',
  format: String,
  parse(text) {
    const problem = passwordProblem(text);
    return problem === undefined ? parsed(text) : rejected(problem, PASSWORD_RULE);
  },
};

/** Users and their passwords, one pair on each line, separated by the first colon. */
export const users: Kind<readonly User[]> = {
  description: 'lines of user:password',
  format: (list) => list.map(({ name, password: secret }) => `${name}:${secret}`).join('\n'),
  parse(text) {
    const list: User[] = [];
    for (const [at, raw] of text.split('\n').entries()) {
      const written = raw.replace(/\r$/, '');
      if (written.trim() === '' || written.startsWith('#')) continue;
      const which = `has line ${at + 1}`;
      const colon = written.indexOf(':');
      if (colon < 0) return rejected(`${which} without a colon`, 'write each line as user:password');
      const [name, secret] = [written.slice(0, colon).trim(), written.slice(colon + 1)];
      if (!NAME.test(name))
        return rejected(`${which} with something that is not the name of a user`, NAME_RULE);
      if (list.some((user) => user.name === name))
        return rejected(`names the user ${name} twice`, 'give each user one line');
      const problem = passwordProblem(secret, name);
      if (problem !== undefined)
        return rejected(`${which} with a password for ${name} that ${problem}`, PASSWORD_RULE);
      list.push({ name, password: secret });
    }
    return list.length === 0
      ? rejected('names no user', 'write a line user:password for each user')
      : parsed(list);
  },
};

/** A list of users that is not at hand (Row.standIn). */
export const UNKNOWN_USERS = 'unknown:stands-in-for-a-secret';

/** True if the users are not known, so they cannot be judged. */
export function areUnknown([first]: readonly User[]): boolean {
  return first !== undefined && `${first.name}:${first.password}` === UNKNOWN_USERS;
}

const PASSWORD_RULE = 'make a random one, for example with: openssl rand -base64 24';
const MIN_CHARACTERS = 8;
const MIN_DIFFERENT = 5;
/** Words that are tried first, by themselves and with what people put before and behind them. */
const GUESSED =
  /^[\W\d_]*(password|passw0rd|secret|changeme|change-?it|zookeeper|administrator|admin|kafka|default|letmein|qwertyui?o?p?|abcdefgh?i?j?)[\W\d_]*$/i;

/**
 * Why a password is refused: an attacker who has seen one login could guess it within a day (RFC 6331 on DIGEST-MD5), or a
 * JAAS file cannot hold it (sun.security.provider.ConfigFile replaces `${…}`). The reason contains no part of the password.
 */
export function passwordProblem(text: string, user?: string): string | undefined {
  if (text === '') return 'is empty';
  if (hasHidden(text)) return 'holds a line break or control character';
  if (text !== text.trim()) return 'begins or ends with a blank';
  const characters = [...text].length;
  if (characters < MIN_CHARACTERS)
    return `has ${counted(characters, 'character')}, fewer than ${MIN_CHARACTERS}`;
  if (new Set(text).size < MIN_DIFFERENT) return `has fewer than ${MIN_DIFFERENT} different characters`;
  if (
    user !== undefined &&
    text.toLowerCase().includes(user.toLowerCase()) &&
    characters - user.length < MIN_CHARACTERS
  )
    return 'is little more than the name of the user';
  if (GUESSED.test(text)) return 'is one of the words that are tried first';
  if (text.includes('${')) return 'holds ${, which a JAAS file would replace';
  return undefined;
}

/** A digest as ZooKeeper keeps one of its super user. */
export const superDigest: Kind<string> = {
  description: 'super: and a digest in Base64',
  format: String,
  parse(text) {
    const [, digest = ''] = /^super:([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
    const bytes = Buffer.from(digest, 'base64').length;
    // SHA-1, SHA-256 and SHA-512 (DigestAuthenticationProvider.digestAlg).
    return [20, 32, 64].includes(bytes)
      ? parsed(text)
      : rejected('is not super: and a digest in Base64', `make it with: ${MAKE_DIGEST}`);
  },
};

const MAKE_DIGEST = 'printf "super:$(printf super:PASSWORD | openssl dgst -sha1 -binary | openssl base64)"';

/** The principal of a Kerberos service. */
export const principal: Kind<string> = {
  description: 'principal of a service: name/_HOST@REALM',
  format: String,
  parse: (text) =>
    /^[A-Za-z0-9._-]+\/[A-Za-z0-9._-]+(@[A-Za-z0-9._-]+)?$/.test(text)
      ? parsed(text)
      : rejected(
          'is not the principal of a service',
          'give for example zookeeper/_HOST@EXAMPLE.COM; _HOST becomes the host name of each member',
        ),
};
