import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { clientPortState } from '../../../src/host/network/client-port.ts';

async function listening(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

it.each([undefined, '127.0.0.1', '0.0.0.0', '::'])(
  'a port that somebody listens on is found (%s)',
  async (address) => {
    const port = await listening('127.0.0.1');
    expect(await clientPortState(port, address)).toBe('taken');
  },
);

it('a port of IPv6 that somebody listens on is found', async () => {
  const port = await listening('::1');
  expect(await clientPortState(port, '::1')).toBe('taken');
});

it.each([undefined, '127.0.0.1', '192.0.2.1'])('a free port is no finding (%s)', async (address) => {
  const port = await listening('127.0.0.2');
  expect(await clientPortState(port, address)).toBe('free');
});
