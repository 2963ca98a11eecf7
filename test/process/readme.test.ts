import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, it } from 'vitest';
import { documentsOf } from '../manifest/manifests.ts';
import { unrestricted } from '../manifest/published.ts';
import { temporaryFolder } from './run.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The fenced block of a language that follows a heading. */
function block(language: string, heading: string): string {
  const [, text] = new RegExp(`## ${heading}[^]*?\`\`\`${language}\n([^]*?)\`\`\``).exec(readme) ?? [];
  if (text === undefined) throw new Error(`the README has no ${language} block below ${heading}`);
  return text;
}

/** A folder that npx takes for the checkout, so that what the example writes is gone afterwards. */
function likeTheCheckout(): string {
  const folder = temporaryFolder();
  for (const name of ['package.json', 'bin', 'dist', 'node_modules'])
    symlinkSync(join(root, name), join(folder, name));
  return folder;
}

beforeAll(async () => {
  const built = ['main', 'start', 'probe'].every((name) => existsSync(join(root, `dist/${name}.cjs`)));
  if (!built) await execa('tsup', { cwd: root, preferLocal: true });
});

it('the render example prints what the README shows', async () => {
  const cwd = likeTheCheckout();
  const env = {
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: cwd,
    npm_config_cache: join(cwd, 'npm-cache'),
    npm_config_update_notifier: 'false',
  };
  const commands = block('sh', 'See what it would do');
  const { stdout } = await execa('bash', ['-euc', commands], { cwd, env, extendEnv: false });
  expect(`${stdout}\n`).toBe(block('text', 'See what it would do'));
});

it('the pod of the snippet asks for no more than the restricted Pod Security Standard allows', () => {
  const [spec] = documentsOf(block('yaml', 'In a StatefulSet'));
  expect(unrestricted(spec)).toEqual([]);
  const [loose] = documentsOf(block('yaml', 'In a StatefulSet').replace('drop: [ALL]', 'drop: []'));
  expect(unrestricted(loose)).toEqual(['capabilities']);
});
