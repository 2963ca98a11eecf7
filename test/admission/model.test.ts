import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginnings, neverMisses, type Rules, type Step, steps } from './model.ts';

it('no quorum misses an acknowledged write, whatever crashes, whichever volume is lost, however the list changes', () => {
  fc.assert(
    fc.property(steps, beginnings, (events, beginning) => neverMisses(events, beginning)),
    { numRuns: 10_000 },
  );
});

/** `start 3` is for the member with the id 3, `resize 3` for the number of members. */
function story(text: string): Step[] {
  return text.split(', ').map((words) => {
    const [what = '', who = '1'] = words.split(' ');
    return { what, who: Number(who) - 1 };
  });
}

/** Each rule is needed: these are the stories that lose a write without it. */
describe('a quorum misses an acknowledged write', () => {
  it.each<[string, Partial<Rules>, number, string]>([
    [
      'when everybody begins with nothing',
      { decide: () => ({ kind: 'create' }) },
      3,
      'crash 3, write, power-cut, lose 2, start 2, start 3',
    ],
    [
      'when who began with nothing counts, whatever list it began with',
      { holdsBack: false },
      1,
      'write, resize 4, start 3, resize 3, start 2, start 3',
    ],
    [
      'when only a record tells that it has served',
      { readsEpoch: false },
      3,
      'crash-early 1, write, resize 1, start 1',
    ],
    [
      'when a list that keeps too few is not refused',
      { refusesUnsafe: false },
      3,
      'crash 1, write, resize 1, start 1',
    ],
    [
      'when those that stay have not served with the old list',
      { servesBefore: false },
      5,
      'crash 1, crash 2, write, resize 3, start 1, start 2',
    ],
    [
      'when volumes of those that went come back as they were',
      { removesVolumes: false },
      5,
      'resize 3, start 1, start 2, write, resize 5, start 3, start 4, start 5',
    ],
  ])('%s', (_when, rules, size, events) => {
    const beginning = { size, served: true };
    expect(neverMisses(story(events), beginning, rules)).toBe(false);
    expect(neverMisses(story(events), beginning)).toBe(true);
  });

  it('is found by chance too', () => {
    const broken = fc.property(steps, beginnings, (events, beginning) =>
      neverMisses(events, beginning, { decide: () => ({ kind: 'create' }) }),
    );
    expect(fc.check(broken, { numRuns: 20_000 }).failed).toBe(true);
  });
});
