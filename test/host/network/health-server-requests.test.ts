import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { get, open, request, start } from './health-servers.ts';

describe('a bad request', () => {
  it.each([
    ['with a body', `${request('POST /', 'Content-Length: 5')}hello`, /^HTTP\/1.1 200 /],
    ['with a body of no known length', request('POST /', 'Transfer-Encoding: chunked'), /^HTTP\/1.1 200 /],
    [
      'that waits to be invited to send a body',
      request('POST /', 'Content-Length: 5', 'Expect: 100-continue'),
      /^HTTP\/1.1 200 /,
    ],
    ['with an oversized head', request('GET /', `X: ${'x'.repeat(20_000)}`), /^HTTP\/1.1 431 |^$/],
    ['with an oversized path', request(`GET /${'x'.repeat(20_000)}`), /^HTTP\/1.1 431 |^$/],
    ['in TLS', '\x16\x03\x01\x00\x04\x01\x00\x00\x00', /^HTTP\/1.1 400 |^$/],
    ['in four letters', 'ruok\r\n\r\n', /^HTTP\/1.1 400 |^$/],
    ['for a tunnel', request('CONNECT x:1'), /^HTTP\/1.1 200 /],
    ['that never ends', 'GET / HTTP/1.1\r\nHost: x\r\nX: ', /^HTTP\/1.1 408 |^$/],
    ['that never begins', '', /^HTTP\/1.1 408 |^$/],
  ])('%s is answered or not, and its connection closed', async (_what, say, answer) => {
    const { port } = await start({ requestTimeoutMs: 100 });
    const heard = await open(port, say).rest;
    expect(heard).toMatch(answer);
    expect(heard.match(/HTTP/g)?.length ?? 0).toBeLessThan(2);
    expect(await get(port)).toMatchObject({ status: 200 });
  });

  it('dripping byte by byte is dropped', async () => {
    const { port } = await start({ requestTimeoutMs: 100 });
    const { socket, rest } = open(port, 'GET / HTTP/1.1\r\nX: ');
    const timer = setInterval(() => socket.write('x'), 10);
    onTestFinished(() => clearInterval(timer));
    expect(await rest).not.toContain('fine');
  });

  it('of any bytes does not end the server', async () => {
    const { port } = await start({ requestTimeoutMs: 100 });
    const bytes = fc.uint8Array({ maxLength: 60, size: 'max' });
    const prefix = fc.constantFrom('', 'GET ', 'GET / HTTP/1.1\r\n', 'POST / HTTP/1.1\r\nContent-Length: ');
    await fc.assert(
      fc.asyncProperty(prefix, bytes, async (start, rest) => {
        const { socket, rest: heard } = open(port, start);
        socket.end(rest);
        await heard;
      }),
      { numRuns: 100 },
    );
    expect(await get(port)).toMatchObject({ status: 200 });
  });
});
