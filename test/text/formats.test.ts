import { describe, expect, it } from 'vitest';
import { inColumns } from '../../src/text/columns.ts';
import { counted, formatMode } from '../../src/text/numbers.ts';
import { formatSize } from '../../src/text/size.ts';

describe('a number of bytes', () => {
  it.each([
    [0, '0 bytes'],
    [1_023, '1023 bytes'],
    [1_024, '1 KiB'],
    [1_536 * 1_024, '1.5 MiB'],
    [384 * 2 ** 20, '384 MiB'],
    [123.4 * 2 ** 20, '123 MiB'],
    [3 * 2 ** 30, '3 GiB'],
  ])('%i is %s', (bytes, text) => expect(formatSize(bytes)).toBe(text));
});

describe('a count', () => {
  it.each([
    [0, '0 pods'],
    [1, '1 pod'],
    [2, '2 pods'],
  ])('of %i is %s', (count, text) => expect(counted(count, 'pod')).toBe(text));
});

it('permission bits are written as chmod takes them, without the type of the file', () => {
  expect(formatMode(0o100644)).toBe('0644');
});

describe('columns', () => {
  it('stand below each other, and the last one is not padded', () => {
    expect(
      inColumns([
        ['a', 'b', 'c'],
        ['long', '', 'x'],
      ]),
    ).toEqual(['a     b  c', 'long     x']);
  });

  it('are at most as wide as asked: a wider cell pushes the rest of its own line', () => {
    expect(
      inColumns(
        [
          ['abcdef', 'x'],
          ['a', 'x'],
        ],
        3,
      ),
    ).toEqual(['abcdef  x', 'a    x']);
  });
});
