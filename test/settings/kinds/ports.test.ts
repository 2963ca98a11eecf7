import { describe, expect, it } from 'vitest';
import { ports } from '../../../src/settings/kinds/numbers.ts';

describe('ports', () => {
  it.each([
    ['9141', [9141]],
    ['9141,7000', [9141, 7000]],
    [' 9141  7000 ', [9141, 7000]],
  ])('%j is %j', (text, value) => {
    expect(ports().parse(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['metrics', 'names metrics, which is not a port'],
    ['9141,0,70000', 'names 0, 70000, which is not a port'],
    ['9141,-1', 'names -1, which is not a port'],
    ['9141,0x10', 'names 0x10, which is not a port'],
    ['7000,9141,7000', 'names 7000 twice'],
    [',', 'names 0 ports'],
    ['1,2,3,4,5,6,7,8,9', 'names 9 ports'],
  ])('%j is refused', (text, problem) => {
    expect(ports().parse(text)).toMatchObject({ ok: false, problem });
  });
});
