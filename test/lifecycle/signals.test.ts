import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { signalName, signalNames, signalNumber, signalOf, statusOf } from '../../src/lifecycle/signals.ts';

describe.runIf(process.platform === 'linux')('the numbers of signals', () => {
  it.each(Object.entries(constants.signals))('%s is %i, as the system says', (name, number) => {
    expect(signalNumber(name)).toBe(number);
  });
});

it('knows 31 signals', () => {
  expect(signalNames).toHaveLength(31);
});

it.each([32, 34, 64])('signal %i, which has no name, keeps its number', (number) => {
  const signal = signalName(number) as string;
  expect([signal, statusOf({ signal })]).toEqual([`signal ${number}`, 128 + number]);
});

it.each([0, -1, 65, Number.NaN])('%d is no signal', (number) => {
  expect(signalName(number)).toBeUndefined();
});

it('makes no number up', () => {
  expect(signalNumber('SIGRTMIN')).toBe(0);
  expect(statusOf({ signal: '' })).toBe(128);
});

it.each(Array.from({ length: 256 }, (_, status) => status))(
  'status %i is a signal from 129 to 192 only',
  (status) => {
    const number = status - 128;
    const name = number > 31 ? `signal ${number}` : signalNames[number - 1];
    expect(signalOf({ status })).toBe(number > 0 && number <= 64 ? name : undefined);
  },
);
