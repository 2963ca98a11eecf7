import { distance } from 'fastest-levenshtein';

/** The candidate that takes the fewest edits, if it takes few enough to be a slip of the hand. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const mostEdits = Math.max(2, Math.floor(word.length / 4));
  // No fewer edits than the lengths differ by: an endless word is not compared with anything.
  const ranked = candidates
    .filter((candidate) => Math.abs(candidate.length - word.length) <= mostEdits)
    .map((candidate) => ({ candidate, edits: distance(word, candidate) }));
  const [best] = ranked.sort((a, b) => a.edits - b.edits);
  return best !== undefined && best.edits <= mostEdits ? best.candidate : undefined;
}
