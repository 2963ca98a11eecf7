import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Alert } from '../../scripts/monitoring/alerts/alert.ts';
import { alerts } from '../../scripts/monitoring/alerts.ts';
import { ruleFile, ruleTests, testNames } from '../../scripts/monitoring/rules.ts';
import { wholeScrape } from './whole-scrape.ts';

const folder = mkdtempSync(join(tmpdir(), 'zk-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

function promtool(words: readonly string[], input?: string) {
  const { status, stdout, stderr } = spawnSync('promtool', words, { encoding: 'utf8', cwd: folder, input });
  return { status, words: stdout + stderr };
}

/** The tests of all alerts, on the rules as they are or with a mistake in each; with the tests that failed. */
function tested(name: string, of: readonly Alert[]) {
  writeFileSync(join(folder, `${name}.yaml`), ruleFile(of));
  writeFileSync(join(folder, `${name}.test.yaml`), ruleTests(`${name}.yaml`));
  const { status, words } = promtool(['test', 'rules', `${name}.test.yaml`]);
  const all = alerts.flatMap((alert) => Object.values(testNames(alert)));
  return { status, failed: all.filter((test) => words.includes(`name: ${test},`)), words };
}

const isThere = spawnSync('promtool', ['--version']).status === 0;
if (!isThere) process.stderr.write('SKIPPED: promtool is not on PATH, so no alerts were shown to it\n');

describe.skipIf(!isThere)('promtool', { timeout: 120_000 }, () => {
  it('finds nothing wrong with the rules', () => {
    writeFileSync(join(folder, 'rules.yaml'), ruleFile());
    expect(promtool(['check', 'rules', '--lint-fatal', 'rules.yaml'])).toMatchObject({
      status: 0,
      words: expect.stringContaining(`${alerts.length} rules found`),
    });
  });

  it('sees each alert fire, with its words, and stay quiet', () => {
    const { status, words } = tested('right', alerts);
    expect(status, words).toBe(0);
  });

  it('sees each that never fires', () => {
    const never = alerts.map((alert) => ({ ...alert, expr: 'vector(0) > 1', for: '0m' }));
    const { status, failed } = tested('never', never);
    expect(status).not.toBe(0);
    expect(failed).toEqual(alerts.map((alert) => testNames(alert).fires));
  });

  it('sees each that fires always', () => {
    const always = alerts.map((alert) => ({ ...alert, expr: 'vector(1)', for: '0m' }));
    const { failed } = tested('always', always);
    for (const alert of alerts) expect(failed).toContain(testNames(alert).quiet);
  });

  it('sees each that says something else', () => {
    const other = alerts.map((alert) => ({ ...alert, summary: 'something' }));
    expect(tested('other', other).failed).toEqual(alerts.map((alert) => testNames(alert).fires));
  });

  it('finds nothing wrong with the types of a scrape', () => {
    // ZooKeeper's own names are not by Prometheus' rules.
    const own = /^(?:# (?:HELP|TYPE) )?(?:zk_entrypoint_|zookeeper_|jvm_(?!pause_time_ms)|process_)/;
    const ours = wholeScrape()
      .split('\n')
      .filter((line) => own.test(line));
    expect(promtool(['check', 'metrics'], `${ours.join('\n')}\n`)).toMatchObject({ status: 0, words: '' });
    const wrong = ours.map((line) => line.replace('# HELP zk_entrypoint_cpu_limit', '# HELP other'));
    expect(promtool(['check', 'metrics'], `${wrong.join('\n')}\n`).status).not.toBe(0);
  });
});
