import type { Socket } from 'node:net';
import { readRequestHead } from '../../health/request-head.ts';
import type { HealthAnswer, HealthRequest } from '../../health/routes.ts';
import { tidyUp } from '../process/settle-down.ts';

/** The options of a connection; times in milliseconds. */
export interface ConnectionOptions {
  answer(request: HealthRequest): Promise<HealthAnswer>;
  /** For the whole head of the request to arrive. */
  readonly requestTimeoutMs: number;
  /** For `answer`, and then for the client to read the answer. */
  readonly silenceMs: number;
}

/** The most bytes after a head before the connection is cut: an unread body, or further requests without an answer. */
const MOST_IGNORED_BYTES = 256 * 1024;
const PLAIN = 'text/plain; charset=utf-8';

/**
 * One connection with one request and one answer. Other bytes are dropped. Each of the three steps (request, answer, close)
 * has a time limit, so that no client can keep it open longer or make it cost more.
 */
export class HealthConnection {
  /** The client's. */
  readonly address: string;
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  #step: 'asking' | 'answering' | 'leaving' = 'asking';
  #head = '';
  #ignoredBytes = 0;
  #deadline: NodeJS.Timeout | undefined;

  constructor(socket: Socket, options: ConnectionOptions) {
    this.address = socket.remoteAddress ?? '';
    this.#socket = socket;
    this.#options = options;
    // A probe without an answer must not keep the process alive.
    socket.unref();
    socket.on('data', (chunk: Buffer) => this.#peerVolume(chunk));
    // An incomplete request will not be completed any more. A client with a complete one may close its side and wait.
    socket.on('end', () => this.#step === 'asking' && this.drop());
    socket.on('error', () => undefined);
    socket.on('close', () => clearTimeout(this.#deadline));
    this.#within(options.requestTimeoutMs, () => this.#say(plain(408, 'the request did not come in time\n')));
  }

  get isBeingAnswered(): boolean {
    return this.#step === 'answering';
  }

  /**
   * Ends it now, with a reset, because otherwise the kernel would keep the answer for a client that does not read. During a
   * shutdown libuv refuses a reset (uv_tcp_close_reset), and Node would lose the open descriptor for ever. The kernel then has
   * the whole answer, and a plain close is enough.
   */
  drop(): void {
    const isEnding = this.#socket.writableEnded && !this.#socket.writableFinished;
    if (isEnding) this.#socket.destroy();
    else this.#socket.resetAndDestroy();
  }

  #peerVolume(chunk: Buffer): void {
    if (this.#step !== 'asking') return this.#ignore(chunk.length);
    this.#head += chunk.toString('latin1');
    const head = readRequestHead(this.#head);
    if (head.kind === 'more') return;
    this.#head = '';
    // Further bytes wait in the limited buffers of the kernel until the answer is sent.
    this.#socket.pause();
    this.#ignore(chunk.length);
    if (head.kind === 'refused') this.#say(plain(head.status, 'not a request that is answered here\n'));
    else void this.#answer(head);
  }

  #ignore(bytes: number): void {
    this.#ignoredBytes += bytes;
    if (this.#ignoredBytes > MOST_IGNORED_BYTES) this.drop();
  }

  async #answer({ method, url }: HealthRequest): Promise<void> {
    this.#step = 'answering';
    this.#within(this.#options.silenceMs, () => this.drop());
    this.#say(await guarded(this.#options, { method, url }), method === 'HEAD');
  }

  /** Closing at once could lose the answer of a client that still sends, so the client gets its time first. */
  #say(answer: HealthAnswer, headOnly = false): void {
    if (this.#socket.destroyed) return;
    this.#step = 'leaving';
    this.#within(this.#options.silenceMs, () => this.drop());
    // The shutdown starts once the kernel has everything. Until then a reset is possible.
    this.#socket.write(headOnly ? headOf(answer) : headOf(answer) + answer.body, () => this.#socket.end());
    this.#socket.resume();
    tidyUp();
  }

  #within(ms: number, late: () => void): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(late, ms).unref();
  }
}

/** If `answer` throws, the client still gets an answer, and the process gets no exception. */
async function guarded({ answer }: ConnectionOptions, request: HealthRequest): Promise<HealthAnswer> {
  try {
    return await answer(request);
  } catch {
    return plain(500, 'internal error\n');
  }
}

function plain(status: number, body: string): HealthAnswer {
  return { status, contentType: PLAIN, body };
}

const PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

function headOf({ status, contentType, body, allow, marks, headers = {} }: HealthAnswer): string {
  return [
    `HTTP/1.1 ${status} ${PHRASES[status] ?? ''}`,
    'Server: zk-entrypoint',
    `Content-Type: ${contentType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    ...(allow === undefined ? [] : [`Allow: ${allow}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(marks === undefined ? [] : [`Zk-Entrypoint-Marks: ${marks}`]),
    'Connection: close',
    '\r\n',
  ].join('\r\n');
}
