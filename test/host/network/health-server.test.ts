import { describe, expect, it } from 'vitest';
import { HealthPortError, startHealthServer } from '../../../src/host/network/health-server.ts';
import { CLOSE, fine, get, never, open, request, start } from './health-servers.ts';

describe('the health server', () => {
  it('answers with what it is told, and says whose it is', async () => {
    const { port } = await start();
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      server: 'zk-entrypoint',
      'content-type': 'text/plain',
      'content-length': '5',
      'cache-control': 'no-store',
    });
    expect(await response.text()).toBe('fine\n');
  });

  it('answers HEAD without the body', async () => {
    const { port } = await start();
    expect(await open(port, request('HEAD /', CLOSE)).rest).toMatch(/Content-Length: 5\r\n[\s\S]*\r\n\r\n$/);
  });

  it('answers one request a connection, and closes it', async () => {
    const { port } = await start();
    const heard = await open(port, request('GET /') + request('GET /')).rest;
    expect(heard.match(/fine\n/g)).toHaveLength(1);
    expect(heard).toContain('\r\nConnection: close\r\n');
  });

  it('is told the method and the url alone', async () => {
    const told: unknown[] = [];
    const { port } = await start({
      answer: async (request) => {
        told.push(request);
        return fine;
      },
    });
    await open(port, request('OPTIONS /x?y', 'Cookie: z', CLOSE)).rest;
    expect(told).toEqual([{ method: 'OPTIONS', url: '/x?y' }]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('secret');
      },
      500,
    ],
    ['rejects', () => Promise.reject(new Error('secret')), 500],
  ])('answers 500 when the answerer %s', async (_what, answer, status) => {
    const { port } = await start({ answer });
    const response = await get(port);
    expect(response.status).toBe(status);
    expect(response.body).not.toContain('secret');
  });

  it('drops the connection when the answerer hangs', async () => {
    const { port } = await start({ answer: () => never, silenceMs: 50 });
    expect(await open(port, request('GET /livez')).rest).toBe('');
  });
});

describe('a port that cannot be had', () => {
  it('because it is taken is refused in words', async () => {
    const { port } = await start();
    const second = startHealthServer({ address: '127.0.0.1', port, answer: async () => fine });
    await expect(second).rejects.toThrow(HealthPortError);
    await expect(second).rejects.toMatchObject({
      code: 'EADDRINUSE',
      message: expect.stringMatching(`^ZK_HEALTH_PORT ${port} is taken .*; set another port`),
    });
  });

  it('because the address is not ours is refused in words', async () => {
    const elsewhere = startHealthServer({ address: '192.0.2.1', port: 0, answer: async () => fine });
    await expect(elsewhere).rejects.toMatchObject({
      code: 'EADDRNOTAVAIL',
      message: expect.stringContaining('ZK_HEALTH_ADDRESS 192.0.2.1'),
    });
  });
});
