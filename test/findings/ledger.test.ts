import { describe, expect, it } from 'vitest';
import { type Finding, finding } from '../../src/findings/finding.ts';
import { Ledger } from '../../src/findings/ledger.ts';
import type { FindingPolicy } from '../../src/findings/policy.ts';

const ABOUT = { subject: 'x', problem: 'is y', remedy: 'do z' };
const error = finding('ZK-VOLUME-001', ABOUT);
const warning = finding('ZK-PEER-005', ABOUT);
const note = finding('ZK-VOLUME-030', ABOUT);
const USUAL: FindingPolicy = { strict: false, ignoredFindings: [] };

function ledgerOf(policy: FindingPolicy, ...reports: (readonly Finding[])[]): Ledger {
  const ledger = new Ledger(policy);
  for (const found of reports) ledger.report(found);
  return ledger;
}

const shown = (ledger: Ledger) => ledger.findings.map(({ severity, code }) => `${severity} ${code}`);

describe('the ledger', () => {
  it.each<[string, Ledger, readonly string[], boolean, number]>([
    [
      'holds what is reported later too',
      ledgerOf(USUAL, [note], [warning]),
      ['note ZK-VOLUME-030', 'warning ZK-PEER-005'],
      false,
      0,
    ],
    ['holds the same finding once', ledgerOf(USUAL, [warning], [warning]), ['warning ZK-PEER-005'], false, 0],
    [
      'refuses with an error',
      ledgerOf(USUAL, [note], [error]),
      ['note ZK-VOLUME-030', 'error ZK-VOLUME-001'],
      true,
      0,
    ],
    [
      'refuses with a later warning under ZK_STRICT',
      ledgerOf({ ...USUAL, strict: true }, [note], [warning]),
      ['note ZK-VOLUME-030', 'error ZK-PEER-005'],
      true,
      0,
    ],
    [
      'counts what is silenced, once',
      ledgerOf({ strict: true, ignoredFindings: ['ZK-PEER-005'] }, [warning], [warning]),
      [],
      false,
      1,
    ],
  ])('%s', (_, ledger, findings, refuses, silenced) => {
    expect([shown(ledger), ledger.refuses, ledger.silenced]).toEqual([findings, refuses, silenced]);
  });

  it('tells what was there before, and each later finding once', () => {
    const told: string[] = [];
    const ledger = ledgerOf(USUAL, [note]);
    ledger.tellTo(({ code }) => told.push(code));
    ledger.report([note, warning]);
    expect(told).toEqual(['ZK-VOLUME-030', 'ZK-PEER-005']);
  });
});
