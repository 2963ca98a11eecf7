import type { ClientAddress } from '../../../src/sanity/session.ts';
import { randomFrom } from '../plan/random.ts';
import { COUNTER, makeFolders, WritingClient } from './client.ts';
import type { History, Write } from './history.ts';

const FOLDERS_MS = 30_000;

/** The root of everything the clients write. */
export const ROOT = '/torture';

interface WorkloadOptions {
  readonly addresses: readonly ClientAddress[];
  readonly clients: number;
  readonly history: History;
  readonly seed: number;
}

/** All clients together. They write in chapters, each below a folder of its own, which is judged when it is closed. */
export class Workload {
  readonly #options: WorkloadOptions;
  readonly #clients: readonly WritingClient[];
  #chapter = -1;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: WorkloadOptions) {
    this.#options = options;
    const { addresses, clients, history, seed } = options;
    this.#clients = Array.from(
      { length: clients },
      (_, number) => new WritingClient({ number, addresses, history, random: randomFrom(seed + number + 1) }),
    );
  }

  /** The folder of this chapter. */
  get folder(): string {
    return `${ROOT}/chapter-${this.#chapter}`;
  }

  async openChapter(): Promise<void> {
    this.#chapter += 1;
    const folders = this.#clients.map((_, number) => `${this.folder}/c${number}`);
    const { addresses, history } = this.#options;
    const root = this.#chapter === 0 ? [ROOT, COUNTER] : [];
    const paths = [...root, this.folder, ...folders];
    await makeFolders({ addresses, history, paths, timeoutMs: FOLDERS_MS });
    this.#writing = Promise.all(this.#clients.map((client, number) => client.write(folders[number] ?? '')));
  }

  /** Settles when every write of the chapter has its outcome; returns them, and all increments, which have no chapter. */
  async closeChapter(): Promise<Write[]> {
    for (const client of this.#clients) client.stop();
    await this.#writing;
    const { folder } = this;
    return this.#options.history.writes.filter(
      ({ kind, paths: [path] }) => kind === 'increment' || path === folder || path?.startsWith(`${folder}/`),
    );
  }
}
