import { describe, expect, it } from 'vitest';
import { type ConsentState, consentFor, consentsIn, howToConsent } from '../../src/admission/consent.ts';
import { shortDigest } from '../../src/host/volume/record-file.ts';
import { consentKinds } from '../../src/settings/kinds/consent-list.ts';
import { refusals } from '../../src/volume/refusable.ts';

const state: ConsentState = {
  pod: 'zk-2',
  id: 3,
  ensemble: 'zk (zk-headless.default)',
  record: '{"format":1}\n',
  volume: '131:1700000000000',
  digest: shortDigest,
};
const token = (more: Partial<ConsentState> = {}, kind: (typeof consentKinds)[number] = 'empty-volume') =>
  consentFor(kind, { ...state, ...more }).token;

describe('a token', () => {
  it.each<[string, Partial<ConsentState>]>([
    ['another pod', { pod: 'zk-1' }],
    ['another id', { id: 2 }],
    ['another ensemble', { ensemble: 'zk (other)' }],
    ['a record that has changed', { record: '{"format":1,"consents":[]}\n' }],
    ['another volume', { volume: '132:1700000000000' }],
  ])('is another one for %s', (_what, more) => {
    expect(token(more)).not.toBe(token());
  });

  it('is the same for the same state, and another for each kind', () => {
    expect(token()).toBe(token());
    expect(new Set(consentKinds.map((kind) => token({}, kind))).size).toBe(consentKinds.length);
  });

  it('is said as it is to be given', () => {
    expect(howToConsent(consentFor('shrink', state))).toMatch(/ZK_CONSENT=shrink:zk-2:[0-9a-f]{8}$/);
  });
});

describe('given consents', () => {
  const given = [consentFor('downgrade', state), { ...consentFor('shrink', state), pod: 'zk-1' }];

  it('are used by what asks for them, and by nothing else', () => {
    const asked = (['trust-empty-snapshots', 'shrink', 'downgrade', 'downgrade'] as const).map(
      (kind) =>
        ({ kind, code: 'ZK-VOLUME-014', subject: '/data', problem: 'is newer', remedy: 'wait' }) as const,
    );
    const { findings, used } = refusals(asked, consentsIn(state, given));
    expect(findings.map(({ code }) => code)).toEqual([
      'ZK-VOLUME-014',
      'ZK-VOLUME-014',
      'ZK-VOLUME-029',
      'ZK-VOLUME-029',
    ]);
    expect(used).toEqual(['downgrade']);
    expect(findings[0]?.remedy).toMatch(/^wait; to continue anyway/);
  });

  it('are none, and no way to give one is told, where nobody may consent', () => {
    const asked = {
      kind: 'shrink',
      code: 'ZK-VOLUME-025',
      subject: '/d',
      problem: 'p',
      remedy: 'r',
    } as const;
    expect(refusals([asked], undefined)).toMatchObject({ findings: [{ remedy: 'r' }], used: [] });
  });

  it('fit no more once the record has changed', () => {
    expect(consentsIn({ ...state, record: '' }, given).isGiven('downgrade')).toBe(false);
  });
});
