import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMntr } from '../../../src/zookeeper/four-letter/mntr.ts';
import { answer, answersTo } from '../../health/answers.ts';
import { anyText, mutated } from '../../health/mutations.ts';

describe('mntr', () => {
  it.each([
    ['3.4.13-leader-mntr', 22],
    ['3.8.0-leader-mntr', 556],
    ['3.9.6-leader-mntr', 512],
  ])('reads every line of %s', (name, lines) => {
    expect(parseMntr(answer(name)).size).toBe(answer(name).trimEnd().split('\n').length);
    expect(parseMntr(answer(name)).size).toBeGreaterThan(lines * 0.9);
  });

  it.each([
    ['a number', 'zk_znode_count', '25'],
    ['a text with blanks', 'zk_peer_state', 'leading - broadcast'],
    ['the version', 'zk_version', '3.8.0-${mvngit.commit.id}, built on 2024-12-29 17:54 UTC'],
  ])('keeps %s as it is', (_what, key, value) => {
    expect(parseMntr(answer('3.8.0-leader-mntr')).get(key)).toBe(value);
  });

  it.each([
    ['a server without a quorum', answer('3.9.6-no-quorum-mntr')],
    ['a refusal by the whitelist', answer('3.9.6-refused-mntr')],
    ['nothing', ''],
    ['a key without a value', 'zk_znode_count\n'],
    ['a key of another program', 'redis_version\t7\n'],
    ['a key with nothing behind the prefix', 'zk_\t7\n__proto__\t1\n'],
  ])('finds nothing in the answer of %s', (_what, text) => {
    expect([...parseMntr(text)]).toEqual([]);
  });

  it('survives any bytes and any mutation', () => {
    const real = answersTo('mntr')
      .filter((name) => name.startsWith('3.4'))
      .map(answer);
    fc.assert(
      fc.property(fc.oneof(anyText(), mutated(real)), (text) => {
        return [...parseMntr(text)].every(
          ([key, value]) => key.startsWith('zk_') && !/[\t\n]/.test(key) && !value.includes('\n'),
        );
      }),
      { numRuns: 10_000 },
    );
  });
});
