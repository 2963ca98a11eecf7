import type { Socket } from 'node:net';
import type { ClientAddress, Failed } from '../../sanity/session.ts';
import { failureOfData, failureOfSocket } from './zookeeper-errors.ts';

/** What has to be held of node-zookeeper-client 1.1.3's ConnectionManager (lib/ConnectionManager.js). */
export interface ConnectionManager {
  /** Handed to net.connect as they are. */
  servers: (ClientAddress | { readonly path: string })[];
  socket?: Socket;
  connectTimeoutHandler: NodeJS.Timeout | null;
  pendingBuffer: Buffer | null;
  connect(): void;
  onSocketData(chunk: Buffer): void;
  onSocketError(error: NodeJS.ErrnoException): void;
  onSocketClosed(hadError: boolean): void;
}

/** One connection of the manager: its end, which is reported once, and the function that ends it. */
export interface SingleConnection {
  /** Settles when the connection is over, whoever ended it, with the reason. */
  readonly ended: Promise<Failed>;
  /** True once the socket is connected, whether or not ZooKeeper has answered. */
  isOpen(): boolean;
  /** Frees the socket and every timer at once. */
  destroy(): void;
}

/** The reason when the other side closed the connection without an error. */
export const CLOSED_BY_MEMBER: Failed = { kind: 'failed', reason: 'lost', sentence: 'closed the connection' };

/** A larger first answer, or a negative one, is another protocol: ConnectResponse has 37 bytes. */
const MAX_CONNECT_RESPONSE_BYTES = 1024;

/**
 * Limits the manager, before it connects, to one connection to one address.
 * On its own it reconnects for ever, splits IPv6 addresses at the colon, and throws out of the
 * socket's listener, which ends the process, on bytes or error codes it does not know.
 */
export function holdToOneConnection(
  manager: ConnectionManager,
  address: ClientAddress | { readonly path: string },
): SingleConnection {
  const { promise: ended, resolve: end } = Promise.withResolvers<Failed>();
  let cause = CLOSED_BY_MEMBER;
  manager.servers = [address];
  connectOnce(manager);
  keepErrorsIn(manager, (failure) => {
    cause = failure;
  });
  // First, so that requests under way learn the cause and not only that the connection is lost.
  before(manager, 'onSocketClosed', () => end(cause));
  return {
    ended,
    isOpen: () => manager.socket !== undefined && !manager.socket.connecting,
    destroy() {
      clearTimeout(manager.connectTimeoutHandler ?? undefined);
      manager.socket?.destroy();
    },
  };
}

/** The manager calls connect() again whenever its socket closes; the second call does nothing. */
function connectOnce(manager: ConnectionManager): void {
  const connect = manager.connect.bind(manager);
  manager.connect = () => {
    manager.connect = () => {};
    connect();
  };
}

function keepErrorsIn(manager: ConnectionManager, report: (failure: Failed) => void): void {
  const onSocketData = manager.onSocketData.bind(manager);
  let first = true;
  manager.onSocketData = (chunk) => {
    try {
      if (first && chunk.length >= 4) refuseOtherProtocols(chunk);
      first = false;
      onSocketData(chunk);
    } catch (error) {
      report(failureOfData(error));
      manager.pendingBuffer = null;
      manager.socket?.destroy();
    }
  };
  before(manager, 'onSocketError', (error: NodeJS.ErrnoException) => report(failureOfSocket(error)));
}

/** Without this the manager takes `HTTP` for a length of 1.2 GB and waits for the rest. */
function refuseOtherProtocols(chunk: Buffer): void {
  const size = chunk.readInt32BE(0);
  if (size < 1 || size > MAX_CONNECT_RESPONSE_BYTES)
    throw new RangeError(`a connect response of ${size} bytes`);
}

function before<Argument>(
  manager: ConnectionManager,
  name: 'onSocketClosed' | 'onSocketError',
  act: (argument: Argument) => void,
): void {
  const original = manager[name].bind(manager) as (argument: Argument) => void;
  Object.assign(manager, {
    [name]: (argument: Argument) => {
      act(argument);
      original(argument);
    },
  });
}
