import { expect, it } from 'vitest';
import { describeReport } from '../../src/sanity/describe.ts';
import type { SanityReport } from '../../src/sanity/sanity-check.ts';

const member = (name: string) => ({ name, host: name, port: 2181 });

it('tells who was written, who was read, how long it took, and that all is well', () => {
  const report: SanityReport = {
    ok: true,
    node: '/hello',
    value: 'v',
    members: [
      { ...member('zk-0'), kind: 'written', connectMs: 31.4, tookMs: 12.6 },
      { ...member('zk-10'), kind: 'read', connectMs: 9.96, tookMs: 4.04 },
    ],
    leftovers: [],
  };
  expect(describeReport(report, '/hello')).toEqual([
    'zk-0   wrote /hello in 13 ms (connected in 31 ms)',
    'zk-10  read it after a sync in 4.0 ms (connected in 10.0 ms)',
    'ok: one write, 1 read, the same value everywhere',
  ]);
});

it('names the members that failed, the node beside the path, and what is left', () => {
  const report: SanityReport = {
    ok: false,
    node: '/hello-v',
    value: 'v',
    members: [
      { ...member('zk-0'), kind: 'written', connectMs: 1, tookMs: 1 },
      { ...member('zk-1'), kind: 'failed', sentence: 'did not answer within 3000 ms' },
    ],
    leftovers: ['/hello-v could not be removed: the member closed the connection'],
  };
  expect(describeReport(report, '/hello')).toEqual([
    '/hello exists and is not changed; /hello-v was made for this check',
    'zk-0  wrote /hello-v in 1.0 ms (connected in 1.0 ms)',
    'zk-1  FAILED: did not answer within 3000 ms',
    '/hello-v could not be removed: the member closed the connection',
    'failed: zk-1',
  ]);
});

it('says so when nothing was written', () => {
  const members: SanityReport['members'] = [
    { ...member('zk-0'), kind: 'failed', sentence: 'refuses it' },
    { ...member('zk-1'), kind: 'not-asked', sentence: 'was not asked, as nothing was written' },
  ];
  expect(describeReport({ ok: false, value: 'v', members, leftovers: [] }, '/hello')).toEqual([
    'zk-0  FAILED: refuses it',
    'zk-1  was not asked, as nothing was written',
    'failed: zk-0; nothing was written',
  ]);
});
