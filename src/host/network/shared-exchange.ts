import type { Exchange } from '../../zookeeper/four-letter/exchange.ts';

interface Sharing {
  /** How long an answer is given again, from when it came. */
  readonly goodForMs: number;
  /** Monotonic milliseconds, such as `performance.now`. */
  readonly clock: () => number;
}

interface Held {
  readonly exchange: Promise<Exchange>;
  cameAtMs: number | undefined;
}

/**
 * Protects a server from its watchers: those who ask the same word at once share one exchange, and what it ended in,
 * well or badly, is good for `goodForMs`; so at most one exchange a word and `goodForMs` reaches the server.
 */
export function shareExchanges<W extends string>(
  ask: (word: W) => Promise<Exchange>,
  { goodForMs, clock }: Sharing,
): (word: W) => Promise<Exchange> {
  const held = new Map<W, Held>();
  return (word) => {
    const last = held.get(word);
    if (last !== undefined && isGood(last)) return last.exchange;
    const next: Held = { exchange: ask(word), cameAtMs: undefined };
    held.set(word, next);
    next.exchange.then(
      () => {
        next.cameAtMs = clock();
      },
      () => held.delete(word),
    );
    return next.exchange;
  };

  function isGood({ cameAtMs }: Held): boolean {
    return cameAtMs === undefined || clock() - cameAtMs < goodForMs;
  }
}
