import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { awaitAnswer } from '../../../src/supervision/await-answer.ts';
import { serverThat } from '../servers.ts';

/** Whether the first answer is taken for come, from a server that does so with each connection, within half a second. */
async function isAnswered(does: (socket: Socket) => void): Promise<boolean> {
  await using server = await serverThat(does);
  const where = { clientPort: server.port, clientAddress: '127.0.0.1' };
  return await awaitAnswer(where, AbortSignal.timeout(500));
}

describe('the first answer', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['imok', (socket) => socket.end('imok')],
    ['a connection that is closed, by the limit of connections', (socket) => socket.end()],
    [
      'a refusal by the whitelist',
      (socket) => socket.end('ruok is not executed because it is not in the whitelist.\n'),
    ],
  ])('is %s', async (_what, does) => {
    expect(await isAnswered(does)).toBe(true);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['silence', () => undefined],
    ['a reset, which a JVM that ends leaves too', (socket) => socket.resetAndDestroy()],
    ['another program’s', (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')],
  ])('is not %s', async (_what, does) => {
    expect(await isAnswered(does)).toBe(false);
  });
});
