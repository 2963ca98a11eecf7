import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PeerStatus } from '../../src/admission/peer-status.ts';
import type { MemberAnswers, SurveyMember } from '../../src/ensemble-status/member.ts';
import type { Wished } from '../../src/ensemble-status/members.ts';
import { healthAnswerer } from '../../src/health/answer.ts';
import type { MemberFact } from '../../src/health/facts.ts';
import { Tally } from '../../src/health/tally.ts';
import { shareExchanges } from '../../src/host/network/shared-exchange.ts';
import { readSettings } from '../../src/settings/read.ts';
import { PageDesk } from '../../src/supervision/page-desk.ts';
import type { Word } from '../../src/zookeeper/four-letter/exchange.ts';
import { both, follower, gone, waiting } from '../ensemble-status/members.ts';
import { answer } from '../health/answers.ts';
import { answered, servingFacts } from '../health/snapshots.ts';

const member = (id: number) => ({
  id,
  host: `zk-${id - 1}.zk`,
  serverPort: 2888,
  electionPort: 3888,
  role: 'participant' as const,
});
const members = [1, 2, 3].map(member);
const memory = { memoryBytes: 2 ** 30, memoryIs: 'limit' } as const;
const wished: Wished = {
  settings: readSettings({ variables: {}, files: new Map(), memory }).settings,
  ensemble: { myid: 1, self: member(1), name: 'zk-0', members },
};

/** A member that answers on its health port, in a time that the test lets pass. */
function stage(
  page: 'on' | 'off' = 'on',
  peers: (asked: SurveyMember) => Partial<MemberAnswers> = () => follower,
) {
  let nowMs = 0;
  const words: string[] = [];
  const asked: string[] = [];
  const clock = () => nowMs;
  const desk = new PageDesk({
    wished: () => wished,
    clock,
    nowMs: () => 1_700_000_060_000 + nowMs,
    ask: async (whom) => {
      asked.push(whom.name);
      return { address: '10.0.0.9', ...peers(whom) };
    },
  });
  const ask = shareExchanges<Word>(
    async (word) => {
      words.push(word);
      return answered(word === 'ruok' ? 'imok' : answer(`3.9.6-leader-${word}`));
    },
    { goodForMs: 500, clock },
  );
  const answerer = healthAnswerer({
    supervisor: () => ({ ...servingFacts, myid: 1 }),
    ask,
    tally: new Tally(),
    clock,
    page: page === 'on' ? (own, still) => desk.answer(own, still) : undefined,
  });
  const get = (url: string, method = 'GET') => answerer({ method, url });
  return { get, words, asked, pass: (ms: number) => (nowMs += ms) };
}

describe('the page of the health port', () => {
  it('is what all members tell', async () => {
    const { get, asked } = stage();
    const { status, contentType, body } = await get('/');
    expect([status, contentType]).toEqual([200, 'text/html; charset=utf-8']);
    expect(body).toContain('A quorum: 3 of 3 voters serve, 2 are needed; 1 more failure is survived');
    // This member tells of itself without being asked over the network.
    expect(asked).toEqual(['zk-1.zk', 'zk-2.zk']);
  });

  it('says in plain words when a peer cannot be asked', async () => {
    const { get } = stage('on', ({ id }) => (id === 3 ? both(gone) : follower));
    expect((await get('/')).body).toMatch(
      /<h3>zk-2\.zk<\/h3>[\s\S]*Nothing listens on the client port[^<]*its supervisor does not answer on port 8090/,
    );
  });

  it('allows its own style by its sum, and nothing else', async () => {
    const { headers = {}, body } = await stage().get('/');
    const style = /<style>([\s\S]*)<\/style>/.exec(body)?.[1] ?? '';
    const sum = createHash('sha256').update(style).digest('base64');
    expect(headers['Content-Security-Policy']).toBe(
      `default-src 'none'; style-src 'sha256-${sum}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(body).not.toContain(' style=');
  });

  it('stays as it is where it is asked to', async () => {
    const { get } = stage();
    expect((await get('/')).body).toContain('http-equiv="refresh"');
    expect((await get('/?still')).body).not.toContain('http-equiv');
  });

  it('is off where ZK_HEALTH_PAGE is false, and asks nobody', async () => {
    const { get, asked, words } = stage('off');
    expect(await get('/')).toMatchObject({
      status: 404,
      body: expect.stringContaining('ZK_HEALTH_PAGE is false'),
    });
    expect([...asked, ...words]).toEqual([]);
  });

  it('is read only', async () => {
    const { get, asked } = stage();
    expect(await get('/', 'POST')).toMatchObject({ status: 405 });
    expect(asked).toEqual([]);
    expect((await get('/', 'HEAD')).status).toBe(200);
  });

  it('costs ZooKeeper no more than /status does, and each peer one question in two seconds, in a flood', async () => {
    const flood = async (url: string) => {
      const { get, words, asked, pass } = stage();
      for (let times = 0; times < 10_000; times += 1) {
        await get(url);
        pass(1);
      }
      return { words: words.length, asked: asked.length };
    };
    const page = await flood('/');
    expect(page.words).toBeLessThanOrEqual((await flood('/status?verbose')).words);
    expect(page).toEqual({ words: 60, asked: 10 });
  });

  it('asks no host that another member names', async () => {
    const committed = { version: 'ffff', servers: ['server.9=evil.example:2888:3888:participant;2181'] };
    const told = { ...(waiting(2).told as PeerStatus) };
    const lying = { ...told, member: { ...(told.member as MemberFact), committed } };
    const { get, asked, pass } = stage('on', () => ({ ...follower, told: lying }));
    for (let times = 0; times < 3; times += 1) {
      await get('/');
      pass(3_000);
    }
    expect([...new Set(asked)]).toEqual(['zk-1.zk', 'zk-2.zk']);
  });
});
