import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('answers/', import.meta.url);

/** What real servers answered: `<version>-<state>-<word>.txt`, taken from Debian's packages on loopback. */
export function answer(name: string): string {
  return readFileSync(new URL(`${name}.txt`, folder), 'utf8');
}

/** The names of all answers to a word. */
export function answersTo(word: string): string[] {
  const names = readdirSync(folder).map((file) => file.replace(/\.txt$/, ''));
  return names.filter((name) => name.endsWith(`-${word}`)).sort();
}
