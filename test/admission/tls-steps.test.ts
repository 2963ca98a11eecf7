import { describe, expect, it } from 'vitest';
import { stepOf, tlsStepFindings, understandEachOther } from '../../src/admission/tls-steps.ts';
import type { QuorumTls } from '../../src/settings/tls.ts';

const STEPS: readonly QuorumTls[] = ['plain', 'accept', 'both', 'tls'];
/** Whether it encrypts what it connects with, and what it takes. */
const SPEAKS: Readonly<Record<QuorumTls, 'plain' | 'tls'>> = {
  plain: 'plain',
  accept: 'plain',
  both: 'tls',
  tls: 'tls',
};
const TAKES: Readonly<Record<QuorumTls, readonly string[]>> = {
  plain: ['plain'],
  accept: ['plain', 'tls'],
  both: ['plain', 'tls'],
  tls: ['tls'],
};

describe('the steps to TLS and back', () => {
  it('understand each other exactly where each takes what the other speaks', () => {
    for (const one of STEPS)
      for (const other of STEPS) {
        const understood = TAKES[one].includes(SPEAKS[other]) && TAKES[other].includes(SPEAKS[one]);
        expect(understandEachOther(one, other), `${one} ${other}`).toBe(understood);
      }
  });

  it('never leave two members of a roll-out that cannot speak, one step after the other in any order', () => {
    for (const [from, to] of [
      ['plain', 'accept'],
      ['accept', 'both'],
      ['both', 'tls'],
    ] as const)
      for (const [before, now] of [
        [from, to],
        [to, from],
      ] as const) {
        const step = { now, before, others: [before, before], voters: 3 };
        expect(tlsStepFindings(step)).toEqual([]);
        expect(understandEachOther(before, now)).toBe(true);
      }
  });

  it('are refused by the record of the volume when one is skipped, and the one between is named', () => {
    const [found] = tlsStepFindings({ now: 'tls', before: 'plain', others: [], voters: 3 });
    expect(found).toMatchObject({ code: 'ZK-TLS-017', severity: 'error' });
    expect(found?.remedy).toMatch(/^roll out accept to all members first/);
    const [back] = tlsStepFindings({ now: 'plain', before: 'tls', others: [], voters: 3 });
    expect(back?.remedy).toMatch(/^roll out both /);
  });

  it('are refused when most of the others are two steps behind, and not for what one of them says', () => {
    const step = { now: 'both', before: 'accept', voters: 3 } as const;
    expect(tlsStepFindings({ ...step, others: ['plain', 'accept'] })).toEqual([]);
    expect(tlsStepFindings({ ...step, others: ['plain', 'plain'] })).toHaveLength(1);
    expect(tlsStepFindings({ ...step, others: ['plain', 'plain'], voters: 1 })).toEqual([]);
  });

  it('are read off zoo.cfg, whoever has written it', () => {
    expect(stepOf([])).toBe('plain');
    expect(stepOf([['portUnification', 'TRUE']])).toBe('accept');
    expect(stepOf([['sslQuorum', 'true']])).toBe('tls');
    expect(
      stepOf([
        ['sslQuorum', 'true'],
        ['portUnification', 'true'],
      ]),
    ).toBe('both');
    expect(stepOf([['sslQuorum', 'false']])).toBe('plain');
  });
});
