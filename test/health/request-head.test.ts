import { describe, expect, it } from 'vitest';
import { LONGEST_HEAD_BYTES, readRequestHead } from '../../src/health/request-head.ts';

const request = (url: string, method = 'GET') => ({ kind: 'request', method, url });
const refused = (status: number) => ({ kind: 'refused', status });
const more = { kind: 'more' };

describe('the head of a request', () => {
  it.each([
    ['HTTP/1.1', 'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n', request('/livez')],
    ['HTTP/1.0', 'HEAD /readyz HTTP/1.0\r\n\r\n', request('/readyz', 'HEAD')],
    ['with line feeds alone', 'GET /livez HTTP/1.1\nHost: x\n\n', request('/livez')],
    ['and what follows', 'GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n', request('/a')],
    [
      'in the absolute form',
      'GET http://zk-0:8090/livez?verbose HTTP/1.1\r\n\r\n',
      request('/livez?verbose'),
    ],
    ['in the absolute form without a path', 'GET http://[::1]:8090 HTTP/1.1\r\n\r\n', request('/')],
    ['in the form of an authority', 'CONNECT x:1 HTTP/1.1\r\n\r\n', request('x:1', 'CONNECT')],
    ['that has not come', '', more],
    ['that has half come', 'GE', more],
    ['without its end', 'GET /livez HTTP/1.1\r\nHost: x\r\n', more],
    ['in TLS', '\x16\x03\x01\x02\x00\x01', refused(400)],
    ['in four letters', 'ruok', refused(400)],
    ['in HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', refused(400)],
    ['with a space in its path', 'GET /a b HTTP/1.1\r\n\r\n', refused(400)],
    ['with a control character in its path', 'GET /a\x1b[2J HTTP/1.1\r\n\r\n', refused(400)],
    ['with a word that is too long', `${'G'.repeat(30)} / HTTP/1.1\r\n\r\n`, refused(400)],
    ['that is too long', `GET /${'x'.repeat(LONGEST_HEAD_BYTES)} HTTP/1.1\r\n\r\n`, refused(431)],
    ['that never ends', `GET / HTTP/1.1\r\nX: ${'x'.repeat(LONGEST_HEAD_BYTES)}`, refused(431)],
    ['before a long body', `POST / HTTP/1.1\r\n\r\n${'x'.repeat(60_000)}`, request('/', 'POST')],
  ])('%s', (_what, text, head) => {
    expect(readRequestHead(text)).toEqual(head);
  });

  it('may come byte by byte', () => {
    const text = 'GET /livez HTTP/1.1\r\nHost: x\r\n\r\n';
    const kinds = Array.from(
      { length: text.length },
      (_, bytes) => readRequestHead(text.slice(0, bytes)).kind,
    );
    expect(new Set(kinds)).toEqual(new Set(['more']));
  });
});
