import { describe, expect, it } from 'vitest';
import type { Ensemble, Member } from '../../src/ensemble/member.ts';
import { ensembleAt, linesAt, specOf } from '../../src/membership/place.ts';
import { statefulSetOf, staysWith } from '../../src/membership/stays.ts';
import { configuration } from './model.ts';

function member(id: number, host: string, role: Member['role'] = 'participant'): Member {
  return { id, host, serverPort: 2888, electionPort: 3888, role };
}

const self = member(4, 'zk-3.zk');
const wished: Ensemble = { myid: 4, self, name: 'zk-3', members: [member(1, 'zk-0.zk'), self] };
const clients = { clientPort: 2181, clientAddress: undefined };

describe('the lines of a start', () => {
  it('of a joiner are those that were committed, and its own as observer', () => {
    const place = { kind: 'join', configuration: configuration([1, 2], 5n) } as const;
    const ensemble = ensembleAt(place, wished);
    expect(ensemble).toMatchObject({ becomes: 'participant', self: { role: 'observer' } });
    expect(linesAt(place, ensemble, clients)).toEqual([
      'server.1=zk-1:2888:3888:participant;2181',
      'server.2=zk-2:2888:3888:participant;2181',
      'server.4=zk-3.zk:2888:3888:observer;2181',
    ]);
  });

  it('of a first start are those of the settings, each with its client port', () => {
    expect(linesAt({ kind: 'begin' }, wished, clients)).toEqual([
      'server.1=zk-0.zk:2888:3888:participant;2181',
      'server.4=zk-3.zk:2888:3888:participant;2181',
    ]);
  });

  it('have one address for all, or the own host of each', () => {
    const other = member(1, '10.0.0.1');
    expect(specOf(other, { clientPort: 1, clientAddress: '127.0.0.1' }, self)).toMatch(/;127\.0\.0\.1:1$/);
    expect(specOf(other, { clientPort: 1, clientAddress: 'zk-3.zk' }, self)).toMatch(/;10\.0\.0\.1:1$/);
    expect(specOf(other, { clientPort: 1, clientAddress: '::1' }, self)).toMatch(/;\[::1\]:1$/);
  });
});

describe('who stays', () => {
  const members = [
    member(1, 'zk-0.zk'),
    member(2, 'zk-1.zk'),
    member(3, 'zk-2.zk'),
    member(101, 'zko-0.zk', 'observer'),
    member(9, 'elsewhere.example'),
  ];
  const ids = (replicas: number, own: Member, ordinalsStart = 0) =>
    members.map(({ id }) => id).filter(staysWith(replicas, { self: own, ordinalsStart, members }));

  it('are the lowest ordinals of the own StatefulSet, and everybody else', () => {
    expect(ids(2, member(1, 'zk-0.zk'))).toEqual([1, 2, 101, 9]);
    expect(ids(1, member(101, 'zko-0.zk'))).toEqual([1, 2, 3, 101, 9]);
    expect(ids(1, member(1, 'zk-0.zk'), 1)).toEqual([1, 2, 101, 9]);
  });

  it('are the lowest ids among the voters where no name has an ordinal', () => {
    expect(ids(2, member(9, 'elsewhere.example'))).toEqual([1, 2, 101]);
    expect(statefulSetOf(member(9, '10.0.0.7'))).toBeUndefined();
    expect(statefulSetOf(member(9, 'a-b-10.x'))).toBe('a-b');
  });
});
