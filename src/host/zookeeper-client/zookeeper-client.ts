import { type Client, CreateMode, createClient, type Exception } from 'node-zookeeper-client';
import type { Answer, ClientAddress, Connected, Failed } from '../../sanity/session.ts';
import {
  CLOSED_BY_MEMBER,
  type ConnectionManager,
  holdToOneConnection,
  type SingleConnection,
} from './single-connection.ts';
import { type ClientWay, openTunnel } from './tunnel.ts';
import { failureFrom } from './zookeeper-errors.ts';

/** Short, so that an ephemeral node of a killed run goes soon; the server raises it to its own minimum. */
const SESSION_TIMEOUT_MS = 10_000;

/** No member answers the end of a session later than this and is still worth waiting for. */
const MAX_CLOSE_MS = 1_000;

/** How the library answers; some requests leave the value out. */
type Callback<T> = (error: Error | Exception | null, value?: T) => void;

interface Session {
  readonly client: Client;
  readonly connection: SingleConnection;
  readonly timeoutMs: number;
}

/**
 * Opens a session with exactly one member, and gives each request the same deadline in milliseconds.
 * Never rejects: what went wrong is a sentence that continues the member's name.
 */
export async function connectMember(
  to: ClientAddress & { timeoutMs: number; way?: ClientWay | undefined },
): Promise<Connected | Failed> {
  const { way = {} } = to;
  if (way.tls === undefined && way.user === undefined) return connectTo(to, to);
  const tunnel = await openTunnel(to, way);
  const outcome = await connectTo(to, { path: tunnel.path });
  // One connection is made, and the name of the socket is needed no more.
  tunnel.close();
  const problem = tunnel.problem();
  if (outcome.kind === 'connected' || problem === undefined) return outcome;
  return { ...outcome, sentence: problem };
}

async function connectTo(
  to: ClientAddress & { timeoutMs: number },
  where: ClientAddress | { readonly path: string },
): Promise<Connected | Failed> {
  const session = newSession(to, where);
  const { client, connection, timeoutMs } = session;
  const connected = new Promise<'connected'>((resolve) => {
    client.once('connected', () => resolve('connected'));
  });
  client.connect();
  const outcome = await within<'connected' | Failed>(timeoutMs, [connected, connection.ended]);
  if (outcome === 'connected') return requests(session);
  const failure = outcome ?? silence(connection, timeoutMs);
  connection.destroy();
  return failure === CLOSED_BY_MEMBER ? NOT_SERVING : failure;
}

/** NIOServerCnxn closes every connection while the server is not part of a quorum. */
const NOT_SERVING: Failed = {
  kind: 'failed',
  reason: 'lost',
  sentence:
    'closed the connection at once: it does not serve (no quorum?), accepts no more clients, or requires TLS',
};

function newSession(
  { port, timeoutMs }: ClientAddress & { timeoutMs: number },
  where: ClientAddress | { readonly path: string },
): Session {
  // The address given here is replaced before it is used: the library's parser cannot read IPv6.
  const sessionTimeout = Math.max(SESSION_TIMEOUT_MS, timeoutMs);
  const client = createClient(`127.0.0.1:${port}`, { sessionTimeout, retries: 0 });
  const address = 'path' in where ? where : { host: where.host, port: where.port };
  const { connectionManager } = client as Client & { connectionManager: ConnectionManager };
  return { client, connection: holdToOneConnection(connectionManager, address), timeoutMs };
}

function silence(connection: SingleConnection, timeoutMs: number): Failed {
  const problem = connection.isOpen()
    ? 'took the connection but gave no session'
    : 'could not be connected to';
  return { kind: 'failed', reason: 'timeout', sentence: `${problem} within ${timeoutMs} ms` };
}

function requests(session: Session): Connected {
  const { client } = session;
  return {
    kind: 'connected',
    create: ({ path, value, ephemeral }) => {
      const mode = ephemeral ? CreateMode.EPHEMERAL : CreateMode.PERSISTENT;
      return done(
        ask<string>(session, (callback) => client.create(path, Buffer.from(value), mode, callback)),
      );
    },
    get: async (path) => {
      const answer = await ask<Buffer | undefined>(session, (callback) => client.getData(path, callback));
      return answer.kind === 'done' ? { kind: 'done', value: answer.value?.toString() ?? '' } : answer;
    },
    set: (path, value) =>
      done(ask<unknown>(session, (callback) => client.setData(path, Buffer.from(value), callback))),
    remove: (path) => done(ask<void>(session, (callback) => client.remove(path, (error) => callback(error)))),
    exists: async (path) => {
      const answer = await ask<unknown>(session, (callback) => client.exists(path, callback));
      return answer.kind === 'done' ? { kind: 'done', value: answer.value != null } : answer;
    },
    sync: (path) => sync(session, path),
    close: () => close(session),
  };
}

/**
 * A write that changes nothing, through this member: it removes a node that never exists.
 * The library has no `sync`, and drops the connection on answers to requests it does not know. This does more:
 * ZooKeeper orders refused writes among all others (PrepRequestProcessor turns them into an error transaction,
 * which is proposed and committed), and the member answers when it has applied everything before it, so even a
 * leader that was just deposed cannot answer from the past, as it can to `sync` (ZOOKEEPER-1675, -2136).
 */
async function sync(session: Session, path: string): Promise<Answer<void>> {
  const never = `${path === '/' ? '' : path}/zk-entrypoint-never-made`;
  const answer = await ask<void>(session, (callback) =>
    session.client.remove(never, (error) => callback(error)),
  );
  const committed = answer.kind === 'done' || answer.reason === 'no-node';
  return committed ? { kind: 'done', value: undefined } : answer;
}

async function done(answer: Promise<Answer<unknown>>): Promise<Answer<void>> {
  const outcome = await answer;
  return outcome.kind === 'done' ? { kind: 'done', value: undefined } : outcome;
}

async function ask<T>(
  { connection, timeoutMs }: Session,
  send: (callback: Callback<T>) => void,
): Promise<Answer<T>> {
  const answered = new Promise<Answer<T>>((resolve) => {
    const callback: Callback<T> = (error, value) =>
      resolve(error ? failureFrom(error) : { kind: 'done', value: value as T });
    try {
      send(callback);
    } catch (error) {
      resolve(failureFrom(error));
    }
  });
  const outcome = await within<Answer<T>>(timeoutMs, [connection.ended, answered]);
  return outcome ?? { kind: 'failed', reason: 'timeout', sentence: `did not answer within ${timeoutMs} ms` };
}

async function close({ client, connection, timeoutMs }: Session): Promise<void> {
  client.close();
  await within(Math.min(timeoutMs, MAX_CLOSE_MS), [connection.ended]);
  connection.destroy();
}

/** The first of the promises to settle, or undefined when none does in time. */
async function within<T>(timeoutMs: number, promises: readonly Promise<T>[]): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  try {
    return await Promise.race([...promises, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
