import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { routePath } from '../../src/health/routes.ts';

const page = readFileSync(new URL('../../docs/probes.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const scrape = blocks.find((text) => text.startsWith('scrape_configs')) ?? '';

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
});

const isThere = spawnSync('promtool', ['--version']).status === 0;
if (!isThere) process.stderr.write('SKIPPED: promtool is not on PATH, so the example was not shown to it\n');

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
});
