import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { launcher, temporaryFolder } from './run.ts';

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');

/** The fenced block of a language that follows a heading. */
function block(language: string, heading: string): string {
  const [, text] = new RegExp(`## ${heading}[^]*?\`\`\`${language}\n([^]*?)\`\`\``).exec(readme) ?? [];
  if (text === undefined) throw new Error(`the README has no ${language} block below ${heading}`);
  return text;
}

it('the render example prints what the README shows', async () => {
  // npx finds the checkout's own program; here the launcher stands in for it, on the same Node.
  const commands = block('sh', 'See what it would do').replace('npx zk-entrypoint', `node -- ${launcher}`);
  const env = { PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) };
  const { stdout } = await execa('bash', ['-c', commands], { cwd: temporaryFolder(), env, extendEnv: false });
  expect(`${stdout}\n`).toBe(block('text', 'See what it would do'));
});
