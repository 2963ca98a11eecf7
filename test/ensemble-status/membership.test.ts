import { describe, expect, it } from 'vitest';
import type { MemberState } from '../../src/ensemble-status/member.ts';
import { judgeMembership } from '../../src/ensemble-status/membership.ts';

const state = (id: number, heard = true) => ({ name: `zk-${id - 1}`, id, heard }) as MemberState;
const committed = { version: '10000000a', voters: [1, 2, 3], observers: [101] };

describe('the committed configuration beside what the members say', () => {
  it('tells who votes and what is survived', () => {
    const members = [state(1), state(2), state(3), state(101)];
    expect(judgeMembership(committed, members)).toMatchObject({
      joining: [],
      silent: [],
      survives: 1,
      sentences: [
        'the committed configuration 10000000a has the voters 1, 2, 3, the observers 101: 1 failure of voters survived',
      ],
    });
  });

  it('names who joins, with what is survived then, and who is silent, with the way out', () => {
    const members = [state(1), state(2), state(3, false), state(4), state(5), state(6, false)];
    const { joining, silent, survivesThen, sentences } = judgeMembership(committed, members);
    expect({ joining, silent, survivesThen }).toEqual({
      joining: ['zk-3', 'zk-4'],
      silent: ['zk-2'],
      survivesThen: 2,
    });
    expect(sentences).toHaveLength(3);
    expect(sentences[2]).toMatch(/^zk-2 in the configuration and silent: .*zk-entrypoint scale/);
  });
});
