import { createServer, type Server, type Socket } from 'node:net';

/** A server of a test; `await using` ends it with all its connections. */
export interface TestServer extends AsyncDisposable {
  readonly port: number;
  /** How many connections it has taken so far. */
  readonly taken: number;
  /** How many of them it holds now. */
  readonly open: number;
}

/** Where a server of a test listens; unless something else is said, on a free port of loopback. */
interface Place {
  readonly host: string;
  readonly port: number;
}

const ANYWHERE: Place = { host: '127.0.0.1', port: 0 };

/** Listens with whatever treats the connections. */
export async function listening(server: Server, { host, port }: Place = ANYWHERE): Promise<TestServer> {
  const open = new Set<Socket>();
  let taken = 0;
  server.on('connection', (socket: Socket) => {
    taken += 1;
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return {
    port: address.port,
    get taken() {
      return taken;
    },
    get open() {
      return open.size;
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** A server that treats every connection as told, and notices nothing by itself: not even that its client has gone. */
export function serverThat(treat: (socket: Socket) => void, place?: Place): Promise<TestServer> {
  return listening(createServer({ allowHalfOpen: true }, treat), place);
}

/** A server that answers the first packet it hears and then closes, as ZooKeeper does. */
export function answering(
  answerTo: (word: string) => string | undefined,
  place?: Place,
): Promise<TestServer> {
  return serverThat((socket) => {
    socket.once('data', (word) => socket.end(answerTo(word.toString()) ?? ''));
  }, place);
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  await using server = await serverThat(() => undefined);
  return server.port;
}
