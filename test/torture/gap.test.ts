import { expect, it } from 'vitest';
import { tellsOfGap } from '../../scripts/torture/stage/gap.ts';

it('knows a gap by the words of the server that met it, and takes no other failure for one', () => {
  const line = (text: string) => `2026-01-01 00:00:00,000 [myid:2] - ERROR [main:ZKDatabase@340] - ${text}\n`;
  expect(
    tellsOfGap(
      line('Committed proposal cached out of order: 0x77000004aa is not the next proposal of 0x77000004a2'),
    ),
  ).toBe(true);
  expect(tellsOfGap(line('Unable to load database on disk'))).toBe(false);
  expect(tellsOfGap('')).toBe(false);
});
