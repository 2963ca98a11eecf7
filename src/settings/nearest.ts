import { distance } from 'fastest-levenshtein';

/** The candidate that takes the fewest edits, if it takes few enough to be a slip of the hand. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates.map((candidate) => ({ candidate, edits: distance(word, candidate) }));
  const [best] = ranked.sort((a, b) => a.edits - b.edits);
  return best !== undefined && best.edits <= Math.max(2, Math.floor(word.length / 4))
    ? best.candidate
    : undefined;
}
