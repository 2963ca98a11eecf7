import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { HealthConnection } from '../../../src/host/network/health-connection.ts';
import { fine, get, open, request, start } from './health-servers.ts';

/** A connection that never reads. */
function deaf(port: number, say: string): Socket {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  socket.pause();
  socket.write(say);
  return socket;
}

/** More than the kernel takes in for a client that does not read. */
const LONG = 'x'.repeat(12_000_000);

/** The sockets of this process, those too that Node has lost. */
const openHere = () =>
  readdirSync('/proc/self/fd').filter((name) => linkOf(`/proc/self/fd/${name}`).startsWith('socket:')).length;

/** A server that takes a moment for each answer, in which the kernel takes in what else the client says. */
async function slowly(body: string) {
  let asked = 0;
  const answer = async () => {
    asked += 1;
    await new Promise((later) => setTimeout(later, 100));
    return { ...fine, body };
  };
  return { ...(await start({ answer, silenceMs: 500 })), asked: () => asked };
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

describe('a client that means harm', () => {
  it('pipelines requests without end and never reads: one is answered, the rest is never looked at', async () => {
    let asked = 0;
    const { port } = await start({
      answer: async () => {
        asked += 1;
        return fine;
      },
    });
    for (let count = 0; count < 10; count += 1) deaf(port, request('GET /livez').repeat(12_000));
    await expect.poll(() => asked).toBe(10);
    expect(await get(port)).toMatchObject({ status: 200 });
    expect(asked).toBe(11);
  });

  it('never reads a long answer: it is cut off', async () => {
    const { port, asked } = await slowly(LONG);
    const before = openHere();
    const attackers = Array.from({ length: 10 }, () => deaf(port, request('GET /metrics')));
    await expect.poll(asked, { timeout: 5_000 }).toBe(attackers.length);
    // Ours stay, theirs go.
    await expect.poll(openHere, { timeout: 5_000 }).toBeLessThanOrEqual(before + attackers.length);
  });

  it('is cut off in the moment in which its end is on its way: its descriptor is closed', async () => {
    const cut = Promise.withResolvers<void>();
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      const answer = async () => fine;
      const connection = new HealthConnection(socket, { answer, requestTimeoutMs: 5_000, silenceMs: 5_000 });
      const end = socket.end.bind(socket) as (text?: string) => Socket;
      socket.end = (text?: unknown) => {
        const ending = typeof text === 'string' ? end(text) : end();
        // When libuv has been asked for the end, and before it takes in the kernel's answer.
        process.nextTick(() => process.nextTick(() => cut.resolve(connection.drop())));
        return ending;
      };
    });
    onTestFinished(() => void server.close());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const before = openHere();
    const attacker = deaf((server.address() as AddressInfo).port, request('GET /'));
    await cut.promise;
    attacker.destroy();
    await expect.poll(openHere, { timeout: 5_000 }).toBeLessThanOrEqual(before);
  });

  it('opens a thousand connections and says nothing: whoever asks is answered', async () => {
    const { port } = await start({ maxConnections: 20 });
    const statuses = new Set<number>();
    for (let round = 0; round < 20; round += 1) {
      for (let count = 0; count < 50; count += 1) deaf(port, '');
      statuses.add((await get(port)).status);
    }
    expect([...statuses]).toEqual([200]);
  });

  it('sends a head of 5 MB: it is refused, and no more of it is read than a bit', async () => {
    const { port } = await start();
    const { socket, rest } = open(port, 'GET / HTTP/1.1\r\nX: ');
    socket.write('x'.repeat(5_000_000));
    expect(await rest).toMatch(/^HTTP\/1.1 431 |^$/);
    expect(socket.bytesWritten).toBeGreaterThan(0);
  });

  it('resets in the middle of the answer: nobody else notices', async () => {
    const { port } = await start({ answer: async () => ({ ...fine, body: 'x'.repeat(5_000_000) }) });
    const { socket } = open(port, request('GET /'));
    await once(socket, 'data');
    socket.resetAndDestroy();
    expect(await get(port)).toMatchObject({ status: 200 });
  });
});

describe('a client that means well', () => {
  it('closes its side after it has asked, and is answered', async () => {
    const { port } = await start();
    const { socket, rest } = open(port);
    socket.end(request('GET /'));
    expect(await rest).toContain('fine');
  });

  it('sends byte by byte, and is answered', async () => {
    const { port } = await start();
    const { socket, rest } = open(port);
    socket.setNoDelay(true);
    for (const byte of request('GET /livez')) {
      socket.write(byte);
      await new Promise((turn) => setImmediate(turn));
    }
    expect(await rest).toContain('fine');
  });

  it('sends a body of 100 kB, and gets its answer whole', async () => {
    const { port } = await start();
    const { rest } = open(port, request('POST /', 'Content-Length: 100000') + 'x'.repeat(100_000));
    expect(await rest).toMatch(/^HTTP\/1.1 200 [\s\S]*fine\n$/);
  });

  it('keeps its connections, as Prometheus does: it makes new ones', async () => {
    const { port } = await start();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => agent.destroy());
    for (let count = 0; count < 5; count += 1) {
      const asked = httpRequest({ host: '127.0.0.1', port, path: '/metrics', agent }).end();
      const [response] = await once(asked, 'response');
      expect(response.statusCode).toBe(200);
      response.resume();
      await once(response, 'end');
    }
  });
});
