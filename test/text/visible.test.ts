import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasHidden, visible, visibleJson, visibleLines } from '../../src/text/visible.ts';
import { HIDDEN, nastyInJson } from './nasty.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
);

describe('a text made visible', () => {
  it.each<[string, string]>([
    ['plain', 'plain'],
    ['Grüße, 東京, 😀, a b', 'Grüße, 東京, 😀, a b'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\u001b[31m\u009b\0', '\\x1b[31m\\x9b\\x00'],
    ['\u202e\u2066\u200f\u061c', '\\u{202e}\\u{2066}\\u{200f}\\u{61c}'],
    ['\u200b\ufeff\u00ad', '\\u{200b}\\u{feff}\\xad'],
    ['\ud800', '\\u{d800}'],
    ['C:\\new', 'C:\\new'],
  ])('%j is %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
    expect(hasHidden(text)).toBe(text !== shown);
  });

  it('holds nothing hidden, is no longer than asked, and stays as it is', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, longest) => {
        const shown = visible(text, longest);
        return !hasHidden(shown) && shown.length <= longest && visible(shown, longest) === shown;
      }),
    );
  });

  it('is cut where it is endless, and never within a pair', () => {
    expect(visible('x'.repeat(1_000_000)).length).toBe(16_384);
    expect(visible('abc😀def', 5)).toBe('abc…');
    expect(visible('abcde', 5)).toBe('abcde');
  });

  it('keeps the breaks that are meant', () => {
    expect(visibleLines(['a\nb', 'c'])).toBe('a\\nb\nc');
  });
});

describe('JSON made visible', () => {
  it('says the same, and holds nothing hidden but its own line breaks', () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, anyText), fc.constantFrom(0, 2), (value, indent) => {
        const text = visibleJson(value, indent);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        return !HIDDEN.test(text);
      }),
    );
  });

  it.each(nastyInJson)('of %s', (_what, text) => {
    expect(JSON.parse(visibleJson([text]))).toEqual([text]);
    expect(visibleJson([text], 0)).not.toMatch(/[^\x20-\x7e]/);
  });
});
