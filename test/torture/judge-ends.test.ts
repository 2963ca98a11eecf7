import { describe, expect, it } from 'vitest';
import type { End } from '../../scripts/torture/kubelet/records.ts';
import { judgeEnds, type Struck } from '../../scripts/torture/proof/judge-ends.ts';

const end: End = {
  member: 'zk-1',
  start: 3,
  atMs: 2_000,
  ranMs: 1_000,
  status: 137,
  signal: null,
  reason: 'ZooKeeper was killed by SIGKILL',
  asked: undefined,
  killedByKubelet: false,
  leftovers: [],
  jvms: 1,
};
const fault: Struck = {
  kind: 'jvm KILL',
  members: ['zk-1'],
  ends: true,
  kills: false,
  fromMs: 1_500,
  healedMs: 1_700,
  readyMs: 2_000,
  toMs: 4_000,
};

function judge(ends: Partial<End>, faults: Partial<Struck> | undefined = {}): string[] {
  const struck = faults === undefined ? [] : [{ ...fault, ...faults }];
  return judgeEnds([{ ...end, ...ends }], struck).map(({ promise }) => promise);
}

describe('an end', () => {
  it('of a member that was struck is as it must be', () => expect(judge({})).toEqual([]));
  it('that a rollout asked for needs no fault', () => {
    expect(judgeEnds([{ ...end, asked: 'deleted' }], [])).toEqual([]);
  });
  it('of KILL to the supervisor has no reason', () => {
    expect(judge({ status: null, signal: 'SIGKILL', reason: '' }, { kills: true })).toEqual([]);
  });
  it('of TERM before the program could heed it has no reason', () => {
    expect(judge({ status: null, signal: 'SIGTERM', reason: '', asked: 'deleted' })).toEqual([]);
  });
  it('of a kubelet without patience has no reason', () => {
    expect(judge({ status: null, signal: 'SIGKILL', reason: '', killedByKubelet: true })).toEqual([]);
  });

  it.each<[string, Partial<End>, Partial<Struck>, string[]]>([
    ['without a fault at the time', { atMs: 9_000 }, {}, ['needless restart']],
    ['before its fault', { atMs: 1_000 }, {}, ['needless restart']],
    ['by a fault of another member', {}, { members: ['zk-2'] }, ['needless restart']],
    ['by a cut of the network', {}, { ends: false }, ['needless restart']],
    [
      'by liveness without a cause',
      { asked: '/livez failed 3 times' },
      { ends: false },
      ['needless restart'],
    ],
    ['without a reason', { reason: ' ' }, {}, ['end without a reason']],
    ['by KILL that nobody sent', { signal: 'SIGKILL', reason: '' }, {}, ['end without a reason']],
    ['by TERM that no kubelet sent', { signal: 'SIGTERM', reason: '' }, {}, ['end without a reason']],
    ['that leaves a process', { leftovers: ['java (7)'] }, {}, ['left behind']],
    ['after a second JVM', { jvms: 2 }, {}, ['restart in place']],
  ])('%s is told', (_, ends, faults, promises) => expect(judge(ends, faults)).toEqual(promises));
});
