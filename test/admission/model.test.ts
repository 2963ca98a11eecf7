import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Decision, decide, type Heard, type Look } from '../../src/admission/decision.ts';
import { knownBy } from '../../src/admission/known.ts';
import type { MemberRecord } from '../../src/admission/record.ts';

/** A member's volume; `last` is the newest acknowledged write it holds, -1 without data (a vote that does not count). */
interface Volume {
  last: number;
  known: readonly number[];
  runs: boolean;
}

type Rule = (look: Look) => Decision;
const everybodyCreates: Rule = () => ({ kind: 'create' });

/** What happens, each with a member (by place) that it happens to. */
const steps = fc.array(
  fc.record({
    what: fc.constantFrom('start', 'crash', 'lose', 'write', 'power-cut', 'grow'),
    who: fc.nat({ max: 4 }),
  }),
  { minLength: 10, maxLength: 60 },
);
type Step = { what: string; who: number };

/** Runs the steps; false as soon as a quorum of counted servers forms that misses an acknowledged write. */
function neverMisses(events: readonly Step[], rule: Rule): boolean {
  const volumes: Volume[] = Array.from({ length: 5 }, () => ({ last: -1, known: [], runs: false }));
  let size = 3;
  let acknowledged = 0;
  let lost = 0;
  for (const { what, who } of events) {
    const list = Array.from({ length: size }, (_, place) => place + 1);
    const me = volumes[who % size] as Volume;
    const leader = leaderOf(volumes, size);
    if (leader !== undefined && leader.last < acknowledged) return false;
    if (what === 'start') start(volumes, who % size, { list, rule, serving: leader !== undefined });
    if (what === 'crash') me.runs = false;
    if (what === 'power-cut') for (const volume of volumes) volume.runs = false;
    if (what === 'lose' && !me.runs && lost < 1) lost += emptied(me);
    if (what === 'grow' && leader === undefined) size = 5;
    const now = leaderOf(volumes, size);
    if (now === undefined) continue;
    if (now.last < acknowledged) return false;
    if (what === 'write') acknowledged += 1;
    if (serve(volumes, size, acknowledged)) lost = 0;
  }
  return true;
}

function emptied(volume: Volume): number {
  Object.assign(volume, { last: -1, known: [] });
  return 1;
}

/** The counted server with the newest data leads, once more than half of the list are running and counted. */
function leaderOf(volumes: readonly Volume[], size: number): Volume | undefined {
  const counted = volumes.slice(0, size).filter(({ runs, last }) => runs && last >= 0);
  return counted.length * 2 > size ? counted.toSorted((a, b) => b.last - a.last)[0] : undefined;
}

/** All who run are brought up to date and remember with whom; true when that is the whole list. */
function serve(volumes: readonly Volume[], size: number, acknowledged: number): boolean {
  const list = Array.from({ length: size }, (_, place) => place + 1);
  const running = volumes.slice(0, size).filter(({ runs }) => runs);
  for (const volume of running) Object.assign(volume, { last: acknowledged, known: list });
  return running.length === size;
}

function start(
  volumes: readonly Volume[],
  place: number,
  { list, rule, serving }: { list: number[]; rule: Rule; serving: boolean },
): void {
  const me = volumes[place] as Volume;
  if (me.runs) return;
  if (me.last >= 0) {
    me.runs = true;
    return;
  }
  const others = list.filter((id) => id !== place + 1);
  const heard = (id: number): Heard => {
    const { last, known } = volumes[id - 1] as Volume;
    return {
      kind: 'heard',
      known: knownBy(recordWith(known), last < 0 ? 'empty' : 'created', list),
      hasData: last >= 0,
      voters: list,
    };
  };
  const decision = rule({
    myid: place + 1,
    voters: list,
    known: me.known,
    peers: new Map(others.map((id) => [id, heard(id)])),
    quorumAt: serving ? 'a peer' : undefined,
  });
  if (decision.kind === 'create') me.last = 0;
  me.runs = decision.kind !== 'wait';
}

function recordWith(members: readonly number[]): MemberRecord {
  return { members } as MemberRecord;
}

it('lets no quorum form that misses an acknowledged write, whatever crashes and whichever one volume is lost at a time', () => {
  fc.assert(
    fc.property(steps, (events) => neverMisses(events, decide)),
    { numRuns: 3_000 },
  );
});

it('is not kept when everybody begins with nothing', () => {
  const outcome = fc.check(
    fc.property(steps, (events) => neverMisses(events, everybodyCreates)),
    { numRuns: 20_000 },
  );
  expect(outcome.failed).toBe(true);
});
