import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSrvr, readSrvr } from '../../../src/zookeeper/four-letter/srvr.ts';
import { answer, answersTo } from '../../health/answers.ts';
import { anyText, mutated } from '../../health/mutations.ts';

const served = answersTo('srvr').filter((name) => !name.includes('no-quorum'));

describe('srvr', () => {
  it.each(served)('reads the version and mode of %s', (name) => {
    const [, version, mode] = /^([\d.]+)-(.+)-srvr$/.exec(name) ?? [];
    expect(parseSrvr(answer(name))).toMatchObject({ serving: true, version, mode });
  });

  it('reads every field', () => {
    expect(parseSrvr(answer('3.8.0-follower-srvr'))).toEqual({
      serving: true,
      mode: 'follower',
      version: '3.8.0',
      latencyMs: { min: 0, avg: 4.0238, max: 19 },
      received: 46,
      sent: 45,
      connections: 1,
      outstanding: 0,
      zxid: '0x100000016',
      nodeCount: 25,
    });
  });

  it.each(['3.4.13', '3.8.0', '3.9.6'])('knows %s without a quorum', (version) => {
    expect(parseSrvr(answer(`${version}-no-quorum-srvr`))).toMatchObject({
      serving: false,
      cause: 'no-quorum',
    });
  });

  it.each([
    ['a refusal by the whitelist', 'srvr is not executed because it is not in the whitelist.\n', 'whitelist'],
    ['an empty text', '', 'unrecognised'],
    ['imok', 'imok', 'unrecognised'],
    ['a mode that is none', 'Mode: \x1b[31m\n', 'unrecognised'],
    ['a mode inside a line', 'not a Mode: leader\n', 'unrecognised'],
  ])('does not take %s for serving', (_what, text, cause) => {
    expect(parseSrvr(text)).toMatchObject({ serving: false, cause });
  });

  it('tells an exchange that failed in words', () => {
    const srvr = readSrvr({ kind: 'too-long', bytes: 9, received: 'x', tookMs: 1 });
    expect(srvr).toMatchObject({
      serving: false,
      cause: 'no-answer',
      sentence: expect.stringContaining('answer to srvr'),
    });
  });

  it('leaves out a field that is mutilated and keeps the rest', () => {
    const srvr = parseSrvr(answer('3.9.6-leader-srvr').replace('Zxid: 0x', 'Zxid: '));
    expect(srvr).toMatchObject({ mode: 'leader', connections: 1 });
    expect(srvr).not.toHaveProperty('zxid');
  });

  it('survives any bytes and any mutation', () => {
    const real = answersTo('srvr').map(answer);
    fc.assert(
      fc.property(fc.oneof(anyText(), mutated(real)), (text) => {
        const srvr = parseSrvr(text);
        return srvr.serving ? /^[a-z-]+$/.test(srvr.mode) : /^[\x20-\x7e]+$/.test(srvr.sentence);
      }),
      { numRuns: 10_000 },
    );
  });
});
