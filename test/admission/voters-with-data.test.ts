import { expect, it } from 'vitest';
import type { Begun, MemberRecord } from '../../src/admission/record.ts';
import { knownBy, type Traces } from '../../src/admission/voters-with-data.ts';

const record = (members: number[], begun?: Begun) =>
  ({ members, ...(begun === undefined ? {} : { begun }) }) as unknown as MemberRecord;

it.each<[string, MemberRecord | undefined, Traces, number[], number[]]>([
  [
    'those it last served with, whatever the list',
    record([1, 2, 3], { voters: [1, 2], epoch: 4 }),
    { data: 'served', epoch: 4 },
    [1, 2, 3, 4, 5],
    [1, 2, 3],
  ],
  [
    'nobody, where nothing was ever served',
    record([], { voters: [1], epoch: 0 }),
    { data: 'created', epoch: 0 },
    [1, 2, 3],
    [],
  ],
  [
    'nobody, where there is no data',
    record([], { voters: [1], epoch: 0 }),
    { data: 'empty', epoch: 0 },
    [1, 2, 3],
    [],
  ],
  // A standalone server that was stopped before it wrote that it serves, and is one of three now.
  [
    'its list of then, where there is data and nothing was written down',
    record([], { voters: [1], epoch: 0 }),
    { data: 'served', epoch: 0 },
    [1, 2, 3],
    [1],
  ],
  // One that was added to, was in the new quorum, and was stopped before it wrote that down.
  [
    'its list of then, where it has been in a quorum since',
    record([1], { voters: [1, 2, 3], epoch: 4 }),
    { data: 'served', epoch: 5 },
    [1],
    [1, 2, 3],
  ],
  [
    'those it last served with, where an older volume was brought back',
    record([1, 2, 3], { voters: [1, 2, 3, 4, 5], epoch: 4 }),
    { data: 'served', epoch: 2 },
    [1, 2, 3],
    [1, 2, 3],
  ],
  [
    'all of today, where the record is of before there was a list in it',
    record([]),
    { data: 'served', epoch: 1 },
    [1, 2, 3],
    [1, 2, 3],
  ],
  ['all of today, where there is no record', undefined, { data: 'served', epoch: 1 }, [1, 2, 3], [1, 2, 3]],
])('a volume knows %s', (_, of, traces, voters, expected) => {
  expect(knownBy(of, traces, voters)).toEqual(expected);
});
