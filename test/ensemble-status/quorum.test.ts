import { describe, expect, it } from 'vitest';
import { isWell } from '../../src/ensemble-status/survey.ts';
import {
  alone,
  as,
  both,
  follower,
  gone,
  hung,
  leader,
  readOnly,
  standalone,
  surveyOf,
  unsynced,
  waiting,
} from './members.ts';

describe('the quorum', () => {
  it.each([
    [
      'all three serve',
      [leader, follower, follower],
      [],
      true,
      true,
      'a quorum: 3 of 3 voters serve, 2 are needed; 1 more failure is survived',
    ],
    [
      '3.4 serves',
      [as('3.4.13-leader'), as('3.4.13-follower'), as('3.4.13-follower')],
      [],
      true,
      true,
      'a quorum: 3 of 3 voters serve, 2 are needed; 1 more failure is survived',
    ],
    [
      'one hangs',
      [leader, follower, both(hung)],
      [],
      true,
      false,
      'a quorum: 2 of 3 voters serve, 2 are needed; one more failure stops the ensemble',
    ],
    [
      'five serve',
      [leader, follower, follower, follower, follower],
      [],
      true,
      true,
      'a quorum: 5 of 5 voters serve, 3 are needed; 2 more failures are survived',
    ],
    [
      'an observer is beside',
      [leader, follower, follower, follower],
      [3],
      true,
      true,
      'a quorum: 3 of 3 voters serve, 2 are needed; 1 more failure is survived',
    ],
    [
      'an observer is gone',
      [leader, follower, follower, both(gone)],
      [3],
      true,
      false,
      'a quorum: 3 of 3 voters serve, 2 are needed; 1 more failure is survived',
    ],
    [
      'one is left',
      [alone, both(gone), both(hung)],
      [],
      false,
      false,
      'no quorum: 0 of 3 voters serve, 2 are needed; clients are not served; bring back zk-1, zk-2',
    ],
    [
      'nobody leads',
      [alone, alone, alone],
      [],
      false,
      false,
      'no quorum: 0 of 3 voters serve, 2 are needed; clients are not served: see the log of each member',
    ],
    [
      'read-only is no quorum',
      [readOnly, both(gone), both(gone)],
      [],
      false,
      false,
      'no quorum: 0 of 3 voters serve, 2 are needed; clients are not served; bring back zk-1, zk-2',
    ],
    [
      'one follows, the others are out of sight',
      [follower, both(hung), both(hung)],
      [],
      true,
      false,
      'a quorum, since zk-0 serves, but seen from here only 1 of 3 voters serves, 2 are needed; ask from another host',
    ],
    [
      'two lead',
      [leader, leader, follower],
      [],
      true,
      false,
      expect.stringMatching(/^two quorums\? zk-0 and zk-1 both say they lead/),
    ],
    [
      'a member is in sync only soon',
      [leader, follower, unsynced],
      [],
      true,
      false,
      expect.stringContaining('a quorum: 3 of 3'),
    ],
    [
      'each is its own',
      [standalone, standalone, standalone],
      [],
      false,
      false,
      expect.stringContaining('no quorum: 0 of 3'),
    ],
    [
      'all wait for what is said of them',
      [waiting(1), waiting(2), waiting(3)],
      [],
      false,
      false,
      'no quorum: 0 of 3 voters serve, 2 are needed; clients are not served; see what is said of zk-0, zk-1, zk-2',
    ],
    ['one member alone', [standalone], [], true, true, 'one member: it serves; no failure is survived'],
    [
      'one member gone',
      [both(gone)],
      [],
      false,
      false,
      'one member: it does not serve; clients are not served',
    ],
  ])('when %s', async (_when, answers, observers, exists, well, sentence) => {
    const seen = await surveyOf(answers, observers);
    expect(seen.quorum.exists).toBe(exists);
    expect(isWell(seen)).toBe(well);
    expect(seen.quorum.sentence).toEqual(sentence);
  });
});
