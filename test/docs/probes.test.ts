import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { metricsText } from '../../src/health/metrics.ts';
import { routePath } from '../../src/health/routes.ts';
import { answer } from '../health/answers.ts';
import { snapshot } from '../health/snapshots.ts';

const page = readFileSync(new URL('../../docs/probes.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const scrape = blocks.find((text) => text.startsWith('scrape_configs')) ?? '';
const rules = blocks.find((text) => text.startsWith('groups')) ?? '';

const folder = mkdtempSync(join(tmpdir(), 'zk-probes-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function promtool(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('promtool', words, { encoding: 'utf8' });
  return { status, words: stdout + stderr };
}

describe('the page about probes', () => {
  it('names routes that there are', () => {
    const named = page.match(/`\/[a-z]+`/g)?.map((path) => path.slice(1, -1)) ?? [];
    expect(named.length).toBeGreaterThan(6);
    expect(named.filter((path) => routePath(path) === undefined)).toEqual([]);
  });

  it('has rules for metrics that there are', () => {
    const there = metricsText(snapshot({ metricNames: ['provider'] }, { mntr: answer('3.9.6-leader-mntr') }));
    const asked =
      rules.match(
        /\b(?:zookeeper_\w+|zk_entrypoint_\w+|learners|synced_\w+|outstanding_requests|fsynctime)\b/g,
      ) ?? [];
    expect(asked.length).toBeGreaterThan(8);
    expect(
      asked.filter((name) => !there.includes(`# TYPE ${name} `) && !there.includes(`# TYPE ${name}_`)),
    ).toEqual([]);
  });
});

const isThere = spawnSync('promtool', ['--version']).status === 0;
if (!isThere) process.stderr.write('SKIPPED: promtool is not on PATH, so no rules were shown to it\n');

describe.skipIf(!isThere)('promtool', () => {
  // Debian builds promtool without the discovery of Kubernetes; the rest of the example is shown to it.
  const discovered = scrape.replace(
    /kubernetes_sd_configs:\n\s+- role: pod/,
    'static_configs:\n      - targets: [pod:8090]',
  );

  it('passes the scrape example', () => {
    expect(discovered).not.toBe(scrape);
    expect(promtool('check', 'config', '--syntax-only', file('prometheus.yml', discovered))).toMatchObject({
      status: 0,
    });
  });

  it('does not pass a scrape example that is wrong', () => {
    const wrong = file('wrong.yml', discovered.replace('action: keep', 'action: retain'));
    expect(promtool('check', 'config', '--syntax-only', wrong).status).not.toBe(0);
  });

  it('passes the six rules', () => {
    expect(promtool('check', 'rules', '--lint-fatal', file('rules.yml', rules))).toMatchObject({
      status: 0,
      words: expect.stringContaining('6 rules found'),
    });
  });

  it('does not pass rules that are wrong', () => {
    expect(promtool('check', 'rules', file('wrong.yml', rules.replace('> 60', '> > 60'))).status).not.toBe(0);
  });

  const leads = 'zookeeper_mode{namespace="a",pod="zk-0",mode="leader"}';
  it.each([
    [
      'ZooKeeperWithoutQuorum',
      [['zk_entrypoint_without_quorum_seconds{namespace="a",pod="zk-0"}', '0x10 90x20']],
    ],
    ['ZooKeeperNotOneLeader', [[leads, '1x10 0x20']]],
    ['ZooKeeperMemberDown', [['up{job="zookeeper",pod="zk-0"}', '1x10 0x20']]],
    [
      'ZooKeeperFollowersNotInSync',
      [
        ['learners{pod="zk-0"}', '2x30'],
        ['synced_followers{pod="zk-0"}', '2x10 1x20'],
      ],
    ],
    ['ZooKeeperRestartsOften', [['zk_entrypoint_start_time_seconds{pod="zk-0"}', '1x10 1+5x20']]],
    ['ZooKeeperRequestsPileUp', [['outstanding_requests{pod="zk-0"}', '3x10 500x20']]],
  ])('fires %s when it should, and not before', (alert, series) => {
    file('rules.yml', rules);
    const input = series
      .map(([name, values]) => `      - { series: '${name}', values: '${values}' }`)
      .join('\n');
    const expected = (
      count: number,
    ) => `  - expr: 'count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)'
        eval_time: ${count === 0 ? '9m' : '25m'}
        exp_samples: [{ labels: '{}', value: ${count} }]`;
    const test = `rule_files: [rules.yml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
${input}
    promql_expr_test:
    ${expected(0)}
    ${expected(1)}
`;
    expect(promtool('test', 'rules', file('test.yml', test))).toMatchObject({ status: 0 });
  });
});
