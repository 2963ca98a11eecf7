import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { chartSchema, chartValues, withChartValues } from '../../scripts/chart-reference.ts';

const root = join(import.meta.dirname, '../..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const valuesText = textOf('chart/values.yaml');
const values = chartValues(valuesText);

describe('the chart’s values', () => {
  it('are documented by one source: the schema and the README are what `npm run docs` writes', () => {
    expect(textOf('chart/values.schema.json')).toBe(chartSchema(values));
    const readme = textOf('chart/README.md');
    expect(readme).toBe(withChartValues(readme, values));
  });

  it('are all of values.yaml, each with a meaning', () => {
    const known = new Set(values.map(({ path }) => path));
    const leaves = (tree: unknown, path: string): string[] =>
      known.has(path) || typeof tree !== 'object' || tree === null
        ? [path]
        : Object.entries(tree).flatMap(([key, value]) => leaves(value, path === '' ? key : `${path}.${key}`));
    expect(leaves(parse(valuesText), '')).toEqual([...known]);
    expect(values.length).toBeGreaterThan(60);
    for (const { meaning } of values) expect(meaning).toMatch(/[.`]$/);
  });

  it('without a meaning are refused', () => {
    expect(() => chartValues('a: 1\n')).toThrow('a has no meaning');
  });

  it('that are not known are refused by the schema, at every level', () => {
    interface Schema {
      readonly properties?: Record<string, Schema>;
      readonly additionalProperties?: unknown;
    }
    const open = (schema: Schema, path: string): string[] => [
      ...(schema.properties !== undefined && schema.additionalProperties !== false ? [path] : []),
      ...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => open(inner, `${path}.${key}`)),
    ];
    // What is global is also of other charts.
    const left = open(JSON.parse(chartSchema(values)) as Schema, '').filter(
      (path) => !path.startsWith('.global'),
    );
    expect(left).toEqual([]);
  });
});

describe('the chart', () => {
  it('has the version of package.json', () => {
    const { version } = JSON.parse(textOf('package.json')) as { version: string };
    expect(parse(textOf('chart/Chart.yaml'))).toMatchObject({ version, appVersion: '3.9' });
  });
});
