import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { HealthAnswer } from '../../../src/health/routes.ts';
import { fine, get, never, open, request, start } from './health-servers.ts';

describe('connections', () => {
  it('that are idle make room for a newcomer, the oldest first', async () => {
    const { port } = await start({ maxConnections: 3 });
    const idle = [];
    for (let count = 0; count < 5; count += 1) {
      const connection = open(port);
      await once(connection.socket, 'connect');
      idle.push(connection);
    }
    expect(await get(port)).toMatchObject({ status: 200 });
    expect(await Promise.all([idle[0]?.rest, idle[1]?.rest])).toEqual(['', '']);
    // The third makes room for the one that asks, if that is still there.
    expect(idle.slice(3).map(({ socket }) => socket.destroyed)).toEqual([false, false]);
  });

  it('that are being answered stay; who says nothing goes', async () => {
    let asked = 0;
    const gate = Promise.withResolvers<HealthAnswer>();
    const answer = () => {
      asked += 1;
      return gate.promise;
    };
    const { port } = await start({ maxConnections: 1, answer });
    const answered = [1, 2, 3, 4].map(() => open(port, request('GET /')));
    await expect.poll(() => asked).toBe(4);
    const idle = open(port);
    expect(await idle.rest).toBe('');
    gate.resolve(fine);
    const heard = await Promise.all(answered.map(({ rest }) => rest));
    expect(heard.every((each) => each.includes('fine'))).toBe(true);
  });

  it('end at once with the server, however many are waiting', async () => {
    const server = await start({ answer: () => never });
    const waiting = [open(server.port), open(server.port, request('GET /')), open(server.port, 'GET')];
    await Promise.all(waiting.map(({ socket }) => once(socket, 'connect')));
    await server.close();
    expect(await Promise.all(waiting.map(({ rest }) => rest))).toEqual(['', '', '']);
  });

  it('and the listener do not keep the process alive', async () => {
    const module = new URL('../../../src/host/network/health-server.ts', import.meta.url).href;
    const script = `
      import { connect } from 'node:net';
      import { startHealthServer } from ${JSON.stringify(module)};
      const { port } = await startHealthServer({ address: '127.0.0.1', port: 0, answer: () => new Promise(() => {}) });
      await new Promise((resolve) => connect(port, '127.0.0.1').on('connect', resolve).unref().write('GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'));
      console.log('ended');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let heard = '';
    child.stdout.on('data', (chunk) => {
      heard += chunk;
    });
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(heard).toBe('ended\n');
  });
});
