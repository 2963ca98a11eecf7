import { Exception } from 'node-zookeeper-client';
import type { ClientAddress } from '../../../src/sanity/session.ts';
import { pick, type Random } from '../plan/random.ts';
import type { History, Write, WriteKind } from './history.ts';
import { type Reply, Session } from './session.ts';

/** Every client counts in this node by compare-and-set. */
export const COUNTER = '/torture/counter';

const REQUEST_MS = 2_500;
const REST_MS = 40;
const KINDS: readonly WriteKind[] = ['plain', 'plain', 'sequential', 'multi', 'increment'];

interface ClientOptions {
  readonly number: number;
  readonly addresses: readonly ClientAddress[];
  readonly history: History;
  readonly random: Random;
}

/** One client: writes, one after the other, with a rest between, until it is stopped. */
export class WritingClient {
  readonly #options: ClientOptions;
  #session: Session | undefined;
  #stopped = false;
  #count = 0;
  #folder = '';

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Writes below `folder`, which exists, until `stop`; settles when the last write has its outcome. */
  async write(folder: string): Promise<void> {
    this.#stopped = false;
    this.#folder = folder;
    while (!this.#stopped) {
      const session = await this.#open();
      if (session !== undefined) await this.#writeOne(session);
      await new Promise((rested) => setTimeout(rested, REST_MS));
    }
    await this.#session?.close();
    this.#session = undefined;
  }

  /** A session is used until a request gets no answer; its library may keep what it has not sent, so a new one is made. */
  async #open(): Promise<Session | undefined> {
    if (this.#session !== undefined) return this.#session;
    const { addresses, random } = this.#options;
    const session = new Session(pick(random, addresses), REQUEST_MS);
    if (await session.open()) this.#session = session;
    else await session.close();
    return this.#session;
  }

  async #writeOne(session: Session): Promise<void> {
    const kind = pick(this.#options.random, KINDS);
    const id = `c${this.#options.number}-${this.#count++}`;
    const reply = await this.#send(session, kind, id);
    if (reply?.kind !== 'unknown') return;
    await session.close();
    this.#session = undefined;
  }

  async #send(session: Session, kind: WriteKind, id: string): Promise<Reply<unknown> | undefined> {
    const path = `${this.#folder}/${id}`;
    if (kind === 'increment') return this.#increment(session, id);
    const paths = kind === 'multi' ? [`${path}-a`, `${path}-b`] : [path];
    const write = this.#options.history.sent({ id, kind, paths });
    if (kind === 'multi') return this.#ended(write, await session.createAll(twice(paths, id)));
    const reply = await session.create(path, id, kind === 'sequential');
    return this.#ended(write, reply, reply.kind === 'done' ? reply.value : undefined);
  }

  async #increment(session: Session, id: string): Promise<Reply<unknown>> {
    const now = await session.get(COUNTER);
    if (now.kind !== 'done') return now;
    const write = this.#options.history.sent({ id, kind: 'increment', paths: [COUNTER] });
    const next = String(Number(now.value.value) + 1);
    return this.#ended(write, await session.set(COUNTER, next, now.value.stat.version));
  }

  #ended(write: Write, reply: Reply<unknown>, made?: string): Reply<unknown> {
    const outcome = { done: 'acknowledged', refused: 'refused', unknown: 'unknown' } as const;
    this.#options.history.ended(write, outcome[reply.kind], made);
    return reply;
  }
}

function twice(paths: readonly string[], value: string): { path: string; value: string }[] {
  return paths.map((path) => ({ path, value }));
}

interface Folders {
  readonly addresses: readonly ClientAddress[];
  readonly history: History;
  readonly paths: readonly string[];
  readonly timeoutMs: number;
}

/** Makes the folders that the clients write into, which are writes like all others; asks again until a quorum has made them. @throws when none does in time. */
export async function makeFolders({ addresses, history, paths, timeoutMs }: Folders): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  const writes = paths
    .filter((path) => path !== COUNTER)
    .map((path) => history.sent({ id: path, kind: 'plain', paths: [path] }));
  for (let turn = 0; Date.now() < deadline; turn += 1) {
    const session = new Session(addresses[turn % addresses.length] as ClientAddress, REQUEST_MS);
    const made = (await session.open()) && (await makeAll(session, paths));
    await session.close();
    if (made) {
      for (const write of writes) history.ended(write, 'acknowledged');
      return;
    }
    await new Promise((rested) => setTimeout(rested, REST_MS));
  }
  throw new Error(`no quorum made ${paths[0]} within ${timeoutMs / 1_000} s`);
}

async function makeAll(session: Session, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) {
    const reply = await session.create(path, path === COUNTER ? '0' : path);
    const there = reply.kind === 'refused' && reply.code === Exception.NODE_EXISTS;
    if (reply.kind !== 'done' && !there) return false;
  }
  return true;
}
