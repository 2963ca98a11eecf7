import { describe, expect, it, onTestFinished } from 'vitest';
import { askMarked } from '../../../src/host/network/ask-status.ts';
import { startHealthServer } from '../../../src/host/network/health-server.ts';
import { judgeMarks, marksOf, newNonce } from '../../../src/host/network/peer-marks.ts';

const OLD = '0123456789abcdef0123456789abcdef';
const NEW = 'fedcba9876543210fedcba9876543210';
const body = JSON.stringify({ entrypoint: { myid: 2 }, zookeeper: { mode: 'follower' } });

/** A supervisor that marks what it says, for whatever number; each number that it was sent is kept. */
async function answering(marksFor: (nonce: string) => string | undefined) {
  const nonces: string[] = [];
  const answer = async ({ url }: { url: string }) => {
    const nonce = /nonce=([0-9a-f]+)/.exec(url)?.[1] ?? '';
    nonces.push(nonce);
    const marks = marksFor(nonce);
    return { status: 200, contentType: 'application/json', body, ...(marks === undefined ? {} : { marks }) };
  };
  const server = await startHealthServer({ address: '127.0.0.1', port: 0, answer });
  onTestFinished(() => server.close());
  return { nonces, where: { host: '127.0.0.1', port: server.port, timeoutMs: 5_000 } };
}

const need = (...peerKey: string[]) => ({ peerKey, peerAuth: undefined });

describe('a mark', () => {
  // RFC 2104, as openssl dgst -sha256 -hmac makes it of the same bytes.
  it('is the HMAC-SHA256 of the number and the body', () => {
    expect(marksOf([OLD], '00'.repeat(16), 'x')).toBe(
      'a4b01fffa84b472abfa921bd1a4bc2f8d74b74a180974727daacefad6da12e82',
    );
  });

  it('is right for that number, that body and that key alone', () => {
    const nonce = newNonce();
    const marks = marksOf([OLD], nonce, body);
    expect(judgeMarks([OLD], { nonce, body, marks })).toBe('right');
    expect(judgeMarks([NEW], { nonce, body, marks })).toBe('wrong');
    expect(judgeMarks([OLD], { nonce: newNonce(), body, marks })).toBe('wrong');
    expect(judgeMarks([OLD], { nonce, body: `${body} `, marks })).toBe('wrong');
    expect(judgeMarks([OLD], { nonce, body, marks: marks.slice(1) })).toBe('wrong');
    expect(judgeMarks([OLD], { nonce, body, marks: '' })).toBe('none');
  });

  it.each<[string, string[], string[]]>([
    ['the old key, then both', [OLD], [OLD, NEW]],
    ['both, then the old key', [OLD, NEW], [OLD]],
    ['both, then the new key', [OLD, NEW], [NEW]],
    ['the new key, then both in another order', [NEW], [OLD, NEW]],
  ])('is right between members with %s, as a change of the key has them', (_what, theirs, ours) => {
    const nonce = newNonce();
    expect(judgeMarks(ours, { nonce, body, marks: marksOf(theirs, nonce, body) })).toBe('right');
  });
});

describe('asking for a marked status', () => {
  it('counts what is marked for its own number, which is another one each time', async () => {
    const { nonces, where } = await answering((nonce) => marksOf([OLD], nonce, body));
    for (const _time of [1, 2])
      expect((await askMarked(where, need(OLD))).told).toMatchObject({ mode: 'follower' });
    expect(new Set(nonces).size).toBe(2);
    expect(nonces.every((nonce) => nonce.length === 32)).toBe(true);
  });

  it.each<[string, (nonce: string) => string | undefined, string]>([
    ['no mark', () => undefined, 'none'],
    ['the mark of another key', (nonce) => marksOf([NEW], nonce, body), 'wrong'],
    ['a mark that was heard before', () => marksOf([OLD], '00'.repeat(16), body), 'wrong'],
    ['our own number as the mark', (nonce) => nonce, 'wrong'],
    ['commas', () => ',,,', 'wrong'],
  ])('does not count %s, unless marks are only wanted', async (_what, marksFor, mark) => {
    const { where } = await answering(marksFor);
    expect(await askMarked(where, need(OLD))).toMatchObject({ mark, told: undefined });
    const wanted = await askMarked(where, { peerKey: [OLD], peerAuth: 'want' });
    expect(wanted).toMatchObject({ mark, told: { mode: 'follower' } });
  });

  it('sends no number where there is no key, and counts everything', async () => {
    const { nonces, where } = await answering(() => undefined);
    expect(await askMarked(where, { peerKey: undefined, peerAuth: undefined })).toMatchObject({
      mark: undefined,
      told: { mode: 'follower' },
    });
    expect(nonces).toEqual(['']);
  });
});
