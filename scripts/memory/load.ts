import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectMember } from '../../src/host/zookeeper-client/zookeeper-client.ts';
import type { Connected } from '../../src/sanity/session.ts';

const CONNECT_MS = 30_000;
/** The port with TLS is opened a moment after the one without. */
const CONNECT_TRIES = 20;
const CONNECT_PAUSE_MS = 500;
/** Requests of one session on the way at once. */
const AT_ONCE = 50;

interface LoadOptions {
  readonly host: string;
  readonly port: number;
  /** The certificate and key in one PEM file each, where the port speaks TLS. */
  readonly tls: { readonly certificate: string; readonly key: string } | undefined;
  readonly sessions: number;
  readonly nodeBytes: number;
}

/** Sessions that write and read as long as the member answers. */
export class Load {
  readonly #options: LoadOptions;
  readonly #value: string;
  #sessions: Connected[] = [];
  #count = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#value = 'x'.repeat(options.nodeBytes);
  }

  async open(): Promise<void> {
    const { host, port, tls, sessions } = this.#options;
    const way =
      tls === undefined
        ? {}
        : {
            tls: {
              key: readFileSync(tls.key, 'utf8') + readFileSync(tls.certificate, 'utf8'),
              certificates: readFileSync(tls.certificate, 'utf8'),
              authorities: readFileSync(tls.certificate, 'utf8'),
            },
          };
    for (let number = 0; number < sessions; number += 1) {
      const session = await connected({ host, port, timeoutMs: CONNECT_MS, way: way as never });
      if (session.kind === 'failed') throw new Error(session.sentence);
      this.#sessions.push(session);
    }
  }

  /** Makes nodes until they hold so many bytes; false where the member stopped answering. */
  async fill(bytes: number): Promise<boolean> {
    const wanted = Math.ceil(bytes / this.#options.nodeBytes);
    return this.#all(() => {
      if (this.#count >= wanted) return undefined;
      const path = pathOf(this.#count++);
      return (session) => session.create({ path, value: this.#value, ephemeral: false });
    });
  }

  /** Reads and overwrites nodes by chance; false where the member stopped answering. */
  async churn(untilMs: number): Promise<boolean> {
    return this.#all(() => {
      if (performance.now() > untilMs) return undefined;
      const path = pathOf(Math.floor(Math.random() * this.#count));
      return (session) => (Math.random() < 0.5 ? session.set(path, this.#value) : session.get(path));
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.close()));
    this.#sessions = [];
  }

  async #all(next: () => ((session: Connected) => Promise<{ kind: string }>) | undefined): Promise<boolean> {
    const workers = this.#sessions.flatMap((session) =>
      Array.from({ length: AT_ONCE }, async () => {
        for (let act = next(); act !== undefined; act = next())
          if ((await act(session)).kind === 'failed') return false;
        return true;
      }),
    );
    return (await Promise.all(workers)).every(Boolean);
  }
}

function pathOf(number: number): string {
  return `/load-${String(number).padStart(9, '0')}`;
}

async function connected(to: Parameters<typeof connectMember>[0]): ReturnType<typeof connectMember> {
  for (let tries = 1; ; tries += 1) {
    const session = await connectMember(to);
    if (session.kind === 'connected' || tries === CONNECT_TRIES) return session;
    await sleep(CONNECT_PAUSE_MS);
  }
}
