import { shortened, someOf } from '../../text/some-of.ts';
import { hasHidden } from '../../text/visible.ts';
import { FOUR_LETTER_WORDS } from '../../zookeeper/four-letter/known-words.ts';
import { type Kind, parsed, rejected } from './kind.ts';

/** One of a fixed list of words, whatever their case. */
export function oneOf<const Word extends string>(words: readonly Word[]): Kind<Word> {
  const list = words.join(', ');
  return {
    description: `one of ${list}`,
    format: String,
    parse(text) {
      const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
      return found === undefined
        ? rejected('is not one of the known words', `give one of ${list}`)
        : parsed(found);
    },
  };
}

/** Some of a fixed list of words, separated by commas, each once, in the order of the list. */
export function someOfWords<const Word extends string>(words: readonly Word[]): Kind<readonly Word[]> {
  const list = words.join(', ');
  return {
    description: `some of ${list}, separated by commas`,
    format: (chosen) => chosen.join(','),
    parse(text) {
      const given = text.split(/[\s,]+/).filter((word) => word !== '');
      const isOf = (word: string, each: string) => word.toLowerCase() === each;
      const wrong = given.filter((word) => !words.some((each) => isOf(word, each)));
      return wrong.length > 0 || given.length === 0
        ? rejected(`names ${someOf(wrong)}, which is not one of the known words`, `give some of ${list}`)
        : parsed(words.filter((each) => given.some((word) => isOf(word, each))));
    },
  };
}

const TRUE = ['true', 'yes', 'on', '1'];
const FALSE = ['false', 'no', 'off', '0'];

/** `true` or `false`; also yes, no, on, off, 1 and 0. */
export const yesOrNo: Kind<boolean> = {
  description: 'true or false',
  format: String,
  parse(text) {
    const word = text.toLowerCase();
    if (TRUE.includes(word)) return parsed(true);
    if (FALSE.includes(word)) return parsed(false);
    return rejected('is neither true nor false', 'give true or false');
  },
};

/** An absolute path of one line. */
export const absolutePath: Kind<string> = {
  description: 'absolute path',
  format: String,
  parse(text) {
    if (hasHidden(text)) return rejected(HIDDEN, 'give one absolute path');
    if (!text.startsWith('/'))
      return rejected('is not absolute', `begin it with a slash: /${shortened(text)}`);
    // As Java has it, so that two spellings of one path are one: java.io.File.
    return parsed(text.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, ''));
  },
};

/** Directories that the system has made for itself and for many programs. What is below most of them may be ZooKeeper's. */
const OF_THE_SYSTEM =
  /^\/(?:(?:s?bin|lib(?:32|64|x32)?|boot|dev|etc|home|proc|root|run|sys|usr|var)?|(?:proc|sys)\/.*|usr\/(?:s?bin|games|include|lib(?:32|64|x32|exec)?|local|share|src)|usr\/local\/(?:s?bin|etc|lib|share)|var\/(?:backups|cache|lib|local|lock|log|mail|opt|run|spool|tmp)|etc\/(?:ssl|ssl\/certs|pki))$/;

/** The path of a directory that becomes ZooKeeper's with all that is in it, when root starts the container. */
export const ownDirectory: Kind<string> = {
  ...absolutePath,
  parse(text) {
    const path = absolutePath.parse(text);
    if (!path.ok || !OF_THE_SYSTEM.test(withoutDots(path.value))) return path;
    return rejected(
      'is a directory of the system, which must not become that of ZooKeeper',
      'give a directory of its own, such as one below a mounted volume',
    );
  },
};

/** Where a path with `.` and `..` leads, links left aside. */
function withoutDots(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return `/${names.join('/')}`;
}

const HIDDEN = 'holds a line break or control character';

/** A line of text without control characters. */
export const line: Kind<string> = {
  description: 'text of one line',
  format: String,
  parse: (text) => (hasHidden(text) ? rejected(HIDDEN, 'give one line of text') : parsed(text)),
};

/** Flags for the JVM, separated by blanks as an unquoted shell variable splits them. */
export const jvmFlags: Kind<readonly string[]> = {
  description: 'JVM flags, separated by blanks',
  format: (flags) => flags.join(' '),
  parse: (text) =>
    text.includes('\0')
      ? rejected('holds a NUL character', 'give flags separated by blanks')
      : parsed(text.split(/\s+/).filter((flag) => flag !== '')),
};

/** Four-letter words, separated by commas or blanks, or `*` for all. */
export const fourLetterWords: Kind<readonly string[]> = {
  description: 'four-letter words separated by commas, or * for all',
  format: (words) => words.join(','),
  parse(text) {
    const words = text.split(/[\s,]+/).filter((word) => word !== '');
    const wrong = words.filter((word) => word !== '*' && !FOUR_LETTER_WORDS.includes(word));
    if (wrong.length === 0) return parsed([...new Set(words)]);
    return rejected(
      `names ${someOf(wrong)}, which no ZooKeeper has`,
      `choose from ${FOUR_LETTER_WORDS.join(' ')} or *`,
    );
  },
};
