import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { signalNames, signalNumber, signalOf, statusOf } from '../../src/lifecycle/signals.ts';

describe.runIf(process.platform === 'linux')('the numbers of signals', () => {
  it.each(Object.entries(constants.signals))('%s is %i, as the system says', (name, number) => {
    expect(signalNumber(name)).toBe(number);
  });
});

it('knows 31 signals', () => {
  expect(signalNames).toHaveLength(31);
});

it('makes no number up', () => {
  expect(signalNumber('SIGRTMIN')).toBe(0);
  expect(statusOf({ signal: '' })).toBe(128);
});

it.each(Array.from({ length: 256 }, (_, status) => status))(
  'status %i is a signal from 129 to 159 only',
  (status) => {
    expect(signalOf({ status })).toBe(status > 128 && status < 160 ? signalNames[status - 129] : undefined);
  },
);
