import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { askSupervisor } from '../../../src/host/network/ask-supervisor.ts';
import { startHealthServer } from '../../../src/host/network/health-server.ts';
import { answering, closedPort, listening, serverThat } from '../servers.ts';

const ours = 'HTTP/1.1 200 OK\r\nServer: zk-entrypoint\r\nContent-Length: 3\r\n\r\n';

function ask(port: number, timeoutMs = 200) {
  return askSupervisor({ port, path: '/livez', timeoutMs });
}

/** The health server, answering with the status and the path it was asked for. */
async function supervisor(status: number): Promise<number> {
  const answer = async ({ url }: { url: string }) => ({
    status,
    contentType: 'text/plain',
    body: `${url} é\n`,
  });
  const server = await startHealthServer({ address: '127.0.0.1', port: 0, answer });
  onTestFinished(() => server.close());
  return server.port;
}

describe('asking the supervisor', () => {
  it.each([200, 503])('gives its status %i and its body', async (status) => {
    expect(await ask(await supervisor(status))).toEqual({
      kind: 'answer',
      status,
      body: '/livez é\n',
      marks: '',
    });
  });

  it('finds it absent when nothing listens', async () => {
    expect(await ask(await closedPort())).toEqual({ kind: 'absent' });
  });

  it('takes another HTTP server for a stranger', async () => {
    const other = createServer((_request, response) => response.end('ok\n'));
    await using server = await listening(other);
    expect(await ask(server.port)).toEqual({ kind: 'strange', cause: 'not-ours' });
  });

  it.each([
    ['an answer whose body is cut short', `${ours}ok`, 'cut-short'],
    ['an answer with more than its body', `${ours}ok\n\n`, 'cut-short'],
    ['an answer of no known length', `${ours.replace('Content-Length: 3\r\n', '')}ok\n`, 'cut-short'],
    ['a head that is cut short', ours.slice(0, -2), 'not-http'],
    [
      'a name that only begins like ours',
      `${ours.replace('zk-entrypoint', 'zk-entrypoint2')}ok\n`,
      'not-ours',
    ],
    ['our name in the body alone', 'HTTP/1.1 200 OK\r\n\r\n\r\nServer: zk-entrypoint\r\n', 'not-ours'],
    ['a status that is none', ours.replace('200', '2000'), 'not-http'],
    ['imok', 'imok', 'not-http'],
    ['nothing', '', 'no-answer'],
    ['a megabyte', 'x'.repeat(1_048_576), 'no-answer'],
  ])('does not trust %s', async (_what, text, cause) => {
    await using server = await answering(() => text);
    expect(await ask(server.port)).toEqual({ kind: 'strange', cause });
  });

  it('waits no longer than its timeout', async () => {
    await using server = await serverThat((socket) => socket.write(ours));
    expect(await ask(server.port, 100)).toEqual({ kind: 'strange', cause: 'timeout' });
    await vi.waitFor(() =>
      expect(
        process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length,
      ).toBeLessThanOrEqual(server.open),
    );
  });
});
