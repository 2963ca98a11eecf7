import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideList, type ListLook } from '../../src/admission/list-decision.ts';
import { majoritiesMeet } from '../../src/admission/voter-lists.ts';
import {
  breaks,
  endsServing,
  type RollingRules,
  type RollingStep,
  rollingSteps,
  wishes,
} from './rolling-model.ts';

const sizes = fc.integer({ min: 1, max: 5 });
const unguarded: Partial<RollingRules> = { decideList: () => ({ kind: 'go' }) };

/** Two lists that meet each other, and nothing more: what is silent is taken to have the list that it had. */
const pairwise: Partial<RollingRules> = {
  decideList(look: ListLook) {
    const decision = decideList(look);
    if (decision.kind !== 'wait') return decision;
    const meet = decision.why.beside.every((list) => majoritiesMeet(list, look.voters));
    return { kind: meet ? 'go' : 'wait' };
  },
};

describe('lists that are rolled out', () => {
  it('never have two leaders nor lose a write, whatever is wanted next, whoever crashes, however the network is parted', () => {
    fc.assert(
      fc.property(rollingSteps, sizes, (events, size) => breaks(events, size) === undefined),
      { numRuns: 30_000 },
    );
  }, 60_000);

  it('have two leaders or lose a write when nobody is held back, which is found by chance', () => {
    const broken = fc.property(
      rollingSteps,
      sizes,
      (events, size) => breaks(events, size, unguarded) === undefined,
    );
    expect(fc.check(broken, { numRuns: 20_000 }).failed).toBe(true);
  }, 60_000);
});

/** `roll 3` restarts member 3 with the list wanted by then, and lets it look twice; `part 345` cuts those from the others. */
function story(text: string): RollingStep[] {
  return text.split(', ').flatMap((words): RollingStep[] => {
    const [what = '', whom = '1'] = words.split(' ');
    const who = Number(whom) - 1;
    if (what === 'wish') return [{ what, who: wishes.findIndex((list) => list.join('') === whom) }];
    if (what === 'part')
      return [{ what, who: [...whom].reduce((bits, id) => bits | (1 << (Number(id) - 1)), 0) }];
    return Array.from({ length: what === 'roll' ? 3 : 1 }, () => ({ what, who }));
  });
}

/** `roll 3` in steps: less than 12 one of them, less than 30 a whole start, from 30 on with an election. */
const steps = (text: string): RollingStep[] =>
  text.split(', ').map((words) => {
    const [what = '', who = '0'] = words.split(' ');
    return { what, who: Number(who) };
  });

/** Found by chance, once in a million runs, and lost a write until the rules were as they are. */
describe('no write is lost', () => {
  it.each<[string, string]>([
    [
      'by whom goes back to a list, while others have served with the one it only waited with',
      'less, less, roll 31, roll 46, roll 48, roll 7, roll 7, roll 14, roll 42, wish 49, more, roll 59, less, forget, write, roll 13, write-few, roll, roll, crash 33, roll, roll, roll 14, roll 49, roll, roll, roll 33, roll 46, roll',
    ],
    [
      'by those who have followed a leader with another list, and change theirs once more before it has changed',
      'less, roll 31, roll 39, roll 30, less, roll, roll, roll, write-few, less, roll, roll, roll 56, roll 46, roll, roll 4, roll 13, roll, roll, roll, roll 30, roll, roll, roll',
    ],
  ])('%s', (_what, events) => {
    expect(breaks(steps(events), 5)).toBeUndefined();
  });
});

