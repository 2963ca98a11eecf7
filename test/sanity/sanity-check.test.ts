import { describe, expect, it } from 'vitest';
import { sanityCheck } from '../../src/sanity/sanity-check.ts';
import { type FakeEnsemble, failure, fakeEnsemble } from './fake-ensemble.ts';

const THREE = ['zk-0', 'zk-1', 'zk-2'];

function check(ensemble: FakeEnsemble, path = '/hello') {
  let clock = 0;
  return sanityCheck({
    members: ensemble.members,
    path,
    value: 'sanity-7',
    connect: ensemble.connect,
    now: () => clock++,
  });
}

describe('a sane ensemble', () => {
  it('is written to once and read by every other member after a sync', async () => {
    const ensemble = fakeEnsemble(THREE);
    const { ok, node, members, leftovers } = await check(ensemble);
    expect({ ok, node, leftovers }).toEqual({ ok: true, node: '/hello', leftovers: [] });
    expect(members.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'zk-0 written',
      'zk-1 read',
      'zk-2 read',
    ]);
    expect(ensemble.requests.filter((request) => request.startsWith('zk-1'))).toEqual([
      'zk-1 sync /hello',
      'zk-1 get /hello',
    ]);
  });

  it('tells how long connecting and asking took', async () => {
    const { members } = await check(fakeEnsemble(['zk-0']));
    expect(members[0]).toMatchObject({ kind: 'written', connectMs: 1, tookMs: 1 });
  });

  it('of one member reads the value back in a second session', async () => {
    const ensemble = fakeEnsemble(['zk-0']);
    const { ok, members } = await check(ensemble);
    expect(ok).toBe(true);
    expect(members.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['zk-0 written', 'zk-0 read']);
    expect(ensemble.openSessions()).toBe(0);
  });
});

describe('what is there before', () => {
  it.each([
    { path: '/hello', before: [], node: '/hello' },
    { path: '/hello', before: ['/hello'], node: '/hello-sanity-7' },
    { path: '/a/b/c', before: [], node: '/a/b/c' },
    { path: '/a/b/c', before: ['/a'], node: '/a/b/c' },
    { path: '/a/b', before: ['/a', '/a/b', '/a/b/child'], node: '/a/b-sanity-7' },
    { path: '/', before: [], node: '/sanity-7' },
  ])('$path beside $before: writes $node and leaves all as it was', async ({ path, before, node }) => {
    const ensemble = fakeEnsemble(THREE);
    for (const each of before) ensemble.tree.set(each, 'precious');
    const report = await check(ensemble, path);
    expect(report).toMatchObject({ ok: true, node, leftovers: [] });
    expect([...ensemble.tree]).toEqual(before.map((each) => [each, 'precious']));
  });

  it('that somebody else put below a parent of ours in the meantime stays, and is told', async () => {
    const ensemble = fakeEnsemble(THREE);
    const connect = ensemble.connect;
    const busy = {
      ...ensemble,
      connect: async (to: Parameters<typeof connect>[0]) => {
        const session = await connect(to);
        if (session.kind === 'failed') return session;
        return {
          ...session,
          sync: async () => ({ kind: 'done', value: void ensemble.tree.set('/a/x', '') }) as const,
        };
      },
    };
    const { ok, leftovers } = await check(busy, '/a/b');
    expect(ok).toBe(true);
    expect(leftovers).toEqual([
      '/a is not removed, though this run made it: other clients have made nodes below it',
    ]);
    expect([...ensemble.tree.keys()]).toEqual(['/a', '/a/x']);
  });
});

describe('a member that fails', () => {
  const silent = failure('timeout', 'did not answer within 3000 ms');

  it.each([
    { fault: 'connect', sentence: 'did not answer within 3000 ms' },
    { fault: 'sync', sentence: 'did not answer within 3000 ms (sync)' },
    { fault: 'get', sentence: 'did not answer within 3000 ms (reading /hello)' },
  ] as const)(
    'to $fault is named with the reason, and the others are still read',
    async ({ fault, sentence }) => {
      const ensemble = fakeEnsemble(THREE, [{ host: 'zk-1', operation: fault, answer: silent }]);
      const report = await check(ensemble);
      expect(report.ok).toBe(false);
      expect(report.members.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
        'zk-0 written',
        ...(fault === 'connect' ? ['zk-2 read', 'zk-1 failed'] : ['zk-1 failed', 'zk-2 read']),
      ]);
      expect(report.members.find(({ name }) => name === 'zk-1')).toMatchObject({ sentence });
      expect([...ensemble.tree.keys()]).toEqual([]);
      expect(ensemble.openSessions()).toBe(0);
    },
  );

  it.each([
    { answer: failure('no-node', 'has no such node'), words: 'does not have /hello, even after a sync' },
    {
      answer: { kind: 'done', value: 'older' } as const,
      words: 'has the value "older" where "sanity-7" was written',
    },
  ])('to hold the value is named: $words', async ({ answer, words }) => {
    const report = await check(fakeEnsemble(THREE, [{ host: 'zk-2', operation: 'get', answer }]));
    expect(report.ok).toBe(false);
    expect(report.members.at(-1)).toMatchObject({
      name: 'zk-2',
      kind: 'failed',
      sentence: expect.stringContaining(words),
    });
  });

  it('first in the list is passed over: the next one is written to', async () => {
    const report = await check(fakeEnsemble(THREE, [{ host: 'zk-0', operation: 'connect', answer: silent }]));
    expect(report.members.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'zk-1 written',
      'zk-2 read',
      'zk-0 failed',
    ]);
  });

  it('to write is named, nobody is read, and the parents made for it are removed', async () => {
    const answer = failure('not-allowed', 'refuses it');
    const ensemble = fakeEnsemble(THREE, [{ host: 'zk-0', operation: 'create', path: '/a/b', answer }]);
    const report = await check(ensemble, '/a/b');
    expect(report.node).toBeUndefined();
    expect(report.members.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'zk-0 failed',
      'zk-1 not-asked',
      'zk-2 not-asked',
    ]);
    expect(report.members[0]).toMatchObject({ sentence: 'refuses it (making /a/b)' });
    expect([...ensemble.tree.keys()]).toEqual([]);
  });

  it('like all the others leaves every member named', async () => {
    const faults = THREE.map((host) => ({ host, operation: 'connect', answer: silent }) as const);
    const report = await check(fakeEnsemble(THREE, faults));
    expect(report.members.map(({ kind }) => kind)).toEqual(['failed', 'failed', 'failed']);
  });

  it('alone is named once', async () => {
    const report = await check(
      fakeEnsemble(['zk-0'], [{ host: 'zk-0', operation: 'connect', answer: silent }]),
    );
    expect(report.members).toHaveLength(1);
  });

  it('to remove the node has it told', async () => {
    const report = await check(fakeEnsemble(THREE, [{ host: 'zk-0', operation: 'remove', answer: silent }]));
    expect(report.leftovers).toEqual([
      '/hello could not be removed: the member did not answer within 3000 ms',
    ]);
  });
});

it('uses a parent that exists though its own parent refuses new nodes', async () => {
  const answer = failure('not-allowed', 'refuses it');
  const ensemble = fakeEnsemble(THREE, [{ host: 'zk-0', operation: 'create', path: '/a', answer }]);
  ensemble.tree.set('/a', '');
  expect(await check(ensemble, '/a/b')).toMatchObject({ ok: true, node: '/a/b' });
});
