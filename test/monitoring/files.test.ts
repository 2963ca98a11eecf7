import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { MEMBERS } from '../../scripts/monitoring/alerts/alert.ts';
import { alerts, metricsIn, runbookOf } from '../../scripts/monitoring/alerts.ts';
import { monitoringFiles } from '../../scripts/monitoring/files.ts';
import { rows } from '../../scripts/monitoring/panels.ts';
import { forMembers } from '../../scripts/monitoring/rules.ts';
import { seriesNames, wholeScrape } from './whole-scrape.ts';

const root = join(import.meta.dirname, '../..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const queries = rows.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries));
const expressions = [...alerts, ...queries].map(({ expr }) => expr);

/** An object of Kubernetes as its publisher's schema describes it. */
type Model = new (data: object) => { validate(): void };

describe('the files of image/monitoring', () => {
  it.each(Object.entries(monitoringFiles()))('%s is what `npm run docs` writes', (path, text) => {
    expect(textOf(path)).toBe(text);
  });

  it('read metrics that are there, and no others', () => {
    const there = seriesNames(wholeScrape());
    const read = [...new Set(expressions.flatMap(metricsIn))];
    expect(read.length).toBeGreaterThan(45);
    // Prometheus itself makes `up`.
    const missing = read.filter((name) => name !== 'up' && !there.has(name));
    expect(missing).toEqual([]);
  });

  it('would be seen to read one that is not', () => {
    expect(metricsIn('rate(no_such_metric{MEMBERS}[5m]) > sum(up{MEMBERS})')).toEqual([
      'no_such_metric',
      'up',
    ]);
    expect(seriesNames(wholeScrape()).has('no_such_metric')).toBe(false);
  });

  it.each(expressions)('%s chooses its members in every selector', (expr) => {
    const chosen = forMembers(expr, 'job="zk"');
    expect(chosen).not.toContain(MEMBERS);
    expect(chosen.match(/\{[^}]*job="zk"\}/g)).toHaveLength(metricsIn(expr).length);
    const bare = forMembers(expr);
    expect(bare).not.toContain(MEMBERS);
    expect(bare).not.toMatch(/\{\}|,\}/);
  });

  it('have a dashboard with a place of its own for every panel', () => {
    const { panels } = JSON.parse(textOf('image/monitoring/zookeeper-dashboard.json')) as {
      panels: { id: number; type: string; gridPos: { x: number; y: number; w: number; h: number } }[];
    };
    expect(panels.length).toBe(rows.length + rows.flatMap((row) => row.panels).length);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
  });

  it.each(['pod-monitor', 'prometheus-rule'])(
    '%s.yaml fits the published schema of its kind',
    async (name) => {
      const object = parse(textOf(`image/monitoring/${name}.yaml`)) as { kind: string; spec: object };
      const folder = '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
      const module = (await import(/* @vite-ignore */ `${folder}/${object.kind}`)) as Record<string, Model>;
      const Kind = module[object.kind] as Model;
      new Kind(object).validate();
      expect(() =>
        new Kind({ ...object, spec: { ...object.spec, podMetricsEndpoints: 1, groups: 1 } }).validate(),
      ).toThrow();
    },
  );

  it('have the same rules for the operator as for a plain Prometheus', () => {
    const plain = parse(textOf('image/monitoring/zookeeper-rules.yaml')) as { groups: unknown };
    const operator = parse(textOf('image/monitoring/prometheus-rule.yaml')) as { spec: { groups: unknown } };
    expect(operator.spec.groups).toEqual(plain.groups);
  });
});

describe('the runbook', () => {
  const page = textOf('docs/runbook.md');
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

  it('has a heading for every alert, in their order, and for nothing else', () => {
    expect(headings).toEqual(alerts.map(({ name }) => name));
  });

  it('says something below each, and its links lead to headings', () => {
    const sections = page.split(/^## .+$/m).slice(1);
    for (const section of sections) expect(section.trim().length).toBeGreaterThan(100);
    const anchors = headings.map((heading) => `#${heading?.toLowerCase()}`);
    for (const [, anchor] of page.matchAll(/\]\((#[^)]+)\)/g)) expect(anchors).toContain(anchor);
    for (const alert of alerts)
      expect(`docs/runbook.md${anchors[alerts.indexOf(alert)]}`).toBe(runbookOf(alert));
  });
});
