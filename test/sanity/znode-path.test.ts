import { describe, expect, it } from 'vitest';
import { parents, znodePath } from '../../src/sanity/znode-path.ts';

describe('the path of a node', () => {
  it.each(['/', '/hello', '/a/b/c', '/zookeeper-test', '/größe', '/a b', '/...'])('%s is taken', (path) => {
    expect(znodePath(path)).toEqual({ ok: true, value: path });
  });

  it.each([
    ['', 'does not begin with a slash'],
    ['hello', 'does not begin with a slash'],
    ['/hello/', 'has an empty name, or ends with a slash'],
    ['/a//b', 'has an empty name, or ends with a slash'],
    ['/a/../b', 'has the name "." or ".."'],
    ['/.', 'has the name "." or ".."'],
    ['/a\u0000', 'has a character that ZooKeeper does not take'],
    ['/a\nb', 'has a character that ZooKeeper does not take'],
    ['/\ue000', 'has a character that ZooKeeper does not take'],
    ['/zookeeper/quota', 'is in the part that ZooKeeper reserves'],
  ])('%j is refused', (path, problem) => {
    expect(znodePath(path)).toMatchObject({ ok: false, problem });
  });
});

it.each([
  ['/', []],
  ['/a', []],
  ['/a/b/c', ['/a', '/a/b']],
])('the parents of %s are %j', (path, above) => {
  expect(parents(path)).toEqual(above);
});
