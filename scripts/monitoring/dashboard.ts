import type { Panel } from './panels/panel.ts';
import { rows } from './panels.ts';
import { forMembers } from './rules.ts';

/** The variables of the dashboard, as matchers of every expression. */
const CHOSEN = 'namespace=~"$namespace",job=~"$job",instance=~"$instance"';

const DATASOURCE = { type: 'prometheus', uid: '$datasource' } as const;

/** Grafana's grid has 24 columns. */
const COLUMNS = 24;
const SIZES = {
  stat: { w: 4, h: 4 },
  timeseries: { w: 8, h: 8 },
  table: { w: 4, h: 4 },
} as const satisfies Record<Panel['kind'], { w: number; h: number }>;

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Grafana's dashboard as JSON, schema 38 (Grafana 10 and later; 9 reads it too). */
export function dashboard(): string {
  return `${JSON.stringify(model(), undefined, 2)}\n`;
}

function model() {
  return {
    title: 'ZooKeeper (zk-entrypoint)',
    uid: 'zk-entrypoint',
    tags: ['zookeeper'],
    schemaVersion: 38,
    editable: true,
    refresh: '30s',
    time: { from: 'now-1h', to: 'now' },
    timezone: 'browser',
    templating: { list: variables() },
    annotations: { list: [alertsThatFire()] },
    panels: panels(),
  };
}

function variables() {
  const query = (name: string, of: string) => ({
    type: 'query',
    name,
    label: name,
    datasource: DATASOURCE,
    query: { query: of, refId: name },
    refresh: 2,
    multi: true,
    includeAll: true,
    // Prometheus outside of Kubernetes gives no namespace, and an empty one matches that.
    allValue: '.*',
    current: { text: 'All', value: '$__all' },
    sort: 1,
  });
  return [
    { type: 'datasource', name: 'datasource', label: 'data source', query: 'prometheus' },
    query('namespace', 'label_values(zk_entrypoint_info, namespace)'),
    query('job', 'label_values(zk_entrypoint_info{namespace=~"$namespace"}, job)'),
    query('instance', 'label_values(zk_entrypoint_info{namespace=~"$namespace",job=~"$job"}, instance)'),
  ];
}

function alertsThatFire() {
  return {
    name: 'Alerts',
    datasource: DATASOURCE,
    enable: true,
    iconColor: 'red',
    expr: 'ALERTS{alertname=~"ZooKeeper.*",alertstate="firing"}',
    titleFormat: '{{alertname}}',
  };
}

function panels() {
  let [id, y] = [0, 0];
  return rows.flatMap((row) => {
    const head = {
      id: ++id,
      type: 'row',
      title: row.title,
      collapsed: false,
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
      panels: [],
    };
    const { placed, height } = place(row.panels, y + 1);
    y += 1 + height;
    return [head, ...row.panels.map((panel, index) => grafanaPanel(panel, ++id, placed[index] as Placed))];
  });
}

/** From left to right, and down where a line is full. */
function place(of: readonly Panel[], top: number): { placed: Placed[]; height: number } {
  let [x, y, lineHeight] = [0, top, 0];
  const placed = of.map(({ kind }) => {
    const { w, h } = SIZES[kind];
    if (x + w > COLUMNS) [x, y, lineHeight] = [0, y + lineHeight, 0];
    const at = { x, y, w, h };
    x += w;
    lineHeight = Math.max(lineHeight, h);
    return at;
  });
  return { placed, height: y + lineHeight - top };
}

function grafanaPanel({ title, about, kind, unit, queries, limit }: Panel, id: number, gridPos: Placed) {
  const [below, above] = limit?.is === 'lower' ? ['red', 'green'] : ['green', 'red'];
  const steps = [{ color: below, value: null }, ...(limit ? [{ color: above, value: limit.at }] : [])];
  return {
    id,
    title,
    description: about,
    type: kind,
    datasource: DATASOURCE,
    gridPos,
    fieldConfig: {
      defaults: {
        unit,
        ...(limit ? { thresholds: { mode: 'absolute', steps } } : {}),
        ...(kind === 'timeseries' ? { custom: { thresholdsStyle: { mode: limit ? 'dashed' : 'off' } } } : {}),
      },
      overrides: [],
    },
    options: optionsOf(kind, title),
    targets: queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: DATASOURCE,
      expr: forMembers(expr, CHOSEN),
      legendFormat: legend,
      ...(kind === 'timeseries' ? {} : { instant: true }),
      ...(kind === 'table' ? { format: 'table' } : {}),
    })),
  };
}

function optionsOf(kind: Panel['kind'], title: string) {
  if (kind === 'timeseries') return { legend: { displayMode: 'list', placement: 'bottom' } };
  if (kind === 'table') return { showHeader: true };
  // The leader is a name, not a number.
  return { reduceOptions: { calcs: ['lastNotNull'] }, textMode: title === 'Leader' ? 'name' : 'auto' };
}
