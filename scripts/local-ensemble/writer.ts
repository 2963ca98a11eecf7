import { setTimeout as sleep } from 'node:timers/promises';
import { connectMember } from '../../src/host/zookeeper-client/zookeeper-client.ts';
import type { Connected } from '../../src/sanity/session.ts';
import type { LocalMember } from './member.ts';

const CONNECT_MS = 3_000;

/** What a writer has seen. */
export interface Written {
  /** The numbers of the writes that were acknowledged. */
  readonly acknowledged: readonly number[];
  /** The longest time between two acknowledgements, in milliseconds. */
  readonly longestGapMs: number;
}

/**
 * Writes one node after the other, each with a number of its own, to whichever of the members serves; a write whose answer
 * is lost is not repeated. It is the client that counts what an ensemble has promised.
 */
export class Writer {
  readonly #members: readonly LocalMember[];
  readonly #parent: string;
  readonly #pauseMs: number;
  readonly #acknowledged: number[] = [];
  readonly #over: Promise<void>;
  #isEnded = false;
  #longestGapMs = 0;
  #lastMs: number | undefined;

  /** Begins to write below `parent`, which exists. A pause after each write keeps the tree small where a run is long. */
  constructor(members: readonly LocalMember[], parent: string, { pauseMs = 0 } = {}) {
    this.#members = members;
    this.#parent = parent;
    this.#pauseMs = pauseMs;
    this.#over = this.#write();
  }

  /** How many writes were acknowledged so far. */
  get count(): number {
    return this.#acknowledged.length;
  }

  /** The longest gap since the last call, also the one that lasts still. */
  takeLongestGapMs(): number {
    const longest = Math.max(this.#longestGapMs, this.#sinceLastMs());
    this.#longestGapMs = 0;
    return longest;
  }

  /** Ends, and tells what was acknowledged. */
  async end(): Promise<Written> {
    this.#isEnded = true;
    await this.#over;
    return { acknowledged: this.#acknowledged, longestGapMs: this.takeLongestGapMs() };
  }

  #sinceLastMs(): number {
    return this.#lastMs === undefined ? 0 : performance.now() - this.#lastMs;
  }

  async #write(): Promise<void> {
    let session: Connected | undefined;
    let [next, at] = [0, 0];
    while (!this.#isEnded) {
      if (session === undefined) {
        const { host, port } = this.#members[at++ % this.#members.length] as LocalMember;
        const opened = await connectMember({ host, port, timeoutMs: CONNECT_MS });
        if (opened.kind === 'failed') {
          await sleep(20);
          continue;
        }
        session = opened;
      }
      const number = next++;
      const path = `${this.#parent}/${String(number).padStart(10, '0')}`;
      const made = await session.create({ path, value: String(number), ephemeral: false });
      if (made.kind !== 'failed') this.#acknowledge(number);
      else {
        await session.close();
        session = undefined;
      }
      if (this.#pauseMs > 0) await sleep(this.#pauseMs);
    }
    await session?.close();
  }

  #acknowledge(number: number): void {
    this.#acknowledged.push(number);
    this.#longestGapMs = Math.max(this.#longestGapMs, this.#sinceLastMs());
    this.#lastMs = performance.now();
  }
}

/** The numbers of acknowledged writes that a member does not have, after a sync. */
export async function missingAt(
  { host, port }: LocalMember,
  parent: string,
  acknowledged: readonly number[],
): Promise<number[]> {
  const session = await connectMember({ host, port, timeoutMs: 10_000 });
  if (session.kind === 'failed') throw new Error(session.sentence);
  try {
    const synced = await session.sync(parent);
    if (synced.kind === 'failed') throw new Error(synced.sentence);
    const missing: number[] = [];
    for (let from = 0; from < acknowledged.length; from += 200) {
      const numbers = acknowledged.slice(from, from + 200);
      const answers = await Promise.all(
        numbers.map((number) => session.get(`${parent}/${String(number).padStart(10, '0')}`)),
      );
      answers.forEach((answer, place) => {
        if (answer.kind === 'failed') missing.push(numbers[place] as number);
      });
    }
    return missing;
  } finally {
    await session.close();
  }
}
