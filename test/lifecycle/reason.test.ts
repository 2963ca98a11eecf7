import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonLine, terminationMessage } from '../../src/lifecycle/reason.ts';
import type { Reason } from '../../src/lifecycle/state.ts';

const bare: Reason = { what: 'ZooKeeper ended', status: 3 };

describe('the line of a reason', () => {
  it.each<[Reason, string]>([
    [bare, 'ZooKeeper ended, status 3'],
    [{ ...bare, servingMs: 11_520_000 }, 'ZooKeeper ended after serving 3 h 12 min, status 3'],
    [{ ...bare, meaning: 'no room', remedy: 'make room' }, 'ZooKeeper ended, status 3: no room: make room'],
    [{ ...bare, meaning: '' }, 'ZooKeeper ended, status 3'],
    [
      { ...bare, meaning: 'two\nlines\r\n\u001b[31mred' },
      'ZooKeeper ended, status 3: two\\nlines\\r\\n\\x1b[31mred',
    ],
  ])('%j', (reason, line) => {
    expect(reasonLine(reason)).toBe(line);
  });
});

describe('the termination message', () => {
  const about = (meaning: string): Reason => ({ ...bare, meaning });
  const start = 'ZooKeeper ended, status 3: '.length;

  it('is the line where that is short enough', () => {
    expect(terminationMessage(about('äöü€😀'))).toBe(reasonLine(about('äöü€😀')));
  });

  it('is at most 4,096 bytes unless told otherwise', () => {
    expect(terminationMessage(about('x'.repeat(10_000)))).toHaveLength(4_096);
  });

  it.each([
    ['ä', 1, ''],
    ['ä', 2, 'ä'],
    ['€', 2, ''],
    ['€', 3, '€'],
    ['😀', 3, ''],
    ['😀', 4, '😀'],
    ['xä', 2, 'x'],
  ])('%s cut to %i bytes more is %j', (meaning, bytes, left) => {
    // The line's own blank before the meaning goes with a meaning that is cut away whole.
    expect(terminationMessage(about(meaning), start + bytes)).toBe(`ZooKeeper ended, status 3: ${left}`);
  });

  it('of no bytes is empty', () => {
    expect(terminationMessage(bare, 0)).toBe('');
  });

  it('is a whole-character beginning of the line, as long as fits, whatever the text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(text, fc.nat(300), (meaning, maxBytes) => {
        const message = terminationMessage(about(meaning), maxBytes);
        const line = reasonLine(about(meaning)).toWellFormed();
        const bytes = Buffer.byteLength(message);
        const following = [...line.slice(message.length)][0] ?? '';
        expect(line.startsWith(message)).toBe(true);
        expect(bytes).toBeLessThanOrEqual(maxBytes);
        expect(following === '' || bytes + Buffer.byteLength(following) > maxBytes).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
