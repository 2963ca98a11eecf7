import { createServer, type Server } from 'node:net';
import type { HealthAnswer, HealthRequest } from '../../health/routes.ts';
import { errorCode } from '../errno.ts';
import { HealthConnection } from './health-connection.ts';
import { Crowd } from './health-crowd.ts';

/** How the health endpoint listens and answers; times in milliseconds. */
export interface HealthServerOptions {
  /** undefined: all addresses, IPv6 and IPv4 alike. */
  readonly address: string | undefined;
  readonly port: number;
  /** The variable of the port, for messages; ZK_HEALTH_PORT by default. */
  readonly variable?: string;
  answer(request: HealthRequest): Promise<HealthAnswer>;
  /** For the whole head of a request to arrive. A slower client is dropped. */
  readonly requestTimeoutMs?: number;
  /** For an `answer` that hangs, and for a client that does not read. */
  readonly silenceMs?: number;
  /** Above this number, idle and slow connections are closed. Four times as many may have a running answer. */
  readonly maxConnections?: number;
}

export interface HealthServer {
  readonly port: number;
  /** Drops every connection at once, so that no request can delay the exit. */
  close(): Promise<void>;
}

/** The health endpoint cannot listen: what is wrong with the port, and what to do. */
export class HealthPortError extends Error {
  override readonly name = 'HealthPortError';
  /** The system's word, such as EADDRINUSE. */
  readonly code: string;
  readonly problem: string;
  readonly remedy: string;

  constructor(
    code: string,
    { problem, remedy, variable }: { problem: string; remedy: string; variable: string },
  ) {
    super(`${variable} ${problem}; ${remedy}`);
    this.code = code;
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** Listens on the port; rejects with HealthPortError, and never throws into the process afterwards. */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const { requestTimeoutMs = 3_000, silenceMs = 5_000, maxConnections = 128 } = options;
  const crowd = new Crowd(maxConnections);
  // A client may close its side and still wait for the answer.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const connection = new HealthConnection(socket, { answer: options.answer, requestTimeoutMs, silenceMs });
    socket.on('close', () => crowd.leave(connection));
    crowd.enter(connection);
  });
  await listen(server, options);
  server.on('error', () => undefined);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () => closeAtOnce(server, crowd),
  };
}

function listen(server: Server, options: HealthServerOptions): Promise<void> {
  const { port, address } = options;
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, options)));
    server.listen({ port, ...(address === undefined ? {} : { host: address }) }, () => {
      server.removeAllListeners('error');
      server.unref();
      resolve();
    });
  });
}

function explain(
  error: Error,
  { port, address, variable = 'ZK_HEALTH_PORT' }: HealthServerOptions,
): HealthPortError {
  const code = errorCode(error) ?? error.name;
  const off =
    variable === 'ZK_HEALTH_PORT' ? 'or 0 to turn the health endpoint off' : 'or leave this one out';
  const other = `set another port, ${off}`;
  switch (code) {
    case 'EADDRINUSE':
      return new HealthPortError(code, {
        variable,
        problem: `${port} is taken by another program`,
        remedy: other,
      });
    case 'EACCES':
      return new HealthPortError(code, {
        variable,
        problem: `${port} may not be opened by this user`,
        remedy: `set one from 1024 up, ${off}`,
      });
    case 'EADDRNOTAVAIL':
      return new HealthPortError(code, {
        variable,
        problem: `${port} cannot be opened on ZK_HEALTH_ADDRESS ${address}: this host has no such address`,
        remedy: 'correct it, or remove it to listen on all addresses',
      });
    default:
      return new HealthPortError(code, {
        variable,
        problem: `${port} cannot be opened (${code})`,
        remedy: other,
      });
  }
}

function closeAtOnce(server: Server, crowd: Crowd): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    crowd.dropAll();
  });
}
