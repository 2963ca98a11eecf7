import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/health/exchange.ts';
import { transactionsBehind } from '../../src/survey/lag.ts';
import type { MemberAnswers, SurveyMember } from '../../src/survey/member.ts';
import { isWell, survey } from '../../src/survey/survey.ts';
import { surveyText } from '../../src/survey/table.ts';
import { answer } from '../health/answers.ts';
import { answered } from '../health/snapshots.ts';

const hung: Exchange = { kind: 'timeout', stage: 'answer', timeoutMs: 3_000, received: '', tookMs: 3_000 };
const gone: Exchange = { kind: 'refused', tookMs: 0.2 };

/** What a real server of that state answered. */
const as = (state: string) => ({
  srvr: answered(answer(`${state}-srvr`)),
  mntr: answered(answer(`${state}-mntr`)),
});
const both = (exchange: Exchange) => ({ srvr: exchange, mntr: exchange });

const leader = as('3.9.6-leader');
const follower = as('3.9.6-follower');
const alone = as('3.9.6-no-quorum');
const standalone = as('3.9.6-standalone');
const readOnly = as('3.9.6-read-only');
const unsynced = {
  ...follower,
  mntr: answered(
    answer('3.9.6-follower-mntr').replace('following - broadcast', 'following - synchronization'),
  ),
};

/** Asks members that answer as told; those in `observers` do not vote. */
function surveyOf(answers: readonly Omit<MemberAnswers, 'address'>[], observers: readonly number[] = []) {
  const members = answers.map(
    (_, index): SurveyMember => ({
      name: `zk-${index}`,
      id: index + 1,
      host: `zk-${index}`,
      port: 2181,
      votes: !observers.includes(index),
    }),
  );
  return survey(members, async ({ name, id }) => ({
    address: `10.0.0.${id}`,
    ...(answers[Number(name.slice(3))] as Omit<MemberAnswers, 'address'>),
  }));
}

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
      'a quorum: 2 of 3 voters serve, 2 are needed; no further failure is survived',
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

it.each([
  ['0x100000007', '0x100000007', 0],
  ['0x100000007', '0x100000003', 4],
  ['0x100000003', '0x100000007', 0],
  ['0x200000000', '0x1000000ff', undefined],
  ['0xffffffff00000010', '0xffffffff00000001', 15],
  [undefined, '0x1', undefined],
  ['0x1', undefined, undefined],
])('from %s to %s it is %s transactions', (first, second, lag) => {
  expect(transactionsBehind(first, second)).toBe(lag);
});

describe('the table', () => {
  const plain = (text: string) => text;

  it('has a line for each member, what is wrong, and the quorum last', async () => {
    const srvr = answered(
      answer('3.9.6-leader-srvr')
        .replace(/^Zxid: .*$/m, 'Zxid: 0x100000007')
        .replace(/^Connections: .*$/m, 'Connections: 12')
        .replace(/^Latency.*$/m, 'Latency min/avg/max: 0/0.4375/21'),
    );
    const old = answered(answer('3.9.6-leader-mntr').replace(/^zk_uptime.*$/m, 'zk_uptime\t278400123'));
    const behind = {
      ...follower,
      srvr: answered(
        answer('3.9.6-follower-srvr')
          .replace(/^Zxid: .*$/m, 'Zxid: 0x100000001')
          .replace(/^Latency.*$/m, 'Latency min/avg/max: 0/12.75/90'),
      ),
    };
    expect(surveyText(await surveyOf([{ srvr, mntr: old }, behind, both(gone)]), plain).split('\n')).toEqual([
      'NAME  ID  ADDRESS        ANSWERS  MODE      ZXID         LAG  CONNECTIONS  LATENCY    SYNCED  VERSION  UPTIME',
      'zk-0  1   10.0.0.1:2181  yes      leader    0x100000007  0    12           0.4/21 ms  yes     3.9.6    3d5h',
      'zk-1  2   10.0.0.2:2181  yes      follower  0x100000001  6    1            13/90 ms   yes     3.9.6    1s',
      'zk-2  3   10.0.0.3:2181  no       -         -            -    -            -          -       -        -',
      expect.stringMatching(/^zk-2: nothing listens/),
      'a quorum: 2 of 3 voters serve, 2 are needed; no further failure is survived',
    ]);
  });

  it('paints what is bad and leaves the columns where they are', async () => {
    const seen = await surveyOf([leader, follower, both(gone)]);
    const painted = surveyText(seen, (text, tone) => (tone === 'plain' ? text : `<${tone}>${text}</>`));
    expect(painted.replaceAll(/<\/?\w*>/g, '')).toBe(surveyText(seen, plain));
    expect(painted).toContain('<bad>zk-2</>');
    expect(painted).toContain('<bad>no</>');
    expect(painted).toContain('<good>leader</>');
  });
});
