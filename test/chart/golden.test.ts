import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chartValues } from '../../scripts/chart-reference.ts';
import { isLong } from '../long.ts';
import { run } from '../process/run.ts';
import { chart, helm, sets, template, valueAt, without } from './helm.ts';

const paths = chartValues(readFileSync(join(chart, 'values.yaml'), 'utf8')).map(({ path }) => path);

/** Values that no golden set can hold, and the test that holds them instead. */
const ELSEWHERE = {
  enabled: 'is for parent charts (sub-chart.test.ts), and refused alone (refused.test.ts)',
  'persistence.enabled': 'false is what check --manifest refuses (below)',
};

/** In CI a value is left out of the first set that has it; in the long form, out of each. */
const isTried = (path: string, name: string) =>
  isLong || sets.find(({ values }) => valueAt(values, path) !== undefined)?.name === name;

describe.skipIf(helm === '').each(sets)('values of $name', ({ name, golden, values }) => {
  it('render the objects of the golden file', async () => {
    await expect(await template(values)).toMatchFileSnapshot(golden);
  });

  it('pass `helm template | zk-entrypoint check --manifest -` without a finding', async () => {
    const input = await template(values);
    const { exitCode, stdout } = await run(['check', '--manifest', '-'], {}, { input });
    expect(exitCode, stdout).toBe(0);
    const lines = stdout.split('\n').filter(Boolean);
    expect(lines.filter((line) => !/: \d+ pods? would start \(0 errors, 0 warnings\)$/.test(line))).toEqual(
      [],
    );
    expect(lines.length).toBeGreaterThan(0);
  });

  it('have an effect, each of them', { timeout: 120_000 }, async () => {
    const whole = await template(values);
    const given = paths.filter((path) => valueAt(values, path) !== undefined && isTried(path, name));
    const idle: string[] = [];
    for (const path of given) {
      // Without it the others may be refused, which is an effect too.
      const rest = await template(without(values, path)).catch(() => '');
      if (rest === whole) idle.push(path);
    }
    expect(idle).toEqual([]);
  });
});

it('every value is in a golden set', () => {
  const missing = paths.filter((path) => !sets.some(({ values }) => valueAt(values, path) !== undefined));
  expect(missing).toEqual(Object.keys(ELSEWHERE));
  expect(sets.length).toBeGreaterThanOrEqual(20);
});

describe.skipIf(helm === '')('check --manifest of what the chart renders', () => {
  it('refuses members that would lose their data', async () => {
    const input = await template({ persistence: { enabled: false } });
    const { exitCode, stdout } = await run(['check', '--manifest', '-'], {}, { input });
    expect([exitCode, stdout]).toEqual([78, expect.stringContaining('error ZK-MANIFEST-014')]);
  });

  it('finds what a template would get wrong', async () => {
    const input = (await template({})).replace('publishNotReadyAddresses: true', '');
    const { stdout } = await run(['check', '--manifest', '-'], {}, { input });
    expect(stdout).toContain('ZK-MANIFEST-004');
  });
});
