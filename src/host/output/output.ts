import { write } from 'node:fs';

interface OutputOptions {
  readonly descriptor: number;
  /** The line in place of dropped lines. */
  dropped(lines: number): string;
}

/** Enough for the whole story of a start. */
const MOST_BYTES = 128 * 1024;
const AGAIN_MS = 50;

/**
 * Output that never makes its caller wait. A thread of libuv writes it, one write at a time: a pipe, terminal or socket
 * without a reader blocks only that thread. O_NONBLOCK is not used, because the JVM shares the open file (fcntl(2)) and would
 * lose lines.
 */
export class Output {
  readonly #options: OutputOptions;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #lost = 0;
  #written = 0;
  #writing = Promise.withResolvers<void>();
  #isWriting = false;

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  /** Queues a line; never waits and never throws. Above 128 KiB the oldest lines are dropped. */
  say(line: string): void {
    const bytes = Buffer.from(line);
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    while (this.#waitingBytes > MOST_BYTES) {
      this.#take();
      this.#lost += 1;
    }
    if (this.#isWriting) return;
    this.#isWriting = true;
    this.#writing = Promise.withResolvers();
    this.#next();
  }

  /** Settles once everything is written, when no line was written for `withinMs`, or after five times that. */
  async settled(withinMs: number): Promise<void> {
    for (let waits = 0, seen = -1; this.#isWriting && waits < 5 && seen !== this.#written; waits += 1) {
      seen = this.#written;
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, withinMs);
      await Promise.race([this.#writing.promise, late.promise]);
      clearTimeout(timer);
    }
  }

  #next(): void {
    if (this.#lost > 0) return this.#tellOfLost(this.#lost);
    const line = this.#take();
    if (line === undefined) return this.#rest();
    this.#put(line, (failed) => {
      if (failed) this.#loseAll(1);
      else this.#next();
    });
  }

  #tellOfLost(lines: number): void {
    this.#put(Buffer.from(this.#options.dropped(lines)), (failed) => {
      if (failed) return this.#loseAll(0);
      this.#lost -= lines;
      this.#next();
    });
  }

  #put(line: Buffer, done: (failed: boolean) => void): void {
    write(this.#options.descriptor, line, (error, written) => {
      this.#written += error === null ? written : 0;
      // Another process has made the open file non-blocking.
      if (error?.code === 'EAGAIN') setTimeout(() => this.#put(line, done), AGAIN_MS).unref();
      else if (error === null && written < line.length) this.#put(line.subarray(written), done);
      else done(error !== null);
    });
  }

  /** A full disk or a closed reader: the next try comes with the next line. */
  #loseAll(more: number): void {
    this.#lost += this.#waiting.length + more;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#rest();
  }

  #rest(): void {
    this.#isWriting = false;
    // The write counts as running until its callback has returned, and `endNow` would not wait for it.
    setImmediate(this.#writing.resolve);
  }

  #take(): Buffer | undefined {
    const line = this.#waiting.shift();
    this.#waitingBytes -= line?.length ?? 0;
    return line;
  }
}
