import type { Exchange, Word } from '../zookeeper/four-letter/exchange.ts';

/** How often a probe was answered which way. */
export interface ProbeCount {
  readonly probe: string;
  readonly ok: boolean;
  readonly count: number;
  /** Sum over all of them, from the request to the answer. */
  readonly tookMs: number;
}

/** How often a word was sent to ZooKeeper, by what the exchange ended in. */
export interface ExchangeCount {
  readonly word: Word;
  readonly ending: Exchange['kind'];
  readonly count: number;
  readonly tookMs: number;
}

export interface TallyReading {
  readonly probes: readonly ProbeCount[];
  readonly exchanges: readonly ExchangeCount[];
}

/** Counts probes and exchanges for the metrics; it grows with kinds, never with how often. */
export class Tally {
  readonly #probes = new Map<string, ProbeCount>();
  readonly #exchanges = new Map<string, ExchangeCount>();

  countProbe({ probe, ok, tookMs }: Omit<ProbeCount, 'count'>): void {
    add(this.#probes, `${probe} ${ok}`, { probe, ok, count: 1, tookMs });
  }

  countExchange(word: Word, { kind, tookMs }: Exchange): void {
    add(this.#exchanges, `${word} ${kind}`, { word, ending: kind, count: 1, tookMs });
  }

  read(): TallyReading {
    return { probes: [...this.#probes.values()], exchanges: [...this.#exchanges.values()] };
  }
}

function add<C extends { readonly count: number; readonly tookMs: number }>(
  counts: Map<string, C>,
  key: string,
  one: C,
): void {
  const before = counts.get(key);
  const sum = before && { count: before.count + 1, tookMs: before.tookMs + one.tookMs };
  counts.set(key, { ...one, ...sum });
}
