import { describe, expect, it } from 'vitest';
import { healthAnswerer } from '../../../src/health/answer.ts';
import { Tally } from '../../../src/health/tally.ts';
import { askFourLetter } from '../../../src/host/network/four-letter.ts';
import { shareExchanges } from '../../../src/host/network/shared-exchange.ts';
import type { Exchange, Word } from '../../../src/zookeeper/four-letter/exchange.ts';
import { answer } from '../../health/answers.ts';
import { servingFacts } from '../../health/snapshots.ts';
import { answering } from '../servers.ts';

/** A server whose answers come when told, and a clock that goes when told. */
function shared() {
  const pending: ((exchange: Exchange) => void)[] = [];
  const clock = { nowMs: 0 };
  let asked = 0;
  const ask = shareExchanges(
    (_word: string) =>
      new Promise<Exchange>((resolve) => {
        asked += 1;
        pending.push(resolve);
      }),
    { goodForMs: 500, clock: () => clock.nowMs },
  );
  const answerAll = async (exchange: Exchange) => {
    for (const resolve of pending.splice(0)) resolve(exchange);
    await Promise.resolve();
  };
  return { ask, answerAll, clock, asked: () => asked };
}

const imok: Exchange = { kind: 'answer', text: 'imok', tookMs: 1 };
const timeout: Exchange = { kind: 'timeout', stage: 'answer', timeoutMs: 1, received: '', tookMs: 1 };

describe('shared exchanges', () => {
  it('are one for all who ask at once, however long it takes', async () => {
    const { ask, answerAll, clock, asked } = shared();
    const first = ask('ruok');
    clock.nowMs = 10_000;
    const second = ask('ruok');
    await answerAll(imok);
    expect(await Promise.all([first, second])).toEqual([imok, imok]);
    expect(asked()).toBe(1);
  });

  it.each([
    [499, 1],
    [500, 2],
  ])('are good for half a second: after %i ms ZooKeeper was asked %i times', async (afterMs, times) => {
    const { ask, answerAll, clock, asked } = shared();
    const first = ask('ruok');
    await answerAll(imok);
    await first;
    clock.nowMs += afterMs;
    ask('ruok');
    expect(asked()).toBe(times);
  });

  it('are good as long when they failed', async () => {
    const { ask, answerAll, asked } = shared();
    const first = ask('ruok');
    await answerAll(timeout);
    await first;
    expect(await ask('ruok')).toEqual(timeout);
    expect(asked()).toBe(1);
  });

  it('are not shared between words', () => {
    const { ask, asked } = shared();
    ask('ruok');
    ask('srvr');
    expect(asked()).toBe(2);
  });

  it('do not keep an asker that broke', async () => {
    let times = 0;
    const ask = shareExchanges(
      async (_word: string) => {
        times += 1;
        throw new Error('broken');
      },
      { goodForMs: 500, clock: () => 0 },
    );
    await expect(ask('ruok')).rejects.toThrow('broken');
    await expect(ask('ruok')).rejects.toThrow('broken');
    expect(times).toBe(2);
  });

  it('let ten thousand questions reach a real server as one connection a word', async () => {
    await using server = await answering((word) => (word === 'ruok' ? 'imok' : 'Mode: leader\n'));
    const ask = shareExchanges(
      (word: 'ruok' | 'srvr') =>
        askFourLetter({ host: '127.0.0.1', port: server.port, word, timeoutMs: 5_000, maxBytes: 1_024 }),
      { goodForMs: 60_000, clock: () => performance.now() },
    );
    for (let round = 0; round < 10; round += 1) {
      const words = Array.from({ length: 1_000 }, (_, index) => (index % 2 === 0 ? 'ruok' : 'srvr'));
      const exchanges = await Promise.all(words.map(ask));
      expect(new Set(exchanges.map(({ kind }) => kind))).toEqual(new Set(['answer']));
    }
    expect(server.taken).toBe(2);
  });
});

describe('10,000 scrapes in a second', () => {
  /** A clock that a scrape moves on by a tenth of a millisecond, and the words that reach ZooKeeper meanwhile. */
  async function scraped(goodForMs: number): Promise<Record<string, number>> {
    const clock = { nowMs: 0 };
    const words: Record<string, number> = {};
    const ask = shareExchanges(
      async (word: Word): Promise<Exchange> => {
        words[word] = (words[word] ?? 0) + 1;
        return { kind: 'answer', text: answer(`3.9.6-leader-${word}`), tookMs: 1 };
      },
      { goodForMs, clock: () => clock.nowMs },
    );
    const scrape = healthAnswerer({
      supervisor: () => servingFacts,
      ask,
      tally: new Tally(),
      clock: () => clock.nowMs,
    });
    for (let count = 0; count < 10_000; count += 1) {
      clock.nowMs = count / 10;
      const { status, body } = await scrape({ method: 'GET', url: '/metrics' });
      if (status !== 200 || !body.includes('zookeeper_up 1')) throw new Error(body);
    }
    return words;
  }

  it('reach ZooKeeper as two words in each half second, mntr and srvr', async () => {
    expect(await scraped(500)).toEqual({ mntr: 2, srvr: 2 });
  });

  it('would reach it as 20,000 if nothing were shared', async () => {
    expect(await scraped(0)).toEqual({ mntr: 10_000, srvr: 10_000 });
  });
});
