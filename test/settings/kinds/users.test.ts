import { describe, expect, it } from 'vitest';
import { passwordProblem, principal, superDigest, users } from '../../../src/settings/kinds/users.ts';

describe('a password', () => {
  it.each([
    ['', 'is empty'],
    ['short', 'has 5 characters, fewer than 8'],
    ['aaaaaaaabbbb', 'has fewer than 5 different characters'],
    [' leading-blank', 'begins or ends with a blank'],
    ['two\nlines-of-it', 'holds a line break or control character'],
    ['password123', 'is one of the words that are tried first'],
    ['--ChangeMe!!', 'is one of the words that are tried first'],
    ['zookeeper-2181', 'is one of the words that are tried first'],
    ['has${home}inside', 'holds ${, which a JAAS file would replace'],
    ['alice-1234', 'is little more than the name of the user'],
  ])('%j %s', (text, problem) => {
    expect(passwordProblem(text, 'alice')).toBe(problem);
  });

  it.each(['qwertz1234$%', 'my password is long', 'x"y\\z {};=#1', '✓ äöü ß 12'])('%j is taken', (text) => {
    expect(passwordProblem(text, 'alice')).toBeUndefined();
  });
});

describe('a list of users', () => {
  it('has a user a line, and what is behind the first colon is the password', () => {
    expect(users.parse('# who\nalice:pass:with:colons1\r\n\nbob: blank-first-1')).toEqual({
      ok: false,
      problem: 'has line 4 with a password for bob that begins or ends with a blank',
      remedy: 'make a random one, for example with: openssl rand -base64 24',
    });
    expect(users.parse('# who\nalice:pass:with:colons1\r\n')).toEqual({
      ok: true,
      value: [{ name: 'alice', password: 'pass:with:colons1' }],
    });
  });

  it.each([
    ['', 'names no user'],
    ['# nobody', 'names no user'],
    ['alice', 'has line 1 without a colon'],
    ['al"ice:good-enough-1', 'has line 1 with something that is not the name of a user'],
    ['alice:good-enough-1\nalice:good-enough-2', 'names the user alice twice'],
    ['alice:weak', 'has line 1 with a password for alice that has 4 characters, fewer than 8'],
  ])('%j %s', (text, problem) => {
    expect(users.parse(text)).toMatchObject({ ok: false, problem });
  });

  it('says nothing of a password that it refuses', () => {
    for (const text of ['alice:s3cr3t', 'no-colon-s3cr3t', 'a b:s3cr3t-s3cr3t'])
      expect(JSON.stringify(users.parse(text))).not.toContain('s3cr3t');
  });
});

describe('other words of logins', () => {
  it('are told from those that are none', () => {
    expect(superDigest.parse('super:UdxDQl4f9v5oITwcAsO9bmWgHSI=').ok).toBe(true);
    for (const wrong of ['super:', 'super:abc', 'admin:UdxDQl4f9v5oITwcAsO9bmWgHSI=', 'password'])
      expect(superDigest.parse(wrong).ok).toBe(false);
    for (const right of ['zookeeper/_HOST', 'zookeeper/_HOST@EXAMPLE.COM', 'zk/zk-0.zk@E'])
      expect(principal.parse(right).ok).toBe(true);
    for (const wrong of ['zookeeper', 'zookeeper/', 'a/b/c', 'zk/"x"@E', 'zk/h@'])
      expect(principal.parse(wrong).ok).toBe(false);
  });
});
