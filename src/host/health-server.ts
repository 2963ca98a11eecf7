import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { HealthAnswer, HealthRequest } from '../health/routes.ts';
import { errorCode } from './errno.ts';
import { tidyUp } from './settle-down.ts';

/** How the health endpoint listens and answers; times in milliseconds. */
export interface HealthServerOptions {
  /** undefined: all addresses, IPv6 and IPv4 alike. */
  readonly address: string | undefined;
  readonly port: number;
  answer(request: HealthRequest): Promise<HealthAnswer>;
  /** For the head of a request to arrive whole; a slower sender is dropped. */
  readonly requestTimeoutMs?: number;
  /** How long a connection may be silent: guards against an `answer` that hangs and a reader that takes nothing in. */
  readonly silenceMs?: number;
  /** Beyond it, the connection that has been silent longest makes room. */
  readonly maxConnections?: number;
}

export interface HealthServer {
  readonly port: number;
  /** Drops every connection at once, so that no request can hold up the exit. */
  close(): Promise<void>;
}

/** The health endpoint cannot listen: what is wrong with ZK_HEALTH_PORT, and what to do. */
export class HealthPortError extends Error {
  override readonly name = 'HealthPortError';
  /** The system's word, such as EADDRINUSE. */
  readonly code: string;
  readonly problem: string;
  readonly remedy: string;

  constructor(code: string, { problem, remedy }: { problem: string; remedy: string }) {
    super(`ZK_HEALTH_PORT ${problem}; ${remedy}`);
    this.code = code;
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** Listens on ZK_HEALTH_PORT; rejects with HealthPortError, and never throws into the process afterwards. */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    respond(options, request, response).catch(() => response.destroy());
  };
  const server = createServer(limits(options), serve);
  // Without a listener of its own, node:http would invite the body that nobody reads.
  server.on('checkContinue', serve);
  server.setTimeout(options.silenceMs ?? 10_000);
  boundConnections(server, options.maxConnections ?? 128);
  await listen(server, options);
  server.on('error', () => undefined);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    close: () => closeAtOnce(server),
  };
}

function limits({ requestTimeoutMs = 3_000 }: HealthServerOptions) {
  return {
    maxHeaderSize: 8 * 1024,
    headersTimeout: requestTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: requestTimeoutMs,
    // Node looks for slow requests only this often; a wake-up a few times a minute costs nothing.
    connectionsCheckingInterval: requestTimeoutMs,
  };
}

async function respond(
  options: HealthServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url = '' } = request;
  response.on('error', () => undefined);
  request.on('error', () => undefined);
  const { status, contentType, body, allow } = await guarded(options, { method, url });
  // A body is not read; closing is the only way past it to the next request.
  if (hasBody(request)) response.once('finish', () => request.socket.destroySoon());
  response.sendDate = false;
  response.writeHead(status, {
    Server: 'zk-entrypoint',
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...(allow === undefined ? {} : { Allow: allow }),
    ...(hasBody(request) ? { Connection: 'close' } : {}),
  });
  response.end(body);
  tidyUp();
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

const PLAIN = 'text/plain; charset=utf-8';

/** Whatever `answer` throws, the asker gets an answer and the process no exception. */
async function guarded({ answer }: HealthServerOptions, request: HealthRequest): Promise<HealthAnswer> {
  try {
    return await answer(request);
  } catch {
    return { status: 500, contentType: PLAIN, body: 'internal error\n' };
  }
}

/** Keeps newcomers welcome when idle or slow connections hog the endpoint: the one silent longest makes room. */
function boundConnections(server: Server, maxConnections: number): void {
  const silent = new Set<Socket>();
  let open = 0;
  server.on('connection', (socket) => {
    // A probe that is not answered must not keep the process alive.
    socket.unref();
    open += 1;
    silent.add(socket);
    socket.on('close', () => {
      open -= 1;
      silent.delete(socket);
    });
    if (open > maxConnections) firstOf(silent)?.destroy();
  });
  server.prependListener('request', ({ socket }, response) => {
    silent.delete(socket);
    response.on('close', () => {
      if (!socket.destroyed) silent.add(socket);
    });
  });
}

function firstOf<T>(items: Set<T>): T | undefined {
  for (const item of items) return item;
  return undefined;
}

function listen(server: Server, { port, address }: HealthServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, port, address)));
    server.listen({ port, ...(address === undefined ? {} : { host: address }) }, () => {
      server.removeAllListeners('error');
      server.unref();
      resolve();
    });
  });
}

const OTHER_PORT = 'set another port, or 0 to turn the health endpoint off';

function explain(error: Error, port: number, address: string | undefined): HealthPortError {
  const code = errorCode(error) ?? error.name;
  switch (code) {
    case 'EADDRINUSE':
      return new HealthPortError(code, {
        problem: `${port} is taken by another program`,
        remedy: OTHER_PORT,
      });
    case 'EACCES':
      return new HealthPortError(code, {
        problem: `${port} may not be opened by this user`,
        remedy: 'set one from 1024 up, or 0 to turn the health endpoint off',
      });
    case 'EADDRNOTAVAIL':
      return new HealthPortError(code, {
        problem: `${port} cannot be opened on ZK_HEALTH_ADDRESS ${address}: this host has no such address`,
        remedy: 'correct it, or leave it out for all addresses',
      });
    default:
      return new HealthPortError(code, { problem: `${port} cannot be opened (${code})`, remedy: OTHER_PORT });
  }
}

function closeAtOnce(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
