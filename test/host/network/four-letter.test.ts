import { createServer as createHttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askFourLetter } from '../../../src/host/network/four-letter.ts';
import { judgeRuok } from '../../../src/zookeeper/four-letter/ruok.ts';
import { answer } from '../../health/answers.ts';
import { answering, closedPort, listening, serverThat, type TestServer } from '../servers.ts';

const TIMEOUT_MS = 150;

function ask(
  port: number,
  { word = 'ruok', timeoutMs = TIMEOUT_MS, maxBytes = 1_024, host = '127.0.0.1' } = {},
) {
  return askFourLetter({ host, port, word, timeoutMs, maxBytes });
}

/** Sockets of this process that are under way. */
function resources(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) => name.startsWith('TCPSocket') || name.startsWith('TCPServer'));
}

/** Waits until all that is left of this process's sockets are the server's own: its listener and its ends. */
function clientSocketsGone(server: TestServer): Promise<void> {
  const left = () => resources().length - before - 1 - server.open;
  return vi.waitFor(() => expect(left()).toBeLessThanOrEqual(0), { interval: 5 });
}

let before: number;
beforeEach(() => {
  before = resources().length;
});
afterEach(async () => {
  await vi.waitFor(() => expect(resources().length).toBeLessThanOrEqual(before), { interval: 5 });
});

type Bad = [what: string, server: () => Promise<TestServer>, kind: string, cause: string];

const bad: Bad[] = [
  ['closes without a byte', () => serverThat((socket) => socket.end()), 'empty', 'cut-off'],
  ['accepts and never answers', () => serverThat(() => undefined), 'timeout', 'frozen'],
  ['drips a byte now and then', () => serverThat(drip), 'timeout', 'half-answer'],
  ['answers a megabyte', () => answering(() => 'x'.repeat(1_048_576)), 'too-long', 'too-long'],
  [
    'resets',
    () => serverThat((socket) => socket.once('data', () => socket.resetAndDestroy())),
    'reset',
    'reset',
  ],
  ['resets in the answer', () => serverThat(resetInside), 'reset', 'reset'],
  ['answers half', () => answering(() => 'im'), 'answer', 'half-answer'],
  ['answers imok and more at once', () => answering(() => 'imok\n'), 'answer', 'wrong-answer'],
  ['refuses by its whitelist', () => answering(() => answer('3.9.6-refused-ruok')), 'answer', 'whitelist'],
  ['speaks only TLS', () => listening(createTlsServer()), 'tls', 'tls'],
  ['speaks HTTP', () => listening(createHttpServer()), 'answer', 'http'],
];

function drip(socket: Parameters<Parameters<typeof serverThat>[0]>[0]): void {
  const timer = setInterval(() => socket.write('i'), TIMEOUT_MS / 3);
  socket.on('close', () => clearInterval(timer));
}

function resetInside(socket: Parameters<Parameters<typeof serverThat>[0]>[0]): void {
  socket.once('data', () => socket.write('im', () => setTimeout(() => socket.resetAndDestroy(), 20)));
}

const PATIENCE_MS = 10_000;

describe('a server that', () => {
  it.each(bad)('%s is told apart, in time, and no socket is left', async (_what, start, kind, cause) => {
    await using server = await start();
    // On a busy machine an answer takes its time; only silence is waited out.
    const timeoutMs = kind === 'timeout' ? TIMEOUT_MS : PATIENCE_MS;
    const exchange = await ask(server.port, { timeoutMs });
    expect(exchange).toMatchObject({ kind });
    expect(judgeRuok(exchange)).toMatchObject({ ok: false, cause });
    await clientSocketsGone(server);
  });

  it('is not there is told apart', async () => {
    expect(judgeRuok(await ask(await closedPort()))).toMatchObject({ cause: 'nothing-listens' });
  });

  it('has no address is told apart', async () => {
    const exchange = await ask(1, { host: 'no-such-host.invalid', timeoutMs: 2_000 });
    expect(exchange).toMatchObject({ kind: expect.stringMatching(/^(unreachable|timeout)$/) });
  });

  it('answers imok and closes is well', async () => {
    await using server = await answering((word) => (word === 'ruok' ? 'imok' : undefined));
    expect(judgeRuok(await ask(server.port))).toEqual({ ok: true });
    expect(server.taken).toBe(1);
  });

  it('answers in two packets is well', async () => {
    await using server = await serverThat((socket) => {
      socket.write('im', () => setTimeout(() => socket.end('ok'), 20));
    });
    expect(judgeRuok(await ask(server.port))).toEqual({ ok: true });
  });

  it('answers imok and keeps the line open is well long before the timeout', async () => {
    await using server = await serverThat((socket) => socket.once('data', () => socket.write('imok')));
    const exchange = await ask(server.port, { timeoutMs: 10_000 });
    expect(judgeRuok(exchange)).toEqual({ ok: true });
    expect(exchange.tookMs).toBeLessThan(1_000);
    await clientSocketsGone(server);
  });

  it('answers only after our half-close is well', async () => {
    await using server = await serverThat((socket) => socket.resume().on('end', () => socket.end('imok')));
    expect(judgeRuok(await ask(server.port))).toEqual({ ok: true });
  });
});

describe('a long answer', () => {
  const mntr = answer('3.8.0-follower-mntr');

  it('is whole when the server closes', async () => {
    await using server = await answering(() => mntr);
    const exchange = await ask(server.port, { word: 'mntr', maxBytes: 1_048_576 });
    expect(exchange).toMatchObject({ kind: 'answer', text: mntr });
  });

  it('is whole when it comes in pieces and the line stays open', async () => {
    await using server = await serverThat((socket) => {
      socket.write(mntr.slice(0, 9_000), () => setTimeout(() => socket.write(mntr.slice(9_000)), 20));
    });
    const exchange = await ask(server.port, { word: 'mntr', maxBytes: 1_048_576, timeoutMs: 10_000 });
    expect(exchange).toMatchObject({ kind: 'answer', text: mntr });
    expect(exchange.tookMs).toBeLessThan(2_000);
  });
});

it('leaves no socket behind after many questions at once', async () => {
  await using server = await answering(() => 'imok');
  const exchanges = await Promise.all(
    Array.from({ length: 100 }, () => ask(server.port, { timeoutMs: 5_000 })),
  );
  expect(exchanges.filter((exchange) => judgeRuok(exchange).ok)).toHaveLength(100);
  await clientSocketsGone(server);
});

it('sees a socket that is left behind', async () => {
  await using server = await serverThat(() => undefined);
  const asked = ask(server.port);
  expect(resources().length).toBeGreaterThan(before);
  await asked;
});
