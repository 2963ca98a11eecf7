import { appendFileSync } from 'node:fs';

/** What became of a write: `unknown` when no answer came, `refused` when the server said that nothing was written. */
export type Outcome = 'pending' | 'acknowledged' | 'refused' | 'unknown';

export type WriteKind = 'plain' | 'sequential' | 'multi' | 'increment';

/** One write of a client; its id is also the value it writes. */
export interface Write {
  readonly id: string;
  readonly kind: WriteKind;
  /** What was asked for: paths, for a sequential node its prefix; for an increment the counter. */
  readonly paths: readonly string[];
  outcome: Outcome;
  /** The path that the server gave a sequential node. */
  made?: string;
  /** When the outcome was known. */
  atMs?: number;
}

/** All writes of a run, in memory and line by line in a file that no fault touches. */
export class History {
  readonly #file: string;
  readonly #writes: Write[] = [];
  acknowledged = 0;

  constructor(file: string) {
    this.#file = file;
  }

  get writes(): readonly Write[] {
    return this.#writes;
  }

  /** Recorded before it is sent, so that nothing can be in the tree that is not here. */
  sent(write: Pick<Write, 'id' | 'kind' | 'paths'>): Write {
    const recorded: Write = { ...write, outcome: 'pending' };
    this.#writes.push(recorded);
    this.#append({ sent: write });
    return recorded;
  }

  /** Recorded before the client's next write. */
  ended(write: Write, outcome: Exclude<Outcome, 'pending'>, made?: string): void {
    write.outcome = outcome;
    write.atMs = Date.now();
    if (made !== undefined) write.made = made;
    if (outcome === 'acknowledged') this.acknowledged += 1;
    this.#append({ id: write.id, outcome, made, atMs: write.atMs });
  }

  #append(entry: object): void {
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }
}
