import { expect, it } from 'vitest';
import { transactionsBehind } from '../../src/ensemble-status/survey.ts';

it.each([
  ['0x100000007', '0x100000007', 0],
  ['0x100000007', '0x100000003', 4],
  ['0x100000003', '0x100000007', 0],
  ['0x200000000', '0x1000000ff', undefined],
  ['0xffffffff00000010', '0xffffffff00000001', 15],
  [undefined, '0x1', undefined],
  ['0x1', undefined, undefined],
])('from %s to %s it is %s transactions', (first, second, lag) => {
  expect(transactionsBehind(first, second)).toBe(lag);
});
