import { connect, type Socket } from 'node:net';
import type { Exchange } from '../../zookeeper/four-letter/exchange.ts';
import { monotonicMs } from '../monotonic.ts';

/** One request and its answer over TCP, all times in milliseconds. */
export interface Conversation {
  readonly host: string;
  readonly port: number;
  /** Sent once the connection is open. */
  readonly say: string;
  /** For everything: name look-up, connection and answer. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  /** An answer that is complete without the end of the stream. */
  readonly expected?: string;
  /** How long to wait for more after a line feed. Without it, only the end of the stream completes the answer. */
  readonly quietMs?: number;
}

/** In its first moments, ZooKeeper 3.8 and later may answer and never close. Then the expected answer is enough. */
const EXPECTED_GRACE_MS = 5;

/** Sends one request and reads the answer. Never rejects, and leaves no socket or timer behind. */
export function converse(conversation: Conversation): Promise<Exchange> {
  return new Promise((resolve) => new Talk(conversation, resolve));
}

type WithoutTime<E> = E extends Exchange ? Omit<E, 'tookMs'> : never;
type Ending = WithoutTime<Exchange>;

class Talk {
  readonly #conversation: Conversation;
  readonly #resolve: (exchange: Exchange) => void;
  readonly #startedAtMs = monotonicMs();
  readonly #socket: Socket;
  readonly #deadline: NodeJS.Timeout;
  readonly #nudge: NodeJS.Timeout;
  #completion: NodeJS.Timeout | undefined;
  #stage: 'connect' | 'answer' = 'connect';
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(conversation: Conversation, resolve: (exchange: Exchange) => void) {
    this.#conversation = conversation;
    this.#resolve = resolve;
    const { host, port, timeoutMs } = conversation;
    this.#socket = connect({ host, port })
      .on('connect', () => this.#say())
      .on('data', (chunk: Buffer) => this.#peerVolume(chunk))
      .on('end', () => this.#closed())
      .on('error', (error) => this.#failed((error as NodeJS.ErrnoException).code ?? error.name))
      .on('close', () => this.#closed());
    this.#deadline = setTimeout(() => this.#timeOut(), timeoutMs);
    this.#nudge = setTimeout(() => this.#halfClose(), timeoutMs / 2);
  }

  #say(): void {
    this.#stage = 'answer';
    this.#socket.write(this.#conversation.say);
  }

  /** A server that waits for more then closes or reports an error. A frozen JVM does nothing. */
  #halfClose(): void {
    if (this.#stage === 'connect') return;
    this.#socket.end();
  }

  #peerVolume(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const { maxBytes } = this.#conversation;
    if (this.#bytes > maxBytes) {
      this.#settle({ kind: 'too-long', bytes: maxBytes, received: this.#text().slice(0, maxBytes) });
    } else {
      this.#completeAfter(this.#graceMs(chunk));
    }
  }

  #graceMs(chunk: Buffer): number | undefined {
    const { expected, quietMs } = this.#conversation;
    if (expected?.length === this.#bytes && this.#text() === expected) return EXPECTED_GRACE_MS;
    return chunk.at(-1) === 0x0a ? quietMs : undefined;
  }

  #completeAfter(graceMs: number | undefined): void {
    clearTimeout(this.#completion);
    this.#completion = graceMs === undefined ? undefined : setTimeout(() => this.#closed(), graceMs);
  }

  #closed(): void {
    if (this.#bytes === 0) this.#settle({ kind: 'empty' });
    else this.#settle({ kind: 'answer', text: this.#text() });
  }

  #timeOut(): void {
    const { timeoutMs } = this.#conversation;
    this.#settle({ kind: 'timeout', stage: this.#stage, timeoutMs, received: this.#text() });
  }

  #failed(code: string): void {
    if (code === 'ECONNREFUSED') this.#settle({ kind: 'refused' });
    else if (OUT_OF_SOCKETS.includes(code)) this.#settle({ kind: 'no-socket', code });
    else if (this.#stage === 'answer' || CUT_OFF.includes(code))
      this.#settle({ kind: 'reset', received: this.#text() });
    else this.#settle({ kind: 'unreachable', code });
  }

  #text(): string {
    return Buffer.concat(this.#chunks).toString();
  }

  /** Only the first ending counts; destroying the socket silences it, and the promise resolves once. */
  #settle(ending: Ending): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#nudge);
    clearTimeout(this.#completion);
    this.#socket.destroy();
    this.#resolve({ ...ending, tookMs: monotonicMs() - this.#startedAtMs });
  }
}

/** EPIPE: the server had closed before our first byte. */
const CUT_OFF: readonly string[] = ['ECONNRESET', 'EPIPE'];
const OUT_OF_SOCKETS: readonly string[] = ['EMFILE', 'ENFILE', 'EADDRNOTAVAIL', 'ENOBUFS'];
