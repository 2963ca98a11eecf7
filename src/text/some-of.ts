import { visible } from './visible.ts';

const MOST_WORDS = 5;
const LONGEST_WORD = 60;

/** The first few words for a message, each shortened, so that a text that is not a list is not repeated in full. */
export function someOf(words: readonly string[]): string {
  const some = [...new Set(words)];
  const shown = some.slice(0, MOST_WORDS).map(shortened);
  return some.length > MOST_WORDS ? `${shown.join(', ')}, …` : shown.join(', ');
}

/** A word as it may stand in a message, and in one line of a log whatever it was. */
export function shortened(word: string): string {
  return visible(word, LONGEST_WORD);
}
