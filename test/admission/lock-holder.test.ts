import { describe, expect, it } from 'vitest';
import { formatHolder, holderWords, type LockHolder, parseHolder } from '../../src/admission/lock-holder.ts';

const holder: LockHolder = {
  host: 'zk-0',
  pid: 7,
  pidNamespace: 'pid:[4026531836]',
  since: '2026-11-25T22:03:07.011Z',
};
const here = { pidNamespace: holder.pidNamespace, isAlive: () => true };

describe('who holds a lock', () => {
  it('is read as it was written', () => expect(parseHolder(formatHolder(holder))).toEqual(holder));

  it.each<[string, Parameters<typeof holderWords>[1], string]>([
    ['in our namespace', here, `started on zk-0 at ${holder.since}, process 7`],
    ['in another', { ...here, pidNamespace: 'pid:[1]' }, `started on zk-0 at ${holder.since}`],
    ['where ours is not known', { ...here, pidNamespace: undefined }, `started on zk-0 at ${holder.since}`],
    [
      'that has ended',
      { ...here, isAlive: () => false },
      `started on zk-0 at ${holder.since}; its process 7 has ended, its JVM still runs`,
    ],
  ])('is told: %s', (_what, sight, words) => expect(holderWords(holder, sight)).toBe(words));

  it.each([
    '',
    'zk-0',
    '[]',
    '{}',
    JSON.stringify({ ...holder, pid: -1 }),
    JSON.stringify({ ...holder, pid: 1.5 }),
    JSON.stringify({ ...holder, host: 'zk\n0' }),
    JSON.stringify({ ...holder, host: '\u001b[2J' }),
    JSON.stringify({ ...holder, host: 'x'.repeat(300) }),
    JSON.stringify({ ...holder, since: '\u202e' }),
  ])('is not known from %j', (text) => {
    expect(parseHolder(text)).toBeUndefined();
    expect(holderWords(parseHolder(text), here)).toBe('its name is not known');
  });
});
