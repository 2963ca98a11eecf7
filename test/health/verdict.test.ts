import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phases, type VerdictFacts } from '../../src/health/facts.ts';
import { liveness, readiness, startup } from '../../src/health/verdict.ts';
import type { RuokVerdict } from '../../src/zookeeper/four-letter/ruok.ts';
import type { Srvr } from '../../src/zookeeper/four-letter/srvr.ts';

const imok: RuokVerdict = { ok: true };
const frozen: RuokVerdict = { ok: false, cause: 'frozen', alive: false, sentence: 'no answer' };
const cutOff: RuokVerdict = { ok: false, cause: 'cut-off', alive: true, sentence: 'closed' };
const leader: Srvr = { serving: true, mode: 'leader' };
const readOnly: Srvr = { serving: true, mode: 'read-only' };
const alone: Srvr = { serving: false, cause: 'no-quorum', sentence: 'without a quorum' };

const well: VerdictFacts = {
  phase: 'serving',
  jvmRunning: true,
  everOk: true,
  readiness: 'ruok',
  nowMs: 100_000,
  ruok: imok,
  srvr: leader,
};

const starting = { phase: 'starting', everOk: false, ruok: frozen, srvr: undefined } as const;

const cases: [what: string, facts: Partial<VerdictFacts>, live: boolean, started: boolean, ready: boolean][] =
  [
    ['serving as leader', {}, true, true, true],
    ['serving, asked for a quorum', { readiness: 'serving' }, true, true, true],
    ['serving, closing our connections', { ruok: cutOff }, true, true, true],
    ['starting, closing our connections', { ...starting, ruok: cutOff }, true, true, true],
    [
      'preparing',
      { phase: 'preparing', jvmRunning: false, everOk: false, ruok: undefined },
      true,
      false,
      false,
    ],
    ['starting, no answer yet', starting, true, false, false],
    ['starting, not asked', { ...starting, ruok: undefined }, true, false, false],
    ['starting, JVM gone', { ...starting, jvmRunning: false }, false, false, false],
    ['starting, first imok', { ...starting, ruok: imok }, true, true, true],
    [
      'starting, imok but no quorum asked for',
      { ...starting, ruok: imok, readiness: 'serving', srvr: alone },
      true,
      true,
      false,
    ],
    ['frozen', { ruok: frozen }, false, true, false],
    [
      'frozen, asked for a quorum',
      { ruok: frozen, readiness: 'serving', srvr: { ...alone, cause: 'no-answer' } },
      false,
      true,
      false,
    ],
    ['JVM gone', { jvmRunning: false }, false, true, false],
    ['no quorum', { srvr: alone }, true, true, true],
    ['no quorum, but asked for', { srvr: alone, readiness: 'serving' }, true, true, false],
    ['read-only, a quorum asked for', { srvr: readOnly, readiness: 'serving' }, true, true, false],
    ['stopping', { phase: 'stopping' }, true, true, false],
    ['stopping, no answer any more', { phase: 'stopping', ruok: frozen, srvr: alone }, true, true, false],
    ['stopping, JVM gone', { phase: 'stopping', jvmRunning: false }, false, true, false],
    ['stopped', { phase: 'stopped', jvmRunning: false }, false, true, false],
    ['serving, never asked', { ruok: undefined, srvr: undefined }, false, true, false],
  ];

describe('verdicts', () => {
  it.each(cases)('%s: live %o', (_what, facts, live, started, ready) => {
    const all = { ...well, ...facts };
    expect({ live: liveness(all).ok, started: startup(all).ok, ready: readiness(all).ok }).toEqual({
      live,
      started,
      ready,
    });
  });

  it.each(cases)('%s: every check that failed says why', (_what, facts) => {
    const all = { ...well, ...facts };
    for (const { checks } of [liveness(all), startup(all), readiness(all)]) {
      expect(checks.length).toBeGreaterThan(0);
      for (const { name, sentence } of checks) expect(`${name} ${sentence}`).toMatch(/^[a-z-]+ \w.+$/);
    }
  });

  it('says for how long a live member has had no quorum', () => {
    const { ok, notes } = liveness({ ...well, srvr: undefined, withoutQuorumSinceMs: 57_600 });
    expect(ok).toBe(true);
    expect(notes).toEqual([expect.stringMatching(/^without a quorum for 42 s: /)]);
  });

  it('says so too when it has only just been seen', () => {
    expect(readiness({ ...well, srvr: alone }).notes).toEqual([expect.stringMatching(/^without a quorum: /)]);
    expect(liveness({ ...well, srvr: leader }).notes).toEqual([]);
  });

  const anyFacts = fc.record({
    phase: fc.constantFrom(...phases),
    jvmRunning: fc.boolean(),
    everOk: fc.boolean(),
    readiness: fc.constantFrom('ruok' as const, 'serving' as const),
    nowMs: fc.constant(1_000),
    ruok: fc.constantFrom(imok, frozen, undefined),
    srvr: fc.constantFrom(leader, readOnly, alone, undefined),
    withoutQuorumSinceMs: fc.constantFrom(undefined, 500),
  });

  it('never lets the quorum decide liveness', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(leader, alone, undefined), (facts, srvr) => {
        return liveness(facts).ok === liveness({ ...facts, srvr, withoutQuorumSinceMs: undefined }).ok;
      }),
    );
  });

  it('is never ready while stopping, and never without its JVM', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const never = facts.phase === 'stopping' || facts.phase === 'stopped' || !facts.jvmRunning;
        return !(never && readiness(facts).ok);
      }),
    );
  });
});

describe('a server that closes our connections', () => {
  it('is alive and ready, and says why it was not asked', () => {
    const facts = { ...well, ruok: cutOff };
    expect(liveness(facts)).toMatchObject({ ok: true, notes: ['alive, but closed'] });
    expect(readiness(facts)).toMatchObject({ ok: true, notes: ['alive, but closed'] });
  });
});
