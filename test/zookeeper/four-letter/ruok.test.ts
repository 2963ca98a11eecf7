import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../src/zookeeper/four-letter/exchange.ts';
import { isAlive, judgeRuok } from '../../../src/zookeeper/four-letter/ruok.ts';
import { answer, answersTo } from '../../health/answers.ts';
import { anyText } from '../../health/mutations.ts';

const tookMs = 1;

function said(text: string): Exchange {
  return { kind: 'answer', text, tookMs };
}

function timeout(stage: 'connect' | 'answer', received = ''): Exchange {
  return { kind: 'timeout', stage, timeoutMs: 3_000, received, tookMs: 3_000 };
}

const badly: [what: string, exchange: Exchange, cause: string, words: string][] = [
  ['a refusal by the whitelist', said(answer('3.9.6-refused-ruok')), 'whitelist', 'ZK_4LW_WHITELIST'],
  ['nothing on the port', { kind: 'refused', tookMs }, 'nothing-listens', 'nothing listens'],
  ['no route', { kind: 'unreachable', code: 'EHOSTUNREACH', tookMs }, 'unreachable', 'EHOSTUNREACH'],
  ['no socket left', { kind: 'no-socket', code: 'EMFILE', tookMs }, 'no-socket', 'EMFILE'],
  ['a connection that never stands', timeout('connect'), 'connect-timeout', 'within 3000 ms'],
  ['a frozen JVM', timeout('answer'), 'frozen', 'paused or frozen'],
  ['a dripping answer', timeout('answer', 'im'), 'half-answer', 'only "im" came within 3000 ms'],
  ['an HTTP server that keeps the line', timeout('answer', 'HTTP/1.1 400 '), 'http', 'AdminServer'],
  ['a TLS alert', said('\x15\x03\x03\x00\x02\x02\x32'), 'tls', 'TLS'],
  ['a port found to speak TLS', { kind: 'tls', tookMs }, 'tls', 'TLS'],
  ['an HTTP server', said('HTTP/1.1 400 Bad Request\r\n\r\n'), 'http', 'ZK_ADMIN_PORT'],
  ['a long HTTP page', { kind: 'too-long', bytes: 8, received: 'HTTP/1.1', tookMs }, 'http', 'HTTP'],
  ['a megabyte', { kind: 'too-long', bytes: 1_024, received: 'xxx', tookMs }, 'too-long', '1024 bytes'],
  ['another program', said('SSH-2.0-OpenSSH\r\n'), 'wrong-answer', '"SSH-2.0-OpenSSH??"'],
  ['imok and more', said('imok\n'), 'wrong-answer', '"imok?"'],
  ['IMOK', said('IMOK'), 'wrong-answer', '"IMOK"'],
  ['half an answer', said('imo'), 'half-answer', 'only "imo" came'],
  ['a reset', { kind: 'reset', received: '', tookMs }, 'reset', 'reset without an answer'],
  ['a reset in the answer', { kind: 'reset', received: 'im', tookMs }, 'reset', 'only "im" came before'],
  ['closed without a byte', { kind: 'empty', tookMs }, 'cut-off', 'ZK_MAX_CLIENT_CNXNS'],
];

describe('ruok', () => {
  it('is well with the four bytes imok', () => {
    expect(judgeRuok(said('imok'))).toEqual({ ok: true });
  });

  it.each(badly)('is not well with %s', (_what, exchange, cause, words) => {
    const verdict = judgeRuok(exchange);
    expect(verdict).toMatchObject({ ok: false, cause });
    expect(verdict).toHaveProperty('sentence', expect.stringContaining(words));
  });

  it.each(badly)('says in one line what to do about %s', (_what, exchange) => {
    expect(judgeRuok(exchange)).toHaveProperty('sentence', expect.stringMatching(/^[^\n]{20,230}[^.\n]$/));
    expect(judgeRuok(exchange)).toHaveProperty('sentence', expect.stringMatching(/[;:(] ?\w/));
  });

  it('shows all the same that a server runs, which closes connections, refuses the word or wants TLS', () => {
    const alive = badly.filter(([, exchange]) => isAlive(judgeRuok(exchange))).map(([what]) => what);
    expect(alive).toEqual([
      'a refusal by the whitelist',
      'a TLS alert',
      'a port found to speak TLS',
      'half an answer',
      'a reset',
      'a reset in the answer',
      'closed without a byte',
    ]);
    expect(isAlive({ ok: true })).toBe(true);
  });

  it.each(answersTo('ruok'))('knows the refusal of %s', (name) => {
    expect(judgeRuok(said(answer(name)))).toMatchObject({ cause: 'whitelist' });
  });

  it('shows at most forty characters of a stranger, all printable', () => {
    const verdict = judgeRuok(said(`\x1b[31m${'é'.repeat(100)}`));
    expect(verdict).toHaveProperty('sentence', expect.stringContaining(`"?[31m${'?'.repeat(35)}"...`));
  });

  it('survives any bytes and shows none that is not printable', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const verdict = judgeRuok(said(text));
        if (text === 'imok') return verdict.ok;
        return !verdict.ok && /^[\x20-\x7e]+$/.test(verdict.sentence);
      }),
      { numRuns: 10_000 },
    );
  });
});
