import { expect, it } from 'vitest';
import { formatSpan } from '../../src/text/span.ts';

it.each([
  [-5, '0 ms'],
  [0, '0 ms'],
  [0.6, '1 ms'],
  [999, '999 ms'],
  [1_000, '1 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [303_000, '5 min 3 s'],
  [3_600_000, '1 h'],
  [11_520_000, '3 h 12 min'],
  [3_605_000, '1 h'],
  [187_200_000, '2 d 4 h'],
  [8_640_000_000, '100 d'],
])('%d ms is %s', (ms, text) => {
  expect(formatSpan(ms)).toBe(text);
});
