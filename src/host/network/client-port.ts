import { connect, createServer } from 'node:net';
import { loopbackOf } from '../../health/address.ts';
import { errorCode } from '../errno.ts';

const ANSWER_WITHIN_MS = 1_000;
const FIRST_PORT_FOR_EVERYBODY = 1_024;

/**
 * Whether the client port is free. Another server on it would answer our probes instead of the JVM, so this is checked before
 * the JVM starts. Connecting costs a third of binding, so only a port that may need privileges is also bound.
 */
export async function clientPortState(
  port: number,
  address: string | undefined,
): Promise<'free' | 'taken' | 'not permitted'> {
  if (await isListening(loopbackOf(address), port)) return 'taken';
  return port >= FIRST_PORT_FOR_EVERYBODY || (await mayBind(port, address)) ? 'free' : 'not permitted';
}

/** True if a program accepts connections there. ZooKeeper itself reports an address that cannot be used. */
function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ANSWER_WITHIN_MS });
    const settle = (listening: boolean) => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

function mayBind(port: number, address: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(errorCode(error) !== 'EACCES'));
    server.listen({ port, ...(address === undefined ? {} : { host: address }) }, () =>
      server.close(() => resolve(true)),
    );
  });
}
