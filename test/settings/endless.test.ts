import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/settings/read.ts';

/** More than any kernel takes as one variable, as a file that NAME_FILE names may be. */
const TIMES = 500_000;
const LONG_MS = 10_000;

function read(name: string, text: string) {
  const variables = { ZK_REPLICAS: '1', [`${name}_FILE`]: '/endless' };
  const files = new Map([['/endless', { ok: true, text } as const]]);
  return readSettings({ variables, files, memory: { memoryBytes: 1e9, memoryIs: 'limit' } });
}

describe('an endless list ends in one error of bounded length', () => {
  it.each<[string, string, string]>([
    ['ZK_IGNORE_FINDINGS', 'a word that is no code', 'nonsense,'],
    ['ZK_IGNORE_FINDINGS', 'a code that is nearly one', 'ZK-PURGE-0O1,'],
    ['ZK_IGNORE_FINDINGS', 'an error', 'ZK-VOLUME-001,'],
    ['ZK_IGNORE_FINDINGS', 'one word without an end', 'ZK-PURGE-001'],
    ['ZK_4LW_WHITELIST', 'a word that is none', 'nope,'],
    ['ZK_4LW_WHITELIST', 'one word without an end', 'ruok'],
    ['ZK_CONSENT', 'what is no consent', 'yes,'],
    ['ZK_CONSENT', 'one word without an end', 'shrink:zk-0:'],
  ])('%s of %s', { timeout: LONG_MS }, (name, _what, words) => {
    const { findings } = read(name, words.repeat(TIMES));
    expect(findings.map(({ code, subject }) => `${code} ${subject}`)).toEqual([`ZK-SETTING-001 ${name}`]);
    const [{ problem, remedy } = { problem: '', remedy: '' }] = findings;
    expect(problem.length + remedy.length).toBeLessThan(1_500);
  });

  it.each<[string, string]>([
    ['five words and no more', Array.from({ length: 1_000 }, (_, place) => `no-code-${place}`).join()],
    ['each word once', 'one,two,'.repeat(TIMES)],
  ])('names %s', { timeout: LONG_MS }, (_what, text) => {
    const [{ problem } = { problem: '' }] = read('ZK_IGNORE_FINDINGS', text).findings;
    expect(
      (/ names (.*), which is not a code/.exec(problem)?.[1] ?? '').split(', ').length,
    ).toBeLessThanOrEqual(6);
  });
});

describe('a list that repeats itself', () => {
  it.each<[string, string, 'fourLetterWords' | 'ignoredFindings', string[]]>([
    ['ZK_4LW_WHITELIST', 'ruok,srvr,', 'fourLetterWords', ['ruok', 'srvr']],
    ['ZK_IGNORE_FINDINGS', 'ZK-PURGE-001 zk-purge-002 ', 'ignoredFindings', ['ZK-PURGE-001', 'ZK-PURGE-002']],
  ])('%s of %s is each word once', { timeout: LONG_MS }, (name, words, key, expected) => {
    const { findings, settings } = read(name, words.repeat(TIMES));
    expect(findings).toEqual([]);
    expect(settings[key]).toEqual(expected);
  });
});
