import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { healthAnswerer } from '../../src/health/answer.ts';
import { Tally } from '../../src/health/tally.ts';
import { askSupervisor } from '../../src/host/network/ask-supervisor.ts';
import { startHealthServer } from '../../src/host/network/health-server.ts';
import { answered, servingFacts } from '../health/snapshots.ts';
import { serverThat } from '../host/servers.ts';
import { heapInUse, RUNS } from './feed.ts';
import { bytesLike } from './inputs.ts';

const AT_ONCE = 50;

const heads = [
  'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /readyz HTTP/1.0\r\n\r\n',
  'POST /status HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n',
  'HEAD /startupz?verbose HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\nabc',
];
const words = [
  'GET ',
  'HEAD ',
  'POST ',
  '/livez',
  '/status',
  ' HTTP/1.1',
  '\r\n',
  'Host: x',
  ': ',
  'Content-Length: 5',
  '\r\n\r\n',
  'Upgrade: h2c',
  'Connection: upgrade',
  'Transfer-Encoding: chunked',
  '?',
  '%00',
  '\n',
];

/** A real health server before a ZooKeeper that answers at once. */
async function healthServer() {
  const ask = async () => answered('imok');
  const witnesses = {
    supervisor: () => servingFacts,
    ask,
    tally: new Tally(),
    clock: () => performance.now(),
  };
  const server = await startHealthServer({
    address: '127.0.0.1',
    port: 0,
    answer: healthAnswerer(witnesses),
    requestTimeoutMs: 500,
    silenceMs: 500,
  });
  onTestFinished(() => server.close());
  return server;
}

/** What to send where, and after how much silence the server counts as hanging. */
interface Sending {
  readonly port: number;
  readonly bytes: Buffer;
  readonly cuts: readonly number[];
  readonly hangMs?: number;
}

/** Sends the bytes in pieces, a turn of the event loop apart, and gives all that comes until the server closes. */
function send({ port, bytes, cuts, hangMs = 20_000 }: Sending): Promise<string> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(hangMs, () => {
      reject(new Error(`no end after ${JSON.stringify(bytes.toString('latin1'))}, cut at ${cuts}`));
      socket.destroy();
    });
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(heard));
    const next = (place: number) => {
      if (place + 1 === places.length) return void socket.end();
      socket.write(bytes.subarray(places[place], places[place + 1]));
      setImmediate(() => next(place + 1));
    };
    socket.on('connect', () => next(0));
  });
}

/** Works through the inputs, a few at once; the handles and the heap before and after it are compared. */
async function throughSockets<T>(inputs: fc.Arbitrary<T>, runs: number, work: (input: T) => Promise<void>) {
  const seed = Date.now();
  const share = (number: number) => fc.sample(inputs, { numRuns: number, seed });
  for (const input of share(200)) await work(input);
  const before = { heap: heapInUse(), handles: handles() };
  let left = runs;
  while (left > 0) {
    const queue = share(Math.min(left, 1_000));
    left -= queue.length;
    const worker = async () => {
      for (let input = queue.pop(); input !== undefined; input = queue.pop()) await work(input);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
  await expect.poll(handles).toBeLessThanOrEqual(before.handles);
  expect(heapInUse() - before.heap).toBeLessThan(4_000_000);
}

function handles(): number {
  return process.getActiveResourcesInfo().filter((name) => /TCP/.test(name)).length;
}

const pieces = fc.array(fc.nat(), { maxLength: 4 });

it('answers any bytes, split anywhere, with HTTP or a closed connection, and keeps nothing of them', async () => {
  const { port } = await healthServer();
  await throughSockets(fc.tuple(bytesLike(heads, words), pieces), RUNS, async ([bytes, cuts]) => {
    const heard = await send({ port, bytes, cuts });
    if (heard !== '') expect(heard.slice(0, 9)).toBe('HTTP/1.1 ');
    expect(heard).not.toContain('internal error');
  });
  const answer = await fetch(`http://127.0.0.1:${port}/livez`, { headers: { connection: 'close' } });
  expect(await answer.text()).toBe('ok\n');
});

// Without this, a server that never closes would be waited for in silence.
it('catches a server that hangs', async () => {
  await using server = await serverThat(() => undefined);
  const sending = { port: server.port, bytes: Buffer.from('GET'), cuts: [1], hangMs: 100 };
  await expect(send(sending)).rejects.toThrow('no end after "GET", cut at 1');
});

it('asks a supervisor that answers any bytes, and ends with an answer that is whole or none', async () => {
  let reply: Buffer = Buffer.alloc(0);
  const whole = 'HTTP/1.1 200 OK\r\nServer: zk-entrypoint\r\nContent-Length: 3\r\n\r\nok\n';
  await using server = await serverThat((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(reply));
  });
  const inputs = bytesLike(
    [whole],
    ['HTTP/1.1 ', '200', '\r\n', 'Server: zk-entrypoint', 'Content-Length: 3', '\r\n\r\n', 'ok\n'],
  );
  const seen = new Set<string>();
  await throughSockets(inputs, Math.ceil(RUNS / 5), async (bytes) => {
    reply = bytes;
    seen.add((await askSupervisor({ port: server.port, path: '/livez', timeoutMs: 5_000 })).kind);
  });
  expect([...seen].toSorted()).toEqual(['answer', 'strange']);
});
