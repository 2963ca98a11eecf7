import { randomBytes } from 'node:crypto';
import { write } from 'node:fs';
import type { Readable } from 'node:stream';
import { FRAME_PARTS, FRAME_PROPERTY, frameMark } from '../../render/log-frames.ts';
import { type LogContext, logLine } from './json-line.ts';

/** A longer text without an end is not an event, and is shown unchanged. */
const MOST_BYTES = 16 * 1024 * 1024;

/** The log lines of QuorumPeer when its state changes (QuorumPeer.run), and the role of the member then. */
const ROLES: Readonly<Record<string, string>> = {
  LOOKING: 'looking',
  FOLLOWING: 'follower',
  LEADING: 'leader',
  OBSERVING: 'observer',
};

/** Turns the output of a JVM into one JSON object for each event, without any loss. */
export class JvmOutput {
  readonly #word = randomBytes(12).toString('hex');
  readonly #context: LogContext;
  readonly #ends: Promise<unknown>[] = [];

  constructor(context: LogContext) {
    this.#context = context;
  }

  /** The flag that makes the JVM mark its events. */
  get flag(): string {
    return `-D${FRAME_PROPERTY}=${this.#word}`;
  }

  /** Reads one stream of the JVM to its end and writes its lines to `descriptor`. A slow reader there slows the JVM down, as without us. */
  take(stream: Readable, { name, descriptor }: { readonly name: string; readonly descriptor: number }): void {
    const frames = new LogFrames(this.#word, { name, context: this.#context });
    const copy = async () => {
      for await (const chunk of stream) await writeAll(descriptor, frames.feed(chunk as Buffer));
      await writeAll(descriptor, frames.rest());
    };
    // A closed reader must not end this process.
    this.#ends.push(copy().catch(() => stream.resume()));
  }

  /** Settles once everything that the JVM has written is also written here. */
  async over(): Promise<void> {
    await Promise.all(this.#ends);
  }
}

/** Cuts a stream into events and other lines. The parts may have any size. */
export class LogFrames {
  readonly #start: Buffer;
  readonly #end: Buffer;
  readonly #word: string;
  readonly #about: { readonly name: string; readonly context: LogContext };
  #rest: Buffer = Buffer.alloc(0);
  /** How many characters of the rest were already searched for an end. */
  #searched = 0;

  constructor(word: string, about: { readonly name: string; readonly context: LogContext }) {
    this.#word = word;
    this.#about = about;
    this.#start = Buffer.from(frameMark(word, 0));
    this.#end = Buffer.from(`${frameMark(word, FRAME_PARTS.length)}\n`);
  }

  /** The lines that are complete now. */
  feed(chunk: Buffer): string {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let lines = '';
    for (;;) {
      const at = this.#startAt();
      if (at < 0) return lines + this.#plain(this.#rest.lastIndexOf(LINE_BREAK) + 1);
      if (at > 0) {
        lines += this.#plain(at);
        continue;
      }
      const end = this.#rest.indexOf(this.#end, this.#searched);
      if (end < 0) {
        this.#searched = Math.max(0, this.#rest.length - this.#end.length);
        return this.#rest.length > MOST_BYTES ? lines + this.rest() : lines;
      }
      lines += this.#event(this.#rest.subarray(0, end));
      this.#drop(end + this.#end.length);
    }
  }

  /** Where an event begins, with its time. Logback quotes the pattern itself if it cannot read it. */
  #startAt(): number {
    for (let from = 0; ; ) {
      const at = this.#rest.indexOf(this.#start, from);
      if (at < 0) return -1;
      const first = this.#rest[at + this.#start.length];
      if (first === undefined || isDigit(first)) return at;
      from = at + this.#start.length;
    }
  }

  /** What is left at the end of the stream, as lines. */
  rest(): string {
    return this.#plain(this.#rest.length);
  }

  #drop(bytes: number): void {
    this.#rest = this.#rest.subarray(bytes);
    this.#searched = 0;
  }

  /** The output of Java itself, or of code beside the logger: each line is an event. */
  #plain(bytes: number): string {
    const text = this.#rest
      .subarray(0, bytes)
      .toString()
      .replace(/\r?\n$/, '');
    this.#drop(bytes);
    if (bytes === 0) return '';
    const { name, context } = this.#about;
    const level = name === 'stderr' ? 'ERROR' : 'INFO';
    const time = new Date().toISOString();
    return text
      .split(/\r?\n/)
      .map((message) => logLine({ time, level, logger: `java.${name}`, thread: '', message }, context))
      .join('');
  }

  #event(bytes: Buffer): string {
    const text = bytes.toString();
    let from = 0;
    const parts = FRAME_PARTS.map((_, place) => {
      const begin = text.indexOf(frameMark(this.#word, place), from);
      const next = text.indexOf(frameMark(this.#word, place + 1), begin);
      from = next < 0 ? text.length : next;
      return begin < 0 ? '' : text.slice(begin + frameMark(this.#word, place).length, from);
    });
    const [time = '', level = '', logger = '', thread = '', message = '', stack = ''] = parts;
    const { context } = this.#about;
    if (logger.endsWith('.QuorumPeer') && ROLES[message] !== undefined) context.role = ROLES[message];
    return logLine({ time, level, logger, thread, message, stack: stack.trimEnd() }, context);
  }
}

const LINE_BREAK = 0x0a;

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function writeAll(descriptor: number, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const put = (bytes: Buffer) => {
      if (bytes.length === 0) return resolve();
      write(descriptor, bytes, (error, written) => {
        // Another process has made the open file non-blocking.
        if (error?.code === 'EAGAIN') setTimeout(() => put(bytes), AGAIN_MS);
        else if (error !== null) reject(error);
        else put(bytes.subarray(written));
      });
    };
    put(Buffer.from(text));
  });
}

const AGAIN_MS = 20;
