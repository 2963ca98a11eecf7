import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { parse, stringify } from 'yaml';
import type { Tree } from '../../src/manifest/objects/tree.ts';

const root = join(import.meta.dirname, '../..');
export const chart = join(root, 'chart');

/** A tool of scripts/fetch-tool; where it cannot be had, that is said aloud and its tests are skipped. */
export function toolOrSkip(name: 'helm' | 'kubectl'): string {
  const fetched = spawnSync(join(root, 'scripts/fetch-tool'), [name], { encoding: 'utf8' });
  if (fetched.status === 0) return fetched.stdout.trim();
  process.stderr.write(`SKIPPED: no ${name}, so the chart is not tested with it: ${fetched.stderr}\n`);
  return '';
}

export const helm = toolOrSkip('helm');

/** How a command of Helm ended. */
interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Helm, with nothing of this machine's configuration. */
export async function runHelm(...words: readonly string[]): Promise<Ended> {
  const home = join(tmpdir(), 'zk-chart-helm');
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, HELM_NO_PLUGINS: '1' };
  const { exitCode, stdout, stderr } = await execa(helm, words, { reject: false, env, extendEnv: false });
  return { exitCode, stdout, stderr };
}

/** A values file, whole. */
export type Values = Readonly<Record<string, unknown>>;

/** `helm template` of the chart with these values, for a release `zoo` of the namespace `default`. */
export async function tryTemplate(
  values: Values,
  { of = chart, more = [] }: { of?: string; more?: readonly string[] } = {},
): Promise<Ended> {
  const folder = mkdtempSync(join(tmpdir(), 'zk-chart-'));
  try {
    const file = join(folder, 'values.yaml');
    writeFileSync(file, stringify(values));
    return await runHelm('template', 'zoo', of, '--namespace', 'default', '-f', file, ...more);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rendered = new Map<string, Promise<string>>();

/** What the chart renders, once for the same values in a test file; a refusal fails the test with what Helm says. */
export function template(values: Values, more: readonly string[] = []): Promise<string> {
  const key = JSON.stringify([values, more]);
  const text = rendered.get(key) ?? render(values, more);
  rendered.set(key, text);
  return text;
}

async function render(values: Values, more: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await tryTemplate(values, { more });
  if (exitCode !== 0) throw new Error(stderr);
  return `${stdout}\n`;
}

const SETS = join(import.meta.dirname, 'sets');

/** The value sets that are rendered into golden files. */
export const sets = readdirSync(SETS).map((name) => {
  const folder = join(SETS, name);
  const values = parse(readFileSync(join(folder, 'values.yaml'), 'utf8')) as Values;
  return { name, golden: join(folder, 'objects.yaml'), values };
});

/** A copy of the values without the one at the path. */
export function without(values: Values, path: string): Values {
  const copy = structuredClone(values) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce<Record<string, unknown> | undefined>(
    (at, key) => at?.[key] as Record<string, unknown> | undefined,
    copy,
  );
  delete parent?.[last];
  return copy;
}

/** A copy of the values with one set anew. */
export function withValue(values: Values, path: string, value: unknown): Values {
  const copy = structuredClone(values) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce<Record<string, unknown>>((at, key) => {
    at[key] ??= {};
    return at[key] as Record<string, unknown>;
  }, copy);
  parent[last] = value;
  return copy;
}

/** What stands at the path. */
export function valueAt(values: unknown, path: string): Tree {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], values) as Tree;
}
