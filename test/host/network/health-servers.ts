import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { HealthAnswer } from '../../../src/health/routes.ts';
import { type HealthServerOptions, startHealthServer } from '../../../src/host/network/health-server.ts';

/** What a server answers that is told nothing else. */
export const fine: HealthAnswer = { status: 200, contentType: 'text/plain', body: 'fine\n' };
/** An answer that does not come. */
export const never = new Promise<HealthAnswer>(() => undefined);

/** A health server that answers as told, closed when the test has ended. */
export async function start(options: Partial<HealthServerOptions> = {}) {
  const server = await startHealthServer({
    address: '127.0.0.1',
    port: 0,
    answer: async () => fine,
    ...options,
  });
  onTestFinished(() => server.close());
  return server;
}

/** An open connection whose end is awaited in `rest`: all that came before it. */
export function open(port: number, say = ''): { socket: Socket; rest: Promise<string> } {
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

/** The head of a request. */
export function request(head: string, ...headers: string[]): string {
  return [`${head} HTTP/1.1`, 'Host: x', ...headers, '', ''].join('\r\n');
}

export const CLOSE = 'Connection: close';

/** Asks as a probe does. */
export async function get(port: number, path = '/livez'): Promise<{ status: number; body: string }> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
  return { status: response.status, body: await response.text() };
}
