import { describe, expect, it } from 'vitest';
import { peerKeys } from '../../../src/settings/kinds/peer-keys.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const OTHER = 'fedcba9876543210fedcba9876543210';

describe('the key of the members', () => {
  it.each<[string, string, readonly string[]]>([
    ['one', KEY, [KEY]],
    ['one with the line break of a file', `${KEY}\n`, [KEY]],
    ['two while it is changed', `${KEY}\r\n\n ${OTHER} \n`, [KEY, OTHER]],
    ['Base64', `${KEY.slice(0, 30)}+/==`, [`${KEY.slice(0, 30)}+/==`]],
  ])('is %s', (_what, text, value) => {
    expect(peerKeys.parse(text)).toEqual({ ok: true, value });
  });

  it.each<[string, string, RegExp]>([
    ['one that is too short', KEY.slice(1), /^holds a key of 31 signs, 32 are needed$/],
    ['a second one that is too short', `${KEY}\nshort`, /^holds a key of 5 signs/],
    ['one that can be guessed', 'password'.slice(0, 1).repeat(64), /^holds a key of few different signs/],
    ['one with a blank', `${KEY} ${KEY}`, /^holds a key with a blank/],
    ['one that is no ASCII', `${KEY}é`, /not ASCII$/],
    ['three', `${KEY}\n${OTHER}\n${KEY}x`, /^holds 3 keys/],
    ['one twice', `${KEY}\n${KEY}`, /one of them twice$/],
  ])('is not %s', (_what, text, problem) => {
    const read = peerKeys.parse(text);
    expect(read).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
    // Nothing of it is told.
    expect(JSON.stringify(read)).not.toMatch(/0123|password|short"/);
  });
});
