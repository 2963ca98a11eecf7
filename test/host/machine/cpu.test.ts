import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readCpu } from '../../../src/host/machine/cpu.ts';

function cgroup(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'cgroup-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

const used = 'usage_usec 1500000\nuser_usec 1000000\nsystem_usec 500000\n';
const counted = { periods: 40, throttledPeriods: 3, throttledSeconds: 0.25 };

it.each<[string, Record<string, string>, object]>([
  [
    'version 2',
    {
      'cpu.stat': `${used}nr_periods 40\nnr_throttled 3\nthrottled_usec 250000\n`,
      'cpu.max': '150000 100000\n',
    },
    { limit: 1.5, usedSeconds: 1.5, ...counted },
  ],
  [
    'version 2 without a limit',
    { 'cpu.stat': `${used}nr_periods 0\nnr_throttled 0\nthrottled_usec 0\n`, 'cpu.max': 'max 100000\n' },
    { usedSeconds: 1.5 },
  ],
  [
    'version 1',
    {
      'cpu/cpu.stat': 'nr_periods 40\nnr_throttled 3\nthrottled_time 250000000\n',
      'cpu/cpu.cfs_quota_us': '50000\n',
      'cpu/cpu.cfs_period_us': '100000\n',
    },
    { limit: 0.5, ...counted },
  ],
  [
    'version 1 without a limit',
    {
      'cpu/cpu.stat': 'nr_periods 0\nnr_throttled 0\nthrottled_time 0\n',
      'cpu/cpu.cfs_quota_us': '-1\n',
      'cpu/cpu.cfs_period_us': '100000\n',
    },
    {},
  ],
  ['none', {}, {}],
])('the processors by cgroup %s', (_, files, expected) => {
  expect(JSON.parse(JSON.stringify(readCpu(cgroup(files))))).toEqual(expected);
});
