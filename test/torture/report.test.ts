import { describe, expect, it } from 'vitest';
import { readFlags, USAGE } from '../../scripts/torture/flags.ts';
import { listeningPorts } from '../../scripts/torture/machine/listening-ports.ts';
import type { Outcome } from '../../scripts/torture/report/outcome.ts';
import { picture } from '../../scripts/torture/report/picture.ts';
import { summarise } from '../../scripts/torture/report/summary.ts';
import { summaryTable } from '../../scripts/torture/report/table.ts';

const struck = { members: ['zk-0'], ends: true, kills: false, fromMs: 1_000, healedMs: 2_000, toMs: 4_000 };
const outcome: Outcome = {
  violations: [],
  struck: [
    { ...struck, kind: 'jvm KILL', readyMs: 1_000 },
    { ...struck, kind: 'jvm KILL', readyMs: 3_000 },
  ],
  skipped: new Map([['clock stepped', { why: 'it cannot', count: 2 }]]),
  ends: [],
  givenUp: [],
  fromMs: 0,
  toMs: 10_000,
  writes: { acknowledged: 3, refused: 0, unknown: 0 },
  acknowledgedAtMs: [500, 1_500, 1_600],
  folder: undefined,
};

it('sums up a kind of fault', () => {
  expect(summarise(outcome, ['jvm KILL'])).toEqual([
    { kind: 'jvm KILL', count: 2, medianMs: 2_000, worstMs: 3_000, acknowledged: 4, refused: 0, skipped: 0 },
  ]);
});

it('says in the table what was skipped, and how often', () => {
  const table = summaryTable(summarise(outcome, ['jvm KILL', 'clock stepped']));
  expect(table).toMatch(/\| jvm KILL +\| +2 \| +2.0 s \| +3.0 s \| +4 \| +0 \|/);
  expect(table).toMatch(/\| clock stepped +\| 0, skipped 2 \|/);
});

it('draws each second and each fault', () => {
  const drawn = picture(outcome);
  expect(drawn.match(/<title>jvm KILL: zk-0<\/title>/g)).toHaveLength(2);
  expect(drawn.match(/points="([^"]*)"/)?.[1]?.split(' ')).toHaveLength(10);
});

describe('flags', () => {
  it('have defaults', () => expect(readFlags([])).toMatchObject({ faults: 100, members: 3, only: [] }));
  it.each<[string[], RegExp]>([
    [['--members', '4'], /--members is 3 or 5/],
    [['--faults', '-1'], /faults/],
    [['--seed', 'x'], /--seed is a whole number/],
    [['--only', 'flood'], /"flood" is no kind of fault: jvm KILL,/],
    [['--nonsense'], /--nonsense/],
  ])('%j are refused', (args, words) => expect(readFlags(args)).toMatch(words));
  it('show the usage', () => expect(readFlags(['--help'])).toBe(USAGE));
});

it('reads what listens from the kernel’s table', () => {
  const head = '  sl  local_address rem_address   st tx_queue rx_queue';
  const rows = ['   0: 00000000:1F9A 00000000:0000 0A 0', '   1: 0100007F:0885 0100007F:C000 01 0'];
  expect(listeningPorts([head, ...rows, head].join('\n'))).toEqual([8_090]);
});
