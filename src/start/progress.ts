import { monotonicMs } from '../host/monotonic.ts';

const EVERY_MS = 30_000;

/** Logs what the start waits for: at once, at each change, and every 30 s. */
export class Progress {
  readonly #say: (sentence: string) => void;
  #last = '';
  #saidAtMs = 0;

  constructor(say: (sentence: string) => void) {
    this.#say = say;
  }

  say(sentence: string): void {
    const nowMs = monotonicMs();
    if (sentence === this.#last && nowMs - this.#saidAtMs < EVERY_MS) return;
    this.#last = sentence;
    this.#saidAtMs = nowMs;
    this.#say(sentence);
  }
}
