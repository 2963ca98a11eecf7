import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { healthAnswerer } from '../../src/health/answer.ts';
import type { HealthAnswer } from '../../src/health/routes.ts';
import { Tally } from '../../src/health/tally.ts';
import { askFourLetter } from '../../src/host/four-letter.ts';
import {
  HealthPortError,
  type HealthServerOptions,
  startHealthServer,
} from '../../src/host/health-server.ts';
import { shareExchanges } from '../../src/host/shared-exchange.ts';
import { servingFacts } from '../health/snapshots.ts';
import { answering, serverThat, type TestServer } from './servers.ts';

const fine: HealthAnswer = { status: 200, contentType: 'text/plain', body: 'fine\n' };
const never = new Promise<HealthAnswer>(() => undefined);

/** A health server that answers as told, closed when the test has ended. */
async function start(options: Partial<HealthServerOptions> = {}) {
  const server = await startHealthServer({
    address: '127.0.0.1',
    port: 0,
    answer: async () => fine,
    ...options,
  });
  onTestFinished(() => server.close());
  return server;
}

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

/** An open connection whose end is awaited in `rest`: all that came before it. */
function open(port: number, say = ''): { socket: Socket; rest: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let heard = '';
  const rest = new Promise<string>((resolve) => {
    socket.on('data', (chunk) => {
      heard += chunk;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard));
  });
  socket.write(say);
  return { socket, rest };
}

function request(head: string, ...headers: string[]): string {
  return [`${head} HTTP/1.1`, 'Host: x', ...headers, '', ''].join('\r\n');
}

const CLOSE = 'Connection: close';

async function get(port: number, path = '/livez'): Promise<{ status: number; body: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
  return { status: response.status, body: await response.text() };
}

describe('the health server', () => {
  it('answers with what it is told, and says whose it is', async () => {
    const { port } = await start();
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      server: 'zk-entrypoint',
      'content-type': 'text/plain',
      'content-length': '5',
      'cache-control': 'no-store',
    });
    expect(await response.text()).toBe('fine\n');
  });

  it('answers HEAD without the body', async () => {
    const { port } = await start();
    expect(await open(port, request('HEAD /', CLOSE)).rest).toMatch(/Content-Length: 5\r\n[\s\S]*\r\n\r\n$/);
  });

  it('answers one request after the other on a connection', async () => {
    const { port } = await start();
    const both = await open(port, request('GET /') + request('GET /', CLOSE)).rest;
    expect(both.match(/fine\n/g)).toHaveLength(2);
  });

  it('is told the method and the url alone', async () => {
    const told: unknown[] = [];
    const { port } = await start({
      answer: async (request) => {
        told.push(request);
        return fine;
      },
    });
    await open(port, request('OPTIONS /x?y', 'Cookie: z', CLOSE)).rest;
    expect(told).toEqual([{ method: 'OPTIONS', url: '/x?y' }]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('secret');
      },
      500,
    ],
    ['rejects', () => Promise.reject(new Error('secret')), 500],
  ])('answers 500 when the answerer %s', async (_what, answer, status) => {
    const { port } = await start({ answer });
    const response = await get(port);
    expect(response.status).toBe(status);
    expect(response.body).not.toContain('secret');
  });

  it('drops the connection when the answerer hangs', async () => {
    const { port } = await start({ answer: () => never, silenceMs: 50 });
    expect(await open(port, request('GET /livez')).rest).toBe('');
  });
});

