import type { Exchange } from '../../zookeeper/four-letter/exchange.ts';

interface Sharing {
  /** How long an answer is reused after it has arrived. */
  readonly goodForMs: number;
  /** Monotonic milliseconds, such as `performance.now`. */
  readonly clock: () => number;
}

interface Held {
  readonly exchange: Promise<Exchange>;
  cameAtMs: number | undefined;
}

/**
 * Protects a server from many requests. Requests for the same word at one time share one exchange, and its result, good or
 * bad, is reused for `goodForMs`. So for each word the server gets at most one exchange in `goodForMs`.
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
