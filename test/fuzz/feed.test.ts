import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMntr } from '../../src/zookeeper/four-letter/mntr.ts';
import { feed } from './feed.ts';

// Without these, readers that crash, hang or hoard would pass as well as the real ones.
describe('feeding', () => {
  const inputs = fc.string({ maxLength: 40 });

  it('catches a reader that crashes, and says on which input', () => {
    const read = (text: string) => {
      if (text.startsWith('zk')) throw new Error('crashed');
    };
    const near = fc.oneof(inputs, fc.constant('zk_'));
    expect(() => feed({ inputs: near, read, seed: 1 })).toThrow(/^input \d+ of seed 1: "zk_": crashed$/);
  });

  it('catches a reader that loops for ever', () => {
    const read = (text: string) => {
      for (let at = 0; at < text.length; ) at += text[at] === 'q' ? 0 : 1;
    };
    expect(() => feed({ inputs, read, hangMs: 300 })).toThrow(/Script execution timed out/);
  });

  it('catches a regular expression that backtracks', () => {
    const hostile = fc.nat(60).map((length) => `${'a'.repeat(length)}!`);
    const read = (text: string) => /^(a+)+$/.test(text);
    expect(() => feed({ inputs: hostile, read, hangMs: 300 })).toThrow(/Script execution timed out/);
  });

  it('catches a reader that keeps what it has read', () => {
    const kept: string[] = [];
    const read = (text: string) => kept.push(text.padEnd(1_000, String(kept.length)));
    expect(() => feed({ inputs, read })).toThrow(/bytes more$/);
  });

  it('lets a reader that does none of it pass', () => {
    expect(() => feed({ inputs, read: parseMntr })).not.toThrow();
  });
});
