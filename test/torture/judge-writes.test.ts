import { describe, expect, it } from 'vitest';
import { judgeWrites } from '../../scripts/torture/proof/judge-writes.ts';
import { digestOf, type Node, type Tree } from '../../scripts/torture/proof/tree.ts';
import type { Outcome, Write, WriteKind } from '../../scripts/torture/workload/history.ts';

const COUNTER = '/t/counter';

function write(id: string, kind: WriteKind, outcome: Outcome, more: Partial<Write> = {}): Write {
  const paths = { plain: [`/t/${id}`], sequential: [`/t/${id}`], multi: [`/t/${id}-a`, `/t/${id}-b`] };
  return { id, kind, outcome, paths: kind === 'increment' ? [COUNTER] : paths[kind], atMs: 1, ...more };
}

function node(value: string, version = 0): Node {
  return { value, version, made: '1', changed: '1' };
}

function judge(writes: readonly Write[], ...trees: Record<string, Node>[]): string[] {
  const byMember = new Map<string, Tree>(
    trees.map((tree, index) => [`zk-${index}`, new Map(Object.entries(tree))]),
  );
  return judgeWrites({ writes, trees: byMember, counterPath: COUNTER }).map(({ promise }) => promise);
}

const good: Write[] = [
  write('p', 'plain', 'acknowledged'),
  write('s', 'sequential', 'acknowledged', { made: '/t/s0000000003' }),
  write('m', 'multi', 'acknowledged'),
  write('i', 'increment', 'acknowledged'),
  write('u', 'plain', 'unknown'),
];
const tree = {
  '/t/p': node('p'),
  '/t/s0000000003': node('s'),
  '/t/m-a': node('m'),
  '/t/m-b': node('m'),
  [COUNTER]: node('1', 1),
};

function without(...paths: string[]): Record<string, Node> {
  return Object.fromEntries(Object.entries(tree).filter(([path]) => !paths.includes(path)));
}

describe('a history that kept its promises', () => {
  it('is found to be good', () => expect(judge(good, tree, tree, tree)).toEqual([]));
  it('may have a write without an answer', () => {
    const with_ = { ...tree, '/t/u': node('u') };
    expect(judge(good, with_, with_)).toEqual([]);
  });
  it('may have counted an increment without an answer', () => {
    const writes = [...good, write('j', 'increment', 'unknown')];
    expect(judge(writes, { ...tree, [COUNTER]: node('2', 2) })).toEqual([]);
  });
  it('may have a sequential node without an answer, anywhere in its sequence', () => {
    const writes = [...good, write('q', 'sequential', 'unknown')];
    expect(judge(writes, { ...tree, '/t/q0000000007': node('q') })).toEqual([]);
  });
});

describe('a history that is wrong', () => {
  it.each<[string, Record<string, Node>, string[]]>([
    ['a lost node', without('/t/p'), ['lost write']],
    ['another value', { ...tree, '/t/p': node('u') }, ['lost write', 'invented node']],
    ['a lost sequential node', without('/t/s0000000003'), ['lost write']],
    ['half a transaction', without('/t/m-b'), ['lost write']],
    ['a node nobody sent', { ...tree, '/t/x': node('x') }, ['invented node']],
    ['a value at another path', { ...tree, '/t/x': node('p') }, ['invented node']],
    ['a counter too low', { ...tree, [COUNTER]: node('0', 0) }, ['counter']],
    ['a counter too high', { ...tree, [COUNTER]: node('2', 2) }, ['counter']],
    ['a counter set twice', { ...tree, [COUNTER]: node('1', 2) }, ['counter']],
    ['no counter', without(COUNTER), ['counter']],
  ])('has %s', (_, wrong, promises) => expect(judge(good, wrong)).toEqual(promises));

  it('has half of a transaction without an answer', () => {
    expect(judge([write('h', 'multi', 'unknown')], { '/t/h-a': node('h') })).toEqual(['half a transaction']);
  });
  it('has a node that was refused', () => {
    expect(judge([write('r', 'plain', 'refused')], { '/t/r': node('r') })).toEqual(['invented node']);
  });
  it('has a member that lacks what the others have', () => {
    expect(judge(good, tree, without('/t/p'))).toEqual(['lost write', 'different trees']);
  });
  it('has members that made the same node in different transactions', () => {
    expect(judge(good, tree, { ...tree, '/t/p': { ...node('p'), made: '2' } })).toEqual(['different trees']);
  });
});

it('says of different trees where they differ', () => {
  const trees = new Map([
    ['zk-0', new Map(Object.entries(tree))],
    ['zk-1', new Map(Object.entries(without('/t/p')))],
  ]);
  const [violation] = judgeWrites({ writes: [], trees, counterPath: COUNTER }).filter(
    ({ promise }) => promise === 'different trees',
  );
  expect(violation?.text).toMatch(/; 1 paths differ: \/t\/p \(made by zk-0 \w+, zk-1 without\)$/);
});

describe('a digest', () => {
  it('does not depend on the order of reading', () => {
    const entries = Object.entries(tree);
    expect(digestOf(new Map(entries))).toBe(digestOf(new Map(entries.toReversed())));
  });
});
