import { type Alert, MEMBERS } from './alerts/alert.ts';
import { alerts, runbookOf } from './alerts.ts';

/** The job that docs/monitoring.md gives the members in a plain scrape configuration. */
const JOB = 'zookeeper';

/** The expression with the members of one job, or all that has the metric; `up` has every job of Prometheus. */
export function forMembers(expr: string, matchers = ''): string {
  const filled = matchers === '' ? expr.replaceAll(`up{${MEMBERS}}`, `up{job="${JOB}"}`) : expr;
  return filled
    .replaceAll(`{${MEMBERS}}`, matchers === '' ? '' : `{${matchers}}`)
    .replaceAll(`,${MEMBERS}}`, matchers === '' ? '}' : `,${matchers}}`);
}

/** Rules as YAML, a line each, without the members put in: JSON strings are YAML's. */
export function ruleLines(alert: Alert, expr = forMembers(alert.expr)): string[] {
  const { name, severity, summary, action } = alert;
  return [
    `- alert: ${name}`,
    `  expr: ${quoted(expr)}`,
    ...(alert.for === undefined ? [] : [`  for: ${alert.for}`]),
    `  labels: { severity: ${severity} }`,
    '  annotations:',
    `    summary: ${quoted(summary)}`,
    `    action: ${quoted(action)}`,
    `    runbook_url: ${runbookOf(alert)}`,
  ];
}

/** In single quotes where it can be: expressions are full of double ones. */
function quoted(text: string): string {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

const WRITTEN =
  '# Written by npm run docs from scripts/monitoring/alerts.ts; docs/runbook.md says what to do.';

const indented = (lines: readonly string[], by: number) => lines.map((line) => `${' '.repeat(by)}${line}`);

/** For `rule_files` of a Prometheus. */
export function ruleFile(of: readonly Alert[] = alerts): string {
  const rules = of.flatMap((alert) => indented(ruleLines(alert), 6));
  return [WRITTEN, 'groups:', '  - name: zookeeper', '    rules:', ...rules, ''].join('\n');
}

/** For the Prometheus operator. */
export function prometheusRule(): string {
  const rules = alerts.flatMap((alert) => indented(ruleLines(alert), 8));
  return [
    WRITTEN,
    'apiVersion: monitoring.coreos.com/v1',
    'kind: PrometheusRule',
    'metadata:',
    '  name: zookeeper',
    'spec:',
    '  groups:',
    '    - name: zookeeper',
    '      rules:',
    ...rules,
    '',
  ].join('\n');
}

/** For the Prometheus operator: every pod that image/kubernetes/ makes, under the job that the rules look for. */
export function podMonitor(): string {
  return [
    '# Written by npm run docs from scripts/monitoring/rules.ts.',
    'apiVersion: monitoring.coreos.com/v1',
    'kind: PodMonitor',
    'metadata:',
    '  name: zookeeper',
    'spec:',
    '  selector:',
    '    matchLabels: { app.kubernetes.io/name: zookeeper }',
    '  podMetricsEndpoints:',
    '    - port: health',
    '      path: /metrics',
    '      interval: 15s',
    '      relabelings:',
    `        - { targetLabel: job, replacement: ${JOB} }`,
    '',
  ].join('\n');
}

/** For the chart, which puts the members of its release in place of MEMBERS. */
export function chartAlerts(): string {
  return `${[WRITTEN, ...alerts.flatMap((alert) => ruleLines(alert, alert.expr))].join('\n')}\n`;
}

/** For `promtool test rules`: each alert once where it fires, with every word it says, and once where it must not. */
export function ruleTests(ruleFileName = 'zookeeper-rules.yaml'): string {
  const tests = alerts.flatMap((alert) => [firing(alert), quiet(alert)]);
  return [
    '# Written by npm run docs from scripts/monitoring/alerts.ts: promtool test rules zookeeper-rules.test.yaml',
    `rule_files: [${ruleFileName}]`,
    'evaluation_interval: 1m',
    'tests:',
    ...tests.flatMap((lines) => indented(lines, 2)),
    '',
  ].join('\n');
}

/** The names of the tests, as promtool says which of them failed. */
export const testNames = ({ name }: Pick<Alert, 'name'>) =>
  ({ fires: `${name} fires`, quiet: `${name} stays quiet` }) as const;

function firing(alert: Alert): string[] {
  const { name, severity, fires, action } = alert;
  const labels = Object.entries({ ...fires.labels, severity }).map(([label, value]) => `${label}: ${value}`);
  return [
    ...testHead(testNames(alert).fires, fires),
    `    - eval_time: ${fires.at}`,
    `      alertname: ${name}`,
    '      exp_alerts:',
    `        - exp_labels: { ${labels.join(', ')} }`,
    '          exp_annotations:',
    `            summary: ${quoted(fires.said)}`,
    `            action: ${quoted(action)}`,
    `            runbook_url: ${runbookOf(alert)}`,
  ];
}

function quiet(alert: Alert): string[] {
  return [
    ...testHead(testNames(alert).quiet, alert.quiet),
    `    - eval_time: ${alert.quiet.at}`,
    `      alertname: ${alert.name}`,
    '      exp_alerts: []',
  ];
}

function testHead(name: string, { series }: Pick<Alert['quiet'], 'series'>): string[] {
  return [
    `- name: ${name}`,
    '  interval: 1m',
    '  input_series:',
    ...Object.entries(series).map(
      ([each, values]) => `    - { series: ${quoted(each)}, values: ${quoted(values)} }`,
    ),
    '  alert_rule_test:',
  ];
}
