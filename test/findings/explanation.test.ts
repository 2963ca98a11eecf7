import { describe, expect, it } from 'vitest';
import { codes } from '../../src/findings/codes.ts';
import { explainAll, explainCode, reported } from '../../src/findings/explanation.ts';
import { finding } from '../../src/findings/finding.ts';
import { findingCodeList } from '../../src/findings/known-codes.ts';

describe('the explanation of a code', () => {
  it.each(findingCodeList)('%s: severity, meaning, remedy, silencing and link', (code) => {
    const severity = codes[code].severity;
    const { meaning, remedy, link } = codes[code];
    const silencing = severity === 'error' ? 'cannot be silenced' : `ZK_IGNORE_FINDINGS=${code}`;
    const text = explainCode(code);
    for (const part of [`${code} (${severity})`, meaning, remedy, silencing, link])
      expect(text).toContain(part);
  });

  it('lists every code on a line of its own', () => {
    expect(
      explainAll()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    ).toEqual([...findingCodeList]);
  });
});

describe('a finding for machines', () => {
  it('has the same fields always', () => {
    expect(
      Object.keys(reported(finding('ZK-PURGE-001', { subject: 'X', problem: 'is y', remedy: 'set z' }))),
    ).toEqual(['code', 'severity', 'subject', 'problem', 'remedy', 'link']);
  });
});
