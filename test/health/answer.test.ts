import { describe, expect, it } from 'vitest';
import { healthAnswerer } from '../../src/health/answer.ts';
import type { SupervisorFacts } from '../../src/health/facts.ts';
import { Tally } from '../../src/health/tally.ts';
import { answered, servingFacts } from './snapshots.ts';

function answerer(supervisor: () => SupervisorFacts = () => servingFacts) {
  const asked: string[] = [];
  const tally = new Tally();
  let nowMs = 0;
  const pass = (ms: number) => {
    nowMs += ms;
  };
  const answer = healthAnswerer({
    supervisor,
    tally,
    ask: async (word) => {
      asked.push(word);
      nowMs += 2;
      return answered(word === 'ruok' ? 'imok' : '');
    },
    clock: () => nowMs,
  });
  return { answer, asked, tally, pass };
}

describe('answering', () => {
  it('asks only what the route needs', async () => {
    const { answer, asked } = answerer();
    expect(await answer({ method: 'GET', url: '/livez' })).toMatchObject({ status: 200 });
    await answer({ method: 'GET', url: '/livez' });
    await answer({ method: 'GET', url: '/nothing' });
    expect(asked).toEqual(['ruok', 'srvr', 'ruok']);
  });

  it('looks for the quorum now and then, though liveness needs none', async () => {
    const { answer, asked, pass } = answerer();
    for (let times = 0; times < 4; times += 1) {
      await answer({ method: 'GET', url: '/livez' });
      pass(10_000);
    }
    expect(asked).toEqual(['ruok', 'srvr', 'ruok', 'ruok', 'srvr', 'ruok']);
  });

  it('looks for it every time while it is lost', async () => {
    const { answer, asked } = answerer(() => ({ ...servingFacts, withoutQuorumSinceMs: 1 }));
    for (const url of ['/livez', '/metrics']) await answer({ method: 'GET', url });
    expect(asked).toEqual(['ruok', 'srvr', 'mntr', 'srvr']);
  });

  it('says without a quorum at the look that finds it lost', async () => {
    let since: number | undefined;
    const { answer } = answerer(() => ({ ...servingFacts, withoutQuorumSinceMs: since }));
    expect((await answer({ method: 'GET', url: '/livez' })).body).toBe('ok\n');
    since = servingFacts.nowMs - 3_000;
    expect((await answer({ method: 'GET', url: '/livez' })).body).toMatch(/^ok\nwithout a quorum for 3 s/);
  });

  it('does not call a member ready that began to stop while ZooKeeper was asked', async () => {
    let calls = 0;
    const { answer } = answerer(() => ({ ...servingFacts, phase: calls++ === 0 ? 'serving' : 'stopping' }));
    expect(await answer({ method: 'GET', url: '/readyz' })).toMatchObject({ status: 503 });
  });

  it('counts by route and result, whatever the path', async () => {
    const { answer, tally } = answerer();
    for (const url of ['/livez', '/livez?verbose', '/a', '/b']) await answer({ method: 'GET', url });
    expect(tally.read().probes).toEqual([
      { probe: 'livez', ok: true, count: 2, tookMs: 6 },
      { probe: 'other', ok: false, count: 2, tookMs: 0 },
    ]);
  });
});

describe('tally', () => {
  it('counts exchanges by word and ending', () => {
    const tally = new Tally();
    tally.countExchange('ruok', answered('imok'));
    tally.countExchange('ruok', answered('what'));
    tally.countExchange('ruok', { kind: 'refused', tookMs: 1 });
    expect(tally.read().exchanges).toEqual([
      { word: 'ruok', ending: 'answer', count: 2, tookMs: 3 },
      { word: 'ruok', ending: 'refused', count: 1, tookMs: 1 },
    ]);
  });
});
