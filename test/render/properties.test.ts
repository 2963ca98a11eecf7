import { parseLines } from 'dot-properties';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyLine } from '../../src/render/properties.ts';

/** Any text at all, lone surrogates and line ends of every kind among it. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\n', '\r', '\\', '=', ':', '#', '!', ' ', '\t', '\u2028'),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
});

describe('propertyLine', () => {
  it.each([
    ['dataDir', '/data', 'dataDir=/data'],
    ['key', 'a\\b', 'key=a\\\\b'],
    ['key', 'a\nserver.1=evil', 'key=a\\nserver.1=evil'],
    ['key', 'ends with \\', 'key=ends with \\\\'],
    ['key', ' blank first', 'key=\\ blank first'],
    ['key', 'täglich', 'key=t\\u00e4glich'],
    ['a key', 'b', 'a\\ key=b'],
    ['a=b', 'c', 'a\\=b=c'],
  ])('%j %j', (key, value, line) => {
    expect(propertyLine(key, value)).toBe(line);
  });

  it('is read back as the one key and value it was made from', () => {
    fc.assert(
      fc.property(
        anyText.filter((key) => key !== ''),
        anyText,
        (key, value) => {
          const lines = parseLines(`before=1\n${propertyLine(key, value)}\nafter=2\n`);
          expect(lines).toEqual([
            ['before', '1'],
            [key, value],
            ['after', '2'],
          ]);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('holds nothing but printable ASCII, which any encoding reads alike', () => {
    fc.assert(fc.property(anyText, anyText, (key, value) => /^[\x20-\x7e]*$/.test(propertyLine(key, value))));
  });
});