describe('a bad request', () => {
  it.each([
    ['with a body', `${request('POST /', 'Content-Length: 5')}hello`, /^HTTP\/1.1 200 /],
    ['with a body of no known length', request('POST /', 'Transfer-Encoding: chunked'), /^HTTP\/1.1 200 /],
    [
      'that waits to be invited to send a body',
      request('POST /', 'Content-Length: 5', 'Expect: 100-continue'),
      /^HTTP\/1.1 200 /,
    ],
    ['with an oversized head', request('GET /', `X: ${'x'.repeat(20_000)}`), /^HTTP\/1.1 431 |^$/],
    ['with an oversized path', request(`GET /${'x'.repeat(20_000)}`), /^HTTP\/1.1 431 |^$/],
    ['in TLS', '\x16\x03\x01\x00\x04\x01\x00\x00\x00', /^HTTP\/1.1 400 |^$/],
    ['in four letters', 'ruok\r\n\r\n', /^HTTP\/1.1 400 |^$/],
    ['for a tunnel', request('CONNECT x:1'), /^$/],
    ['that never ends', 'GET / HTTP/1.1\r\nHost: x\r\nX: ', /^HTTP\/1.1 408 |^$/],
    ['that never begins', '', /^HTTP\/1.1 408 |^$/],
  ])('%s is answered or not, and its connection closed', async (_what, say, answer) => {
    const { port } = await start({ requestTimeoutMs: 100 });
    const heard = await open(port, say).rest;
    expect(heard).toMatch(answer);
    expect(heard.match(/HTTP/g)?.length ?? 0).toBeLessThan(2);
    expect(await get(port)).toMatchObject({ status: 200 });
  });

  it('dripping byte by byte is dropped', async () => {
    const { port } = await start({ requestTimeoutMs: 100 });
    const { socket, rest } = open(port, 'GET / HTTP/1.1\r\nX: ');
    const timer = setInterval(() => socket.write('x'), 10);
    onTestFinished(() => clearInterval(timer));
    expect(await rest).not.toContain('fine');
  });

  it('of any bytes does not end the server', async () => {
    const { port } = await start({ requestTimeoutMs: 100 });
    const bytes = fc.uint8Array({ maxLength: 60, size: 'max' });
    const prefix = fc.constantFrom('', 'GET ', 'GET / HTTP/1.1\r\n', 'POST / HTTP/1.1\r\nContent-Length: ');
    await fc.assert(
      fc.asyncProperty(prefix, bytes, async (start, rest) => {
        const { socket, rest: heard } = open(port, start);
        socket.end(rest);
        await heard;
      }),
      { numRuns: 100 },
    );
    expect(await get(port)).toMatchObject({ status: 200 });
  });
});

describe('connections', () => {
  it('that are idle make room for a newcomer, the oldest first', async () => {
    const { port } = await start({ maxConnections: 3 });
    const idle = [];
    for (let count = 0; count < 3; count += 1) {
      const connection = open(port);
      await once(connection.socket, 'connect');
      idle.push(connection);
    }
    expect(await get(port)).toMatchObject({ status: 200 });
    expect(await idle[0]?.rest).toBe('');
    expect(idle.map(({ socket }) => socket.destroyed)).toEqual([true, false, false]);
  });

  it('that are being answered are not dropped for a newcomer', async () => {
    const asked = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<HealthAnswer>();
    const answer = () => {
      asked.resolve();
      return gate.promise;
    };
    const { port } = await start({ maxConnections: 1, answer });
    const first = open(port, request('GET /', CLOSE));
    await asked.promise;
    expect(await open(port, request('GET /', CLOSE)).rest).toBe('');
    gate.resolve(fine);
    expect(await first.rest).toContain('fine');
  });

  it('end at once with the server, however many are waiting', async () => {
    const server = await start({ answer: () => never });
    const waiting = [open(server.port), open(server.port, request('GET /')), open(server.port, 'GET')];
    await Promise.all(waiting.map(({ socket }) => once(socket, 'connect')));
    await server.close();
    expect(await Promise.all(waiting.map(({ rest }) => rest))).toEqual(['', '', '']);
  });

  it('and the listener do not keep the process alive', async () => {
    const module = new URL('../../src/host/health-server.ts', import.meta.url).href;
    const script = `
      import { connect } from 'node:net';
      import { startHealthServer } from ${JSON.stringify(module)};
      const { port } = await startHealthServer({ address: '127.0.0.1', port: 0, answer: () => new Promise(() => {}) });
      await new Promise((resolve) => connect(port, '127.0.0.1').on('connect', resolve).unref().write('GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'));
      console.log('ended');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let heard = '';
    child.stdout.on('data', (chunk) => {
      heard += chunk;
    });
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(heard).toBe('ended\n');
  });
});

describe('a port that cannot be had', () => {
  it('because it is taken is refused in words', async () => {
    const { port } = await start();
    const second = startHealthServer({ address: '127.0.0.1', port, answer: async () => fine });
    await expect(second).rejects.toThrow(HealthPortError);
    await expect(second).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: expect.stringMatching(`^ZK_HEALTH_PORT ${port} is taken .*; set another port`),
    });
  });

  it('because the address is not ours is refused in words', async () => {
    const elsewhere = startHealthServer({ address: '192.0.2.1', port: 0, answer: async () => fine });
    await expect(elsewhere).rejects.toMatchObject({
      code: 'EADDRNOTAVAIL',
      message: expect.stringContaining('ZK_HEALTH_ADDRESS 192.0.2.1'),
    });
  });
});

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
    const requests = request('GET /readyz').repeat(99) + request('GET /livez', CLOSE);
    const heard = await Promise.all(Array.from({ length: 10 }, () => open(port, requests).rest));
    expect(heard.join('').match(/HTTP\/1.1 200 /g)).toHaveLength(1_000);
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
