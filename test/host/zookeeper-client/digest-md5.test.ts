import { describe, expect, it } from 'vitest';
import { answerChallenge } from '../../../src/host/zookeeper-client/digest-md5.ts';

describe('the answer to a challenge of DIGEST-MD5', () => {
  // RFC 2831, 4: its password is not one that this program would take for a user of its own.
  it('is the one of the standard', () => {
    const challenge =
      'realm="elwood.innosoft.com",nonce="OA6MG9tEQGm2hh",qop="auth",algorithm=md5-sess,charset=utf-8';
    const answer = answerChallenge(
      challenge,
      { name: 'chris', password: 'secret' },
      { cnonce: 'OA6MHXh6VqTrRk', uri: 'imap/elwood.innosoft.com' },
    );
    expect(answer?.response).toContain('response=d388dad90d4bbd760a152321f2143af7');
    expect(answer?.response).toContain('username="chris",realm="elwood.innosoft.com"');
    expect(answer?.expected).toBe('rspauth=ea40f60335c427b5527b84dbabcdfffd');
  });

  it('is none where nothing is asked', () => {
    const user = { name: 'chris', password: 'secret' };
    for (const challenge of ['', 'rspauth=1', 'nonce=unquoted', '\0'])
      expect(answerChallenge(challenge, user, { cnonce: 'x' })).toBeUndefined();
  });
});
