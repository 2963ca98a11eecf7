import type { Exchange } from '../health/exchange.ts';
import { converse } from './converse.ts';

/** Which server to ask what; the one deadline is over connecting and answering. */
export interface FourLetterQuestion {
  readonly host: string;
  readonly port: number;
  readonly word: string;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** ZooKeeper writes an answer of several packets without such pauses; needed only when it never closes. */
const QUIET_MS = 100;

/** Asks a ZooKeeper server one four-letter word; never rejects, and leaves no socket behind. */
export function askFourLetter({ word, ...where }: FourLetterQuestion): Promise<Exchange> {
  const expected = word === 'ruok' ? { expected: 'imok' } : {};
  return converse({ ...where, ...expected, say: word, quietMs: QUIET_MS });
}
