import { expect, it } from 'vitest';
import { groupFindings } from '../../src/checks/groups.ts';

const found = (lines: Record<string, string>, voters = [1, 2, 3]) =>
  groupFindings({
    settings: { extraConfig: Object.entries(lines) },
    ensemble: {
      members: [
        ...voters.map((id) => ({ id, role: 'participant' })),
        ...(voters.length > 1 ? [{ id: 9, role: 'observer' }] : []),
      ],
    },
  } as never).map(({ code, problem }) => `${code} ${problem}`);

it.each<[Record<string, string>, string]>([
  [{ 'group.1': '1:2' }, 'ZK-CONFIG-001 the lines group.N leave out the voter 3'],
  [{ 'group.1': '1:2:3:4' }, 'ZK-CONFIG-001 the lines group.N name the id 4, which no voter has'],
  [{ 'group.1': '1:2:3:9' }, 'ZK-CONFIG-001 the lines group.N name the id 9, which no voter has'],
  [{ 'group.1': '1:2', 'group.2': '2:3' }, 'ZK-CONFIG-001 the lines group.N name the voter 2 twice'],
  [{ 'group.1': '1,2,3' }, 'ZK-CONFIG-001 group.1 is "1,2,3", which ends ZooKeeper'],
  [{ 'weight.1': 'abc' }, 'ZK-CONFIG-001 weight.1 is "abc", which ends ZooKeeper'],
  [{ 'group.1': '1:2:3', 'weight.1': '0' }, 'ZK-CONFIG-017 has group.1, weight.1'],
  [{ 'weight.1': '0' }, 'ZK-CONFIG-017 has weight.1'],
])('%j: %s', (lines, text) => {
  const [first, ...more] = found(lines);
  expect(first).toContain(text);
  expect(more).toEqual([]);
});

it('of one server says nothing of weights, and refuses a group', () => {
  expect(found({ 'weight.1': '2' }, [1])).toEqual([]);
  expect(found({ 'group.1': '1' }, [1])).toEqual([expect.stringContaining('this ensemble is one server')]);
});

it.each<Record<string, string>>([
  { snapCount: '5' },
  { 'group.1': '1:2:3' },
  { 'group.7': '1 : 02:3', 'weight.1': '2', 'weight.2': '2', 'weight.3': '2' },
])('control: %j counts as without such lines', (lines) => expect(found(lines)).toEqual([]));
