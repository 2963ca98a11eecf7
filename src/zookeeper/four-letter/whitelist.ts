/** Every four-letter word that some release answers (FourLetterCommands; in 3.4 ServerCnxn). */
export const FOUR_LETTER_WORDS: readonly string[] =
  'conf cons crst dirs dump envi gtmk hash isro mntr ruok srst srvr stat stmk wchc wchp wchs'.split(' ');

/** What probes, metrics and the checks between members ask; they are answered whatever else is. */
export const NEEDED_WORDS: readonly string[] = ['ruok', 'srvr', 'mntr', 'conf'];

/** The value of 4lw.commands.whitelist: the words that are needed, and those that are asked for; `*` is every word. */
export function whitelist(asked: readonly string[]): string {
  return asked.includes('*') ? '*' : [...new Set([...NEEDED_WORDS, ...asked])].join(',');
}
