import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connectMember } from '../../../src/host/zookeeper-client/zookeeper-client.ts';

const servers: { server: Server; sockets: Set<Socket> }[] = [];

/** A server on loopback that does `react` to each connection; it is closed after the test. */
async function serve(react: (socket: Socket) => void, host = '127.0.0.1') {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('close', () => sockets.delete(socket))
      .on('error', () => {})
      .resume();
    react(socket);
  });
  server.listen(0, host);
  await once(server, 'listening');
  servers.push({ server, sockets });
  return { host, port: (server.address() as AddressInfo).port, sockets };
}

afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  }
});

/** A frame of ZooKeeper's protocol: a length, and that many bytes. */
function frame(body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

/** ConnectResponse: protocol version, timeout, session id, password. */
function connectResponse(): Buffer {
  const body = Buffer.alloc(36);
  body.writeInt32BE(10_000, 4);
  body.writeInt32BE(16, 16);
  return frame(body);
}

/** ReplyHeader: xid, zxid, error. */
function reply(xid: number, code: number): Buffer {
  const body = Buffer.alloc(16);
  body.writeInt32BE(xid, 0);
  body.writeInt32BE(code, 12);
  return frame(body);
}

/** A server that gives a session and then reacts to each further request. */
function sessionServer(react: (socket: Socket) => void, host?: string) {
  return serve((socket) => {
    socket.once('data', () => {
      socket.write(connectResponse());
      socket.on('data', () => react(socket));
    });
  }, host);
}

async function unusedPort(): Promise<number> {
  const { port } = await serve(() => {});
  const { server } = servers.pop() as { server: Server };
  server.close();
  await once(server, 'close');
  return port;
}

describe('a member that cannot be connected to', () => {
  it('because nothing listens is told at once', async () => {
    const outcome = await connectMember({ host: '127.0.0.1', port: await unusedPort(), timeoutMs: 20_000 });
    expect(outcome).toEqual({
      kind: 'failed',
      reason: 'lost',
      sentence: 'refuses the connection: nothing listens there (ECONNREFUSED)',
    });
  });

  it.each([
    ['that says nothing', () => {}, 'took the connection but gave no session within 300 ms'],
    ['that closes', (socket: Socket) => socket.end(), 'closed the connection at once'],
    [
      'that speaks HTTP',
      (socket: Socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'),
      'answered, but not in',
    ],
    [
      'that sends a negative length',
      (socket: Socket) => socket.write(Buffer.alloc(9, 255)),
      'answered, but not in',
    ],
    ['that sends an empty frame', (socket: Socket) => socket.write(Buffer.alloc(4)), 'answered, but not in'],
    [
      'that sends a frame too short',
      (socket: Socket) => socket.write(frame(Buffer.alloc(3))),
      'answered, but not in',
    ],
    [
      'that stops in the middle',
      (socket: Socket) => socket.write(connectResponse().subarray(0, 9)),
      'within 300 ms',
    ],
  ])('but a server %s is told, and its socket closed', async (_, react, sentence) => {
    let connections = 0;
    const { port, sockets } = await serve((socket) => {
      connections++;
      react(socket);
    });
    const outcome = await connectMember({ host: '127.0.0.1', port, timeoutMs: 300 });
    expect(outcome).toMatchObject({ kind: 'failed', sentence: expect.stringContaining(sentence) });
    await expect.poll(() => sockets.size).toBe(0);
    expect(connections).toBe(1);
  });
});

describe('a member that gives a session', () => {
  it.each(['127.0.0.1', '::1'])('at %s is connected to, and left without a socket', async (host) => {
    const { port, sockets } = await sessionServer((socket) => socket.end(), host);
    const session = await connectMember({ host, port, timeoutMs: 5_000 });
    expect(session.kind).toBe('connected');
    if (session.kind === 'connected') await session.close();
    await expect.poll(() => sockets.size).toBe(0);
  });

  it.each([
    ['falls silent', () => {}, 'timeout', 'did not answer within 300 ms'],
    ['hangs up', (socket: Socket) => socket.destroy(), 'lost', 'closed the connection'],
    [
      'refuses',
      (socket: Socket) => socket.write(reply(0, -102)),
      'not-allowed',
      "the node's ACL does not allow it",
    ],
    ['has no node', (socket: Socket) => socket.write(reply(0, -101)), 'no-node', 'has no such node'],
    [
      'uses a newer code',
      (socket: Socket) => socket.write(reply(0, -124)),
      'not-allowed',
      'do not authenticate',
    ],
    [
      'uses no known code',
      (socket: Socket) => socket.write(reply(0, -999)),
      'other',
      'answered with error -999',
    ],
    [
      'answers another request',
      (socket: Socket) => socket.write(reply(7, 0)),
      'lost',
      'closed the connection',
    ],
    [
      'sends half an answer',
      (socket: Socket) => socket.write(reply(0, 0)),
      'other',
      'answered, but not in the way',
    ],
  ])('and then %s has that told, and closes cleanly', async (_, react, reason, sentence) => {
    const { port, sockets } = await sessionServer(react);
    const session = await connectMember({ host: '127.0.0.1', port, timeoutMs: 300 });
    if (session.kind === 'failed') throw new Error(session.sentence);
    const answer = await session.get('/hello');
    expect(answer).toMatchObject({ kind: 'failed', reason, sentence: expect.stringContaining(sentence) });
    await session.close();
    await expect.poll(() => sockets.size).toBe(0);
  });

  it('is not asked for a path that is none', async () => {
    const { port } = await sessionServer(() => {});
    const session = await connectMember({ host: '127.0.0.1', port, timeoutMs: 300 });
    if (session.kind === 'failed') throw new Error(session.sentence);
    expect(await session.get('hello')).toMatchObject({ kind: 'failed', reason: 'other' });
    await session.close();
  });
});

/** Connects and asks in a process of its own, which ends by itself only when no socket and no timer is left. */
async function runsOut(port: number, close: boolean) {
  const client = new URL('../../../src/host/zookeeper-client/zookeeper-client.ts', import.meta.url).href;
  const program = `
    const { connectMember } = await import(${JSON.stringify(client)});
    const session = await connectMember({ host: '127.0.0.1', port: ${port}, timeoutMs: 300 });
    if (session.kind === 'connected') await session.get('/hello');
    if (${close} && session.kind === 'connected') await session.close();
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' });
  const timer = setTimeout(() => child.kill('SIGKILL'), 4_000);
  const [status] = await once(child, 'exit');
  clearTimeout(timer);
  return status === 0;
}

describe('the process that asked', () => {
  const silent = () => {};

  it('ends by itself when nothing listens', async () => {
    expect(await runsOut(await unusedPort(), true)).toBe(true);
  });

  it.each([
    ['gave no session', () => serve(silent)],
    ['hung up', () => serve((socket) => socket.destroy())],
    ['spoke HTTP', () => serve((socket) => socket.write('HTTP/1.1 400 Bad Request'))],
    ['fell silent', () => sessionServer(silent)],
    ['said goodbye', () => sessionServer((socket) => socket.end())],
  ])('ends by itself after the server %s', async (_, server) => {
    expect(await runsOut((await server()).port, true)).toBe(true);
  });

  it('does not end while a session is open, so that this test can fail', async () => {
    expect(await runsOut((await sessionServer(silent)).port, false)).toBe(false);
  });
});
