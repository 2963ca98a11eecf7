import { expect, it } from 'vitest';
import { basisOf, defaultHeap } from '../../src/settings/default-heap.ts';
import { usesNetty } from '../../src/settings/memory.ts';
import { readSettings } from '../../src/settings/read.ts';

const MIB = 2 ** 20;
const node = { memoryBytes: 64_000 * MIB, memoryIs: 'machine' } as const;

it.each([
  ['a limit, whatever the request', { memoryBytes: 512 * MIB, memoryIs: 'limit' } as const, 256 * MIB, 512],
  ['the request where there is no limit', node, 768 * MIB, 768],
  ['a fixed size where there is neither', node, undefined, 2_000],
  ['a fixed size where the downward API says 0', node, 0, 2_000],
])('sizes follow from %s', (_, memory, request, expected) => {
  expect(basisOf(memory, request).memoryBytes).toBe(expected * MIB);
});

it.each([
  [{}, '1000m'],
  [{ ZK_MEMORY_REQUEST: '1Gi' }, '512m'],
  [{ ZK_MEMORY_REQUEST: '805306368' }, '384m'],
])('on a large node without a limit %j gives %s', (variables, heap) => {
  const { settings } = readSettings({ variables, files: new Map(), memory: node });
  expect(settings.heap).toEqual({ kind: 'bytes', bytes: Number.parseInt(heap, 10) * MIB });
});

it.each([
  [{}, false],
  [{ ZK_EXTRA_CONFIG: 'serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory' }, true],
  [{ JVMFLAGS: '-Dzookeeper.serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory' }, true],
  [{ JVMFLAGS: '-Dzookeeper.serverCnxnFactory=org.apache.zookeeper.server.NIOServerCnxnFactory' }, false],
])('%j is served by Netty: %s', (variables, expected) => {
  const { settings } = readSettings({ variables, files: new Map(), memory: node });
  expect(usesNetty(settings)).toBe(expected);
});

it('leaves more beside the heap for Netty', () => {
  expect(defaultHeap(384 * MIB, false)).toEqual({ kind: 'bytes', bytes: 192 * MIB });
  expect(defaultHeap(384 * MIB, true)).toEqual({ kind: 'bytes', bytes: 161 * MIB });
});
