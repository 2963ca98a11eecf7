import { describe, expect, it } from 'vitest';
import { askFourLetter } from '../../../src/host/network/four-letter.ts';
import { shareExchanges } from '../../../src/host/network/shared-exchange.ts';
import type { Exchange } from '../../../src/zookeeper/four-letter/exchange.ts';
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
