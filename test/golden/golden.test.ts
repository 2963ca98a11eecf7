import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingLine } from '../../src/findings/finding.ts';
import { prepare } from '../../src/preparation/prepare.ts';
import { fakeMachine, type MachineDescription } from '../preparation/fake-machine.ts';

/** Whole inputs and every byte that comes of them; `vitest -u` rewrites the files, git shows what that changed. */
const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());

describe.each(folders.map(({ name }) => name))('%s', (name) => {
  const folder = join(import.meta.dirname, name);
  const description = JSON.parse(readFileSync(join(folder, 'machine.json'), 'utf8')) as MachineDescription;
  const prepared = () => prepare(fakeMachine(description), { assume: { kind: 'nothing' } });

  it('renders its files', async () => {
    const { ready } = await prepared();
    expect(ready).toBeDefined();
    for (const { path, content } of ready?.plan.files ?? []) {
      await expect(content).toMatchFileSnapshot(join(folder, basename(path)));
    }
  });

  it('runs its command', async () => {
    const { ready } = await prepared();
    const { file, args } = ready?.plan.java ?? { file: '', args: [] };
    await expect(`${[file, ...args].join('\n')}\n`).toMatchFileSnapshot(join(folder, 'java-command.txt'));
  });

  it('finds what is to be said', async () => {
    const { findings, ready } = await prepared();
    const modes = ready?.plan.files.map(({ path, mode }) => `${mode.toString(8)} ${path}`) ?? [];
    const lines = [...modes, ...findings.map(findingLine)];
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(folder, 'findings.txt'));
  });
});
