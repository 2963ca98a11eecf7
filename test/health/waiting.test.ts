import { describe, expect, it } from 'vitest';
import type { Phase, SupervisorFacts } from '../../src/health/facts.ts';
import { answerRequest } from '../../src/health/routes.ts';
import { snapshot } from './snapshots.ts';

const WAITING = { sentence: 'this member waits until zk-1 serves', sinceMs: 0, remedy: 'start zk-1' };
const heldBack: Partial<SupervisorFacts> = {
  phase: 'preparing',
  jvmRunning: false,
  everOk: false,
  waiting: WAITING,
};

const answerOf = (url: string, more: Partial<SupervisorFacts> = {}) =>
  answerRequest({ method: 'GET', url }, snapshot({ ...heldBack, ...more }));

describe('a start that is held back', () => {
  it.each(['/livez', '/readyz', '/startupz', '/ruok'])('passes %s, with what it waits for', (url) => {
    expect(answerOf(url)).toMatchObject({ status: 200, body: `ok\n${WAITING.sentence}\n` });
    expect(answerOf(`${url}?verbose`).body).toContain(`\n${WAITING.sentence}\n${url.slice(1)} check passed`);
  });

  it('is not ready where ready means to serve, for /readyz alone', () => {
    const serving = { readiness: 'serving' } as const;
    expect(answerOf('/readyz', serving)).toMatchObject({
      status: 503,
      body: `serving: ${WAITING.sentence}\n`,
    });
    for (const url of ['/livez', '/startupz', '/ruok']) expect(answerOf(url, serving).status).toBe(200);
  });

  it('says in /status for what, since when, and what to do', () => {
    expect(JSON.parse(answerOf('/status').body).entrypoint.waiting).toEqual({
      for: WAITING.sentence,
      since: '1970-01-01T00:00:00.000Z',
      remedy: 'start zk-1',
    });
  });

  // Without this, a fact that is never taken back would make every member ready.
  it.each<[Phase, number]>([
    ['starting', 503],
    ['stopping', 503],
    ['stopped', 503],
  ])('is one only before there is a JVM: %s', (phase, status) => {
    expect(answerOf('/readyz', { phase }).status).toBe(status);
  });

  it('fails where nothing is waited for', () => {
    expect(answerOf('/readyz', { waiting: undefined }).status).toBe(503);
    expect(answerOf('/startupz', { waiting: undefined }).status).toBe(503);
    expect(answerOf('/livez', { waiting: undefined })).toMatchObject({ status: 200, body: 'ok\n' });
  });
});
