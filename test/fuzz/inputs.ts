import fc from 'fast-check';

/**
 * Bytes near what a reader knows: whole, torn, spliced with noise, put together from its words, one piece over and over
 * (what drives a regular expression into backtracking), or noise alone. One number makes each: a million must be cheap.
 */
export function bytesLike(texts: readonly string[], words: readonly string[]): fc.Arbitrary<Buffer> {
  const known = {
    texts: texts.map((text) => Buffer.from(text)),
    words: words.map((word) => Buffer.from(word)),
  };
  return fc.integer().map((seed) => new Maker(seed, known).make());
}

/** The same as text, read as a socket or file is read. */
export function textLike(texts: readonly string[], words: readonly string[]): fc.Arbitrary<string> {
  return bytesLike(texts, words).map((bytes) => bytes.toString());
}

interface Known {
  readonly texts: readonly Buffer[];
  readonly words: readonly Buffer[];
}

class Maker {
  #state: number;
  readonly #known: Known;

  constructor(seed: number, known: Known) {
    this.#state = seed;
    this.#known = known;
  }

  make(): Buffer {
    const kind = this.#below(6);
    if (kind === 0) return this.#noise(200);
    if (kind < 3) return this.#spliced();
    if (kind < 5) return this.#spoken(30);
    const piece = this.#below(2) === 0 ? this.#spoken(4) : this.#noise(4);
    return Buffer.concat(Array.from({ length: this.#below(400) }, () => piece));
  }

  /** A text with a stretch of it replaced; now and then the text as it is. */
  #spliced(): Buffer {
    const text = this.#oneOf(this.#known.texts);
    if (this.#below(8) === 0) return text;
    const from = this.#below(text.length + 1);
    const put = this.#below(2) === 0 ? this.#noise(40) : this.#spoken(3);
    return Buffer.concat([text.subarray(0, from), put, text.subarray(from + this.#below(60))]);
  }

  #spoken(most: number): Buffer {
    const pieces = Array.from({ length: this.#below(most + 1) }, () =>
      this.#below(4) === 0 ? this.#noise(6) : this.#oneOf(this.#known.words),
    );
    return Buffer.concat(pieces);
  }

  #noise(most: number): Buffer {
    return Buffer.from(Array.from({ length: this.#below(most + 1) }, () => this.#below(256)));
  }

  #oneOf<T>(choices: readonly T[]): T {
    return choices[this.#below(choices.length)] as T;
  }

  /** A whole number from 0 up to but not including the bound (mulberry32). */
  #below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  }
}
