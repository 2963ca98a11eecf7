import { type Client, CreateMode, createClient, Exception, type Stat } from 'node-zookeeper-client';
import {
  type ConnectionManager,
  holdToOneConnection,
  type SingleConnection,
} from '../../../src/host/zookeeper-client/single-connection.ts';
import type { ClientAddress } from '../../../src/sanity/session.ts';

/** How a request ended: with a value, with the server's word that nothing was done, or without a word. */
export type Reply<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly code: number }
  | { readonly kind: 'unknown' };

type Callback<T> = (error: Error | Exception | null, ...values: T[]) => void;

const SESSION_TIMEOUT_MS = 4_000;
const CLOSE_MS = 300;
const NO_WORD: ReadonlySet<number> = new Set([
  Exception.CONNECTION_LOSS,
  Exception.OPERATION_TIMEOUT,
  Exception.SESSION_EXPIRED,
  Exception.SYSTEM_ERROR,
]);

/** A session with one member, over one connection; every request is over after `timeoutMs`, or when the connection is. */
export class Session {
  readonly #client: Client;
  readonly #connection: SingleConnection;
  readonly #timeoutMs: number;

  constructor({ host, port }: ClientAddress, timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
    this.#client = createClient(`${host}:${port}`, { sessionTimeout: SESSION_TIMEOUT_MS, retries: 0 });
    const { connectionManager } = this.#client as Client & { connectionManager: ConnectionManager };
    this.#connection = holdToOneConnection(connectionManager, { host, port });
  }

  /** False when the member took no session in time. */
  async open(): Promise<boolean> {
    const connected = new Promise<true>((resolve) => this.#client.once('connected', () => resolve(true)));
    this.#client.connect();
    return (await this.#within(connected)) ?? false;
  }

  /** Tells the member, which has a moment to hear it. */
  async close(): Promise<void> {
    this.#client.close();
    await Promise.race([this.#connection.ended, new Promise((late) => setTimeout(late, CLOSE_MS))]);
    this.#connection.destroy();
  }

  create(path: string, value: string, sequential = false): Promise<Reply<string>> {
    const mode = sequential ? CreateMode.PERSISTENT_SEQUENTIAL : CreateMode.PERSISTENT;
    return this.#ask((done: Callback<string>) => this.#client.create(path, Buffer.from(value), mode, done));
  }

  /** All or none. */
  createAll(nodes: readonly { path: string; value: string }[]): Promise<Reply<unknown>> {
    const transaction = this.#client.transaction();
    for (const { path, value } of nodes)
      transaction.create(path, Buffer.from(value), undefined, CreateMode.PERSISTENT);
    return this.#ask((done: Callback<unknown>) => transaction.commit(done));
  }

  set(path: string, value: string, version: number): Promise<Reply<unknown>> {
    return this.#ask((done: Callback<Stat>) => this.#client.setData(path, Buffer.from(value), version, done));
  }

  async get(path: string): Promise<Reply<{ value: string; stat: Stat }>> {
    const reply = await this.#ask<[string, Stat]>((done) =>
      this.#client.getData(path, (error, data, stat) => done(error, [data?.toString() ?? '', stat])),
    );
    return reply.kind === 'done'
      ? { kind: 'done', value: { value: reply.value[0], stat: reply.value[1] } }
      : reply;
  }

  children(path: string): Promise<Reply<string[]>> {
    return this.#ask<string[]>((done) =>
      this.#client.getChildren(path, (error, children) => done(error, children)),
    );
  }

  /**
   * A write that changes nothing: what the member answers afterwards includes everything that was committed before.
   * The library has no `sync`; a refused write is ordered among all others (PrepRequestProcessor).
   */
  async sync(): Promise<boolean> {
    const reply = await this.#ask<void>((done) =>
      this.#client.remove('/torture-never-made', (error) => done(error)),
    );
    return reply.kind === 'refused' && reply.code === Exception.NO_NODE;
  }

  async #ask<T>(send: (done: Callback<T>) => void): Promise<Reply<T>> {
    const answer = new Promise<Reply<T>>((resolve) => {
      send((error, value) => resolve(error ? refusal(error) : { kind: 'done', value: value as T }));
    });
    return (await this.#within(answer)) ?? { kind: 'unknown' };
  }

  async #within<T>(answer: Promise<T>): Promise<T | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), this.#timeoutMs);
    });
    try {
      return await Promise.race([answer, this.#connection.ended.then(() => undefined), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

function refusal(error: Error | Exception): Reply<never> {
  if (!(error instanceof Exception)) return { kind: 'unknown' };
  const code = error.getCode();
  return NO_WORD.has(code) ? { kind: 'unknown' } : { kind: 'refused', code };
}
