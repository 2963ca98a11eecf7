import { describe, expect, it } from 'vitest';
import { surveyText } from '../../src/ensemble-status/table.ts';
import { answer } from '../health/answers.ts';
import { answered } from '../health/snapshots.ts';
import { both, follower, gone, leader, SINCE, surveyOf, waiting } from './members.ts';

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
      'NAME  ID  ADDRESS        ANSWERS  MODE      READY  ZXID         LAG  CONNECTIONS  LATENCY    SYNCED  VERSION  UPTIME',
      'zk-0  1   10.0.0.1:2181  yes      leader    -      0x100000007  0    12           0.4/21 ms  yes     3.9.6    3 d 5 h',
      'zk-1  2   10.0.0.2:2181  yes      follower  -      0x100000001  6    1            13/90 ms   yes     3.9.6    1 s',
      'zk-2  3   10.0.0.3:2181  no       -         -      -            -    -            -          -       -        -',
      expect.stringMatching(/^zk-2: nothing listens/),
      'a quorum: 2 of 3 voters serve, 2 are needed; one more failure stops the ensemble',
    ]);
  });

  it('shows who waits, and why', async () => {
    const lines = surveyText(await surveyOf([waiting(1), waiting(2), both(gone)]), plain).split('\n');
    expect(lines[1]).toMatch(/^zk-0 +1 +10\.0\.0\.1:2181 +no +waiting +-/);
    expect(lines.slice(4)).toEqual([
      expect.stringMatching(`^zk-0: waits since ${SINCE}: without data`),
      expect.stringMatching(`^zk-1: waits since ${SINCE}: without data`),
      expect.stringMatching(/^zk-2: nothing listens/),
      'no quorum: 0 of 3 voters serve, 2 are needed; clients are not served; bring back zk-2',
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
