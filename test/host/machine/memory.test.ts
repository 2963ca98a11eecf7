import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { countOomKills, countThrottles, readMemory } from '../../../src/host/machine/cgroup.ts';

function cgroup(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'cgroup-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

const machine = { memoryBytes: totalmem(), memoryIs: 'machine' };
const limit = { memoryBytes: 536_870_912, memoryIs: 'limit' };

it.each<[string, Record<string, string>, object]>([
  ['version 2', { 'memory.max': '536870912\n' }, limit],
  ['version 1', { 'memory/memory.limit_in_bytes': '536870912\n' }, limit],
  ['version 2 without a limit', { 'memory.max': 'max\n' }, machine],
  ['version 1 without a limit', { 'memory/memory.limit_in_bytes': '9223372036854771712\n' }, machine],
  ['none', {}, machine],
  [
    'version 2 that slows down before the limit',
    { 'memory.max': '536870912\n', 'memory.high': '402653184\n' },
    { ...limit, highBytes: 402_653_184 },
  ],
  ['version 2 without memory.high', { 'memory.max': '536870912\n', 'memory.high': 'max\n' }, limit],
  ['version 2 whose limit comes first', { 'memory.max': '536870912\n', 'memory.high': '536870912\n' }, limit],
])('the memory by cgroup %s', (_, files, expected) => {
  expect(readMemory(cgroup(files))).toEqual(expected);
});

it.each<[string, Record<string, string>, number | undefined]>([
  ['version 2', { 'memory.events': 'low 0\noom 3\noom_kill 2\n' }, 2],
  ['version 1', { 'memory/memory.oom_control': 'oom_kill_disable 0\noom_kill 1\n' }, 1],
  ['none', {}, undefined],
])('the kills for memory by cgroup %s', (_, files, expected) => {
  expect(countOomKills(cgroup(files))).toBe(expected);
});

it.each<[string, Record<string, string>, number | undefined]>([
  ['version 2', { 'memory.events': 'low 0\nhigh 17\nmax 4\noom 0\noom_kill 0\n' }, 17],
  ['version 1', { 'memory/memory.oom_control': 'oom_kill_disable 0\noom_kill 1\n' }, undefined],
])('the times that the kernel slowed processes down by cgroup %s', (_, files, expected) => {
  expect(countThrottles(cgroup(files))).toBe(expected);
});
