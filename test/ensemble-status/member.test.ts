import { describe, expect, it } from 'vitest';
import type { MemberAnswers } from '../../src/ensemble-status/member.ts';
import { answered } from '../health/snapshots.ts';
import {
  alone,
  both,
  follower,
  gone,
  hung,
  leader,
  readOnly,
  SINCE,
  standalone,
  surveyOf,
  told,
  unsynced,
  waiting,
} from './members.ts';

describe('a member', () => {
  it.each([
    ['that hangs', both(hung), 'connected, but no answer within 3000 ms'],
    ['that is gone', both(gone), 'nothing listens on the client port'],
    ['without a quorum', alone, 'ZooKeeper is not serving: it is without a quorum'],
    ['in read-only mode', readOnly, 'it is in read-only mode'],
    ['that is its own ensemble', standalone, 'it serves standalone, outside this ensemble'],
    ['that is still catching up', unsynced, 'it is not in sync with the leader yet'],
    [
      'that refuses srvr',
      { ...follower, srvr: answered('srvr is not executed because it is not in the whitelist.\n') },
      'refuses srvr by its whitelist',
    ],
  ])('%s is told apart', async (_what, answers, problem) => {
    const { members } = await surveyOf([leader, follower, answers]);
    expect(members[2]?.problems).toEqual([expect.stringContaining(problem)]);
    expect(members[1]?.problems).toEqual([]);
  });

  it('that waits says for what, since when, and what to do', async () => {
    const { members } = await surveyOf([leader, follower, waiting(3)]);
    expect(members[2]).toMatchObject({
      mode: undefined,
      answers: false,
      serves: false,
      waiting: {
        for: expect.stringMatching(/^without data/),
        since: SINCE,
        remedy: expect.stringMatching(/ZK_CONSENT/),
      },
      problems: [
        expect.stringMatching(
          new RegExp(`^waits since ${SINCE}: without data .*; to continue .*ZK_CONSENT=`),
        ),
      ],
    });
    expect(members[1]?.waiting).toBeUndefined();
  });

  it.each<[string, Omit<MemberAnswers, 'address'>]>([
    ['another member answers in its place', waiting(2)],
    ['it does not tell who it is', { ...waiting(3), told: { ...told(3), member: undefined } }],
    ['it serves meanwhile', { ...follower, told: told(3) }],
  ])('does not wait when %s', async (_when, answers) => {
    const { members } = await surveyOf([leader, follower, answers]);
    expect(members[2]?.waiting).toBeUndefined();
  });

  it('says all it knows', async () => {
    const { members } = await surveyOf([leader, follower, follower]);
    expect(members[0]).toMatchObject({
      mode: 'leader',
      synced: true,
      lag: 0,
      version: '3.9.6',
      uptimeSeconds: 1,
    });
    expect(members[1]).toMatchObject({ mode: 'follower', synced: true, answers: true, serves: true });
  });
});