/** Each rule is needed: these are the stories that break without it. */
describe('two quorums come', () => {
  it.each<[string, Partial<RollingRules>, number, string]>([
    [
      'from three to five with nobody held back',
      unguarded,
      3,
      'wish 12345, roll 4, roll 5, elect, roll 3, part 345, elect',
    ],
    ['from five to three with nobody held back', unguarded, 5, 'wish 123, roll 3, roll 2, part 23, elect'],
    [
      'by another id in a list of three with nobody held back',
      unguarded,
      3,
      'wish 124, roll 4, elect, roll 2, part 13, elect',
    ],
    [
      'from four to five and, where those are cut off, back to three, when who is silent is not waited for',
      pairwise,
      4,
      'more, roll 5, elect, roll 4, elect, roll 3, elect, part 345, elect, wish 123, roll 2, roll 1, elect',
    ],
    [
      'from two to three and, where those are cut off, to one, when who is silent is not waited for',
      pairwise,
      2,
      'more, roll 3, elect, roll 2, elect, part 23, elect, wish 1, roll 1, elect',
    ],
    [
      'when those who go are not asked',
      { asksThoseWhoGo: false },
      4,
      'more, roll 5, elect, roll 4, elect, crash 5, elect, crash 3, elect, roll 5, elect, wish 123, roll 3, roll 2, elect',
    ],
    [
      'when who has told its list comes back with the one before, as if it had not',
      { promises: false },
      5,
      'crash 4, crash 5, wish 123, roll 3, roll 2, roll 1, roll 2, crash 3, part 345, wish 12345, roll 3, roll 4, roll 5, elect',
    ],
    [
      'when a list was never served with before the next',
      { asksWhoServed: false },
      5,
      'less, crash 5, roll 4, elect, roll 3, elect, roll 2, elect, roll 1, elect, less, crash 4, roll 3, elect, roll 2, elect, roll 1, elect, crash 3, elect, write-few, more, roll 4, roll 1, roll 2, roll 3, more, roll 5, roll 4, roll 3, part 345, elect',
    ],
    [
      'when those who go are not asked, since the records of an older zk-entrypoint do not hold their addresses',
      { asksThoseWhoGo: false },
      4,
      'more, roll 5, elect, roll 4, elect, crash 5, elect, crash 3, elect, roll 5, elect, wish 123, forget 3, roll 3, crash 2, forget 2, roll 2, elect',
    ],
  ])('%s', (_when, rules, size, events) => {
    expect(breaks(story(events), size, rules)).toBeDefined();
    expect(breaks(story(events), size)).toBeUndefined();
  });
});

/** What decision 34 owns up to. */
describe('what is not seen', () => {
  it('is the list of those that go, serve on and cannot be asked', () => {
    const before =
      'more, roll 5, elect, roll 4, elect, crash 5, elect, crash 3, elect, roll 5, elect, wish 123, ';
    expect(breaks(story(`${before}deafen 4, deafen 5, roll 3, roll 2, elect`), 4)).toBe('two leaders');
  });
});

/** A guard that holds everybody back for ever would break nothing either. */
describe('what the documents say to do is done in the end', () => {
  const all = 'roll 6, roll 5, roll 4, roll 3, roll 2, roll 1';
  /** From the highest down, each serving before the next, as a StatefulSet does; those that go are stopped first. */
  const roll = (gone = '') =>
    `${gone}roll 5, elect, roll 4, elect, roll 3, elect, roll 2, elect, roll 1, elect`;
  it.each<[string, number, string]>([
    ['one to two to three', 1, `more, roll 2, roll 1, elect, roll 2, elect, more, ${roll()}`],
    ['three to four to five', 3, `more, ${roll()}, more, ${roll()}`],
    ['five to four to three', 5, `less, ${roll('crash 5, ')}, less, ${roll('crash 4, ')}`],
    [
      'three to four with one down',
      3,
      `crash 1, elect, more, roll 4, elect, roll 3, elect, roll 2, elect, roll 1, elect`,
    ],
    ['three to four, and back half way', 3, `more, roll 4, elect, roll 3, elect, less, crash 4, ${roll()}`],
    [
      'three to five at once, all stopped',
      3,
      `crash 1, crash 2, crash 3, wish 12345, ${all}, ${all}, elect, ${all}, elect`,
    ],
    [
      'five to three at once, all stopped',
      5,
      `crash 1, crash 2, crash 3, crash 4, crash 5, wish 123, ${all}, ${all}, elect`,
    ],
    [
      'five to three at once, with a quorum lost, and back',
      5,
      'crash 5, wish 123, crash 4, roll 3, wish 12345, roll 3, elect, roll 4, roll 5, elect',
    ],
    [
      'three to four, all with records of an older zk-entrypoint',
      3,
      `crash 1, crash 2, crash 3, forget 1, forget 2, forget 3, more, roll 3, roll 2, ${roll()}, roll 4, ${roll()}`,
    ],
    [
      'a restart of each with the same list, which hears nobody',
      3,
      'deafen 1, deafen 2, deafen 3, crash 1, roll 1, elect, crash 2, roll 2, elect, crash 3, roll 3, elect',
    ],
    ['a list by mistake, and back', 3, `wish 12345, roll 3, wish 123, roll 3, elect`],
  ])('%s', (_what, size, events) => {
    expect(endsServing(story(events), size)).toBe(true);
  });
});
