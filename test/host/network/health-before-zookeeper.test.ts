import { describe, expect, it } from 'vitest';
import { healthAnswerer } from '../../../src/health/answer.ts';
import { Tally } from '../../../src/health/tally.ts';
import { askFourLetter } from '../../../src/host/network/four-letter.ts';
import { shareExchanges } from '../../../src/host/network/shared-exchange.ts';
import { servingFacts } from '../../health/snapshots.ts';
import { answering, serverThat, type TestServer } from '../servers.ts';
import { get, open, request, start } from './health-servers.ts';

/** The health server as the supervisor runs it, in front of a ZooKeeper. */
function startBefore(zookeeper: TestServer, { timeoutMs = 1_000, goodForMs = 500 } = {}) {
  const ask = shareExchanges(
    (word: string) =>
      askFourLetter({ host: '127.0.0.1', port: zookeeper.port, word, timeoutMs, maxBytes: 65_536 }),
    { goodForMs, clock: () => performance.now() },
  );
  const witnesses = {
    supervisor: () => servingFacts,
    ask,
    tally: new Tally(),
    clock: () => performance.now(),
  };
  return start({ answer: healthAnswerer(witnesses) });
}

describe('before a ZooKeeper', () => {
  it('tells its health', async () => {
    await using zookeeper = await answering((word) => (word === 'ruok' ? 'imok' : 'zk_znode_count\t5\n'));
    const { port } = await startBefore(zookeeper);
    expect(await get(port, '/readyz')).toEqual({ status: 200, body: 'ok\n' });
    expect((await get(port, '/metrics')).body).toContain('zookeeper_znodes 5\n');
    expect(await get(port, '/secret')).toEqual({ status: 404, body: 'not found\n' });
  });

  it('lets a thousand requests reach it as one connection a word', async () => {
    await using zookeeper = await answering((word) => (word === 'ruok' ? 'imok' : 'Mode: leader\n'));
    const { port } = await startBefore(zookeeper, { goodForMs: 60_000 });
    const heard: string[] = [];
    for (let round = 0; round < 10; round += 1) {
      const paths = Array.from({ length: 100 }, (_, place) => (place % 2 === 0 ? '/readyz' : '/livez'));
      heard.push(...(await Promise.all(paths.map((path) => open(port, request(`GET ${path}`)).rest))));
    }
    expect(heard.filter((answer) => answer.startsWith('HTTP/1.1 200 '))).toHaveLength(1_000);
    expect(zookeeper.taken).toBeLessThanOrEqual(2);
  });

  it('answers within its own timeout while it is frozen, and nothing else waits for that', async () => {
    await using zookeeper = await serverThat(() => undefined);
    const { port } = await startBefore(zookeeper, { timeoutMs: 200 });
    const frozen = get(port, '/livez');
    expect(await Promise.race([frozen, get(port, '/nothing')])).toMatchObject({ status: 404 });
    expect(await frozen).toMatchObject({
      status: 503,
      body: expect.stringContaining('no answer within 200 ms'),
    });
  });
});
