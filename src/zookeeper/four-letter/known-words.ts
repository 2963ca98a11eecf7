import { isAtLeast, type Release } from '../release.ts';

/** Every four-letter word, by the first release that answers it; 3.4.0 or an older one (FourLetterCommands; in 3.4 ServerCnxn). */
const WORDS: Readonly<Record<string, string>> = {
  '3.4.0': 'conf cons crst dump envi gtmk isro mntr ruok srst srvr stat stmk wchc wchp wchs',
  '3.5.1': 'dirs',
  '3.6.0': 'hash',
};

/** Every word that some release answers, in the order of the alphabet. */
export const FOUR_LETTER_WORDS: readonly string[] = Object.values(WORDS)
  .flatMap((words) => words.split(' '))
  .sort();

/** The words that a release answers. */
export function wordsOf(release: Release): readonly string[] {
  return Object.entries(WORDS).flatMap(([since, words]) =>
    isAtLeast(release, since) ? words.split(' ') : [],
  );
}

/** What probes, metrics and the checks between members ask; they are answered whatever else is. */
export const NEEDED_WORDS: readonly string[] = ['ruok', 'srvr', 'mntr', 'conf'];

/** The value of 4lw.commands.whitelist: the words that are needed, and those that are asked for; `*` is every word. */
export function whitelist(asked: readonly string[]): string {
  return asked.includes('*') ? '*' : [...new Set([...NEEDED_WORDS, ...asked])].join(',');
}
