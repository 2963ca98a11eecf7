import { describe, expect, it } from 'vitest';
import { stepFindings, understandEachOther, ways } from '../../src/admission/quorum-steps.ts';

/** What each step says to whom it connects to, and what it takes from whoever connects. */
const SPEAKS: Readonly<Record<string, string>> = {
  plain: 'plain',
  accept: 'plain',
  both: 'new',
  tls: 'new',
  off: 'plain',
  require: 'new',
};
const TAKES: Readonly<Record<string, readonly string[]>> = {
  plain: ['plain'],
  accept: ['plain', 'new'],
  both: ['plain', 'new'],
  tls: ['new'],
  off: ['plain'],
  require: ['new'],
};

describe.each(Object.entries(ways))('the steps of %s and back', (_name, way) => {
  const { steps } = way as { steps: readonly string[] };
  const any = way as Parameters<typeof understandEachOther<string>>[0];
  const [none, accept, both, last] = steps as [string, string, string, string];

  it('understand each other exactly where each takes what the other speaks', () => {
    for (const one of steps)
      for (const other of steps) {
        const understood =
          TAKES[one]?.includes(SPEAKS[other] ?? '') && TAKES[other]?.includes(SPEAKS[one] ?? '');
        expect(understandEachOther(any, one, other), `${one} ${other}`).toBe(understood);
      }
  });

  it('never leave two members of a roll-out that cannot speak, one step after the other in any order', () => {
    for (const [from, to] of [
      [none, accept],
      [accept, both],
      [both, last],
    ] as const)
      for (const [before, now] of [
        [from, to],
        [to, from],
      ] as const) {
        const step = { now, before, others: [before, before], voters: 3 };
        expect(stepFindings(any, step)).toEqual([]);
        expect(understandEachOther(any, before, now)).toBe(true);
      }
  });

  it('are refused by the record of the volume when one is skipped, and the one between is named', () => {
    const [found] = stepFindings(any, { now: last, before: none, others: [], voters: 3 });
    expect(found).toMatchObject({ code: any.code, subject: any.variable, severity: 'error' });
    expect(found?.remedy).toMatch(/^roll out accept to all members first/);
    const [back] = stepFindings(any, { now: none, before: last, others: [], voters: 3 });
    expect(back?.remedy).toMatch(/^roll out both /);
  });

  it('are refused when most of the others are two steps behind, and not for what one of them says', () => {
    const step = { now: both, before: accept, voters: 3 } as const;
    expect(stepFindings(any, { ...step, others: [none, accept] })).toEqual([]);
    expect(stepFindings(any, { ...step, others: [none, none] })).toHaveLength(1);
    expect(stepFindings(any, { ...step, others: [none, none], voters: 1 })).toEqual([]);
  });
});

describe('the step that a member takes', () => {
  it('to TLS is read off zoo.cfg, whoever has written it', () => {
    const { of } = ways.tls;
    expect(of([])).toBe('plain');
    expect(of([['portUnification', 'TRUE']])).toBe('accept');
    expect(of([['sslQuorum', 'true']])).toBe('tls');
    expect(
      of([
        ['sslQuorum', 'true'],
        ['portUnification', 'true'],
      ]),
    ).toBe('both');
    expect(of([['sslQuorum', 'false']])).toBe('plain');
  });

  it('to logins too', () => {
    const { of } = ways.login;
    const lines = (learner: boolean, server: boolean) =>
      [
        ['quorum.auth.enableSasl', 'True'],
        ['quorum.auth.learnerRequireSasl', String(learner)],
        ['quorum.auth.serverRequireSasl', String(server)],
      ] as const;
    expect(of([])).toBe('off');
    expect(of([['quorum.auth.serverRequireSasl', 'true']])).toBe('off');
    expect(of(lines(false, false))).toBe('accept');
    expect(of(lines(true, false))).toBe('both');
    expect(of(lines(true, true))).toBe('require');
  });
});
