import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fakeJvm, seen, startContainer } from './container.ts';
import { launcher, temporaryFolder } from './run.ts';

/** A program of its own, so that nothing is compiled yet. */
function freshProgram(): { launcher: string; compiled(): string[] } {
  const folder = temporaryFolder();
  for (const path of ['bin/zk-entrypoint', 'dist/start.cjs', 'dist/main.cjs']) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    copyFileSync(join(launcher, '../..', path), join(folder, path));
  }
  const cache = join(folder, 'dist/.compile-cache');
  return {
    launcher: join(folder, 'bin/zk-entrypoint'),
    compiled: () =>
      existsSync(cache)
        ? readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('/'))
        : [],
  };
}

const start = (program: string, serve: boolean) =>
  startContainer(fakeJvm({ serve }), { program: [process.execPath, '--', program] });

it('compiled code is on the disk once ZooKeeper answers, whatever then ends the program', async () => {
  const { launcher: program, compiled } = freshProgram();
  const { pid, ended, output } = start(program, true);
  await seen(
    () => compiled().length > 0,
    () => `compiled code in:\n${output()}`,
  );
  process.kill(pid, 'SIGKILL');
  await ended();
  expect(compiled()).toHaveLength(1);
});

it('control: before that it is not, and KILL leaves none', async () => {
  const { launcher: program, compiled } = freshProgram();
  const { pid, ended, says } = start(program, false);
  await says(/ready \d+/);
  process.kill(pid, 'SIGKILL');
  await ended();
  expect(compiled()).toEqual([]);
});
