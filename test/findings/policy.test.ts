import { describe, expect, it } from 'vitest';
import { codes } from '../../src/findings/codes.ts';
import { finding } from '../../src/findings/finding.ts';
import { type FindingCode, findingCodeList } from '../../src/findings/known-codes.ts';
import { underPolicy } from '../../src/findings/policy.ts';
import { findingCodes } from '../../src/settings/rows/findings.ts';

const words = { subject: 'X', problem: 'is y', remedy: 'set z' };
const found = (['ZK-VOLUME-001', 'ZK-PURGE-001', 'ZK-PURGE-002'] as const).map((code) =>
  finding(code, words),
);
const said = (strict: boolean, ...ignoredFindings: FindingCode[]) => {
  const { findings, silenced } = underPolicy(found, { strict, ignoredFindings });
  return [...findings.map(({ code, severity }) => `${severity} ${code}`), silenced];
};

describe('what is said of what was found', () => {
  it.each<[string, unknown[], unknown[]]>([
    [
      'everything as it is',
      said(false),
      ['error ZK-VOLUME-001', 'warning ZK-PURGE-001', 'note ZK-PURGE-002', 0],
    ],
    ['warnings as errors', said(true), ['error ZK-VOLUME-001', 'error ZK-PURGE-001', 'note ZK-PURGE-002', 0]],
    [
      'a silenced warning not at all',
      said(false, 'ZK-PURGE-001'),
      ['error ZK-VOLUME-001', 'note ZK-PURGE-002', 1],
    ],
    [
      'a silenced warning not as an error',
      said(true, 'ZK-PURGE-001'),
      ['error ZK-VOLUME-001', 'note ZK-PURGE-002', 1],
    ],
    [
      'an error whatever is silenced',
      said(true, 'ZK-VOLUME-001', 'ZK-PURGE-002'),
      ['error ZK-VOLUME-001', 'error ZK-PURGE-001', 1],
    ],
  ])('%s', (_, actual, expected) => {
    expect(actual).toEqual(expected);
  });
});

describe('ZK_IGNORE_FINDINGS', () => {
  it('takes codes in any case, once each', () => {
    expect(findingCodes.parse('zk-purge-001, ZK-PURGE-002 ZK-Purge-001')).toEqual({
      ok: true,
      value: ['ZK-PURGE-001', 'ZK-PURGE-002'],
    });
  });

  it.each<[string, RegExp, RegExp]>([
    ['ZK-PURGE-0O1', /names ZK-PURGE-0O1, which is not a code/, /did you mean ZK-PURGE-001\?/],
    ['everything', /names everything, which is not a code/, /check --explain` lists every code/],
    ['ZK-PURGE-001,ZK-VOLUME-001', /names ZK-VOLUME-001, and an error cannot be silenced/, /ZK_CONSENT/],
  ])('refuses %s', (text, problem, remedy) => {
    expect(findingCodes.parse(text)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(problem),
      remedy: expect.stringMatching(remedy),
    });
  });

  it.each(findingCodeList)('%s may be named exactly when it is no error', (code) => {
    expect(findingCodes.parse(code).ok).toBe(codes[code].severity !== 'error');
  });
});
