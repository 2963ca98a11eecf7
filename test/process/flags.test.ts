import { symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa, execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { launcher, run, temporaryFolder } from './run.ts';

describe('wrong flags', () => {
  it.each([
    [['--nonsense']],
    [['nonsense']],
    [['render', '--output', 'yaml']],
    [['render', '--write', '--out', '/tmp/x']],
    [['render', '--zookeeper-version', 'new']],
    [['render', '--env-file', '/does/not/exist']],
    [['live', '--timeout', 'soon']],
    [['start', 'now']],
  ])('%j ends with 64 and no stack trace', async (words) => {
    const { exitCode, stderr, stdout } = await run(words, { ZK_REPLICAS: '1', POD_NAME: 'zk-0' });
    expect(exitCode).toBe(64);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toContain('    at ');
    expect(stdout).toBe('');
  });

  it('names a flag that is not known, and not what was given to it', async () => {
    const { exitCode, stderr } = await run(['render', '--my-password=hunter2=x']);
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining("unknown option '--my-password=…'")]);
    expect(stderr).not.toContain('hunter2');
  });

  it.each([
    ['--help'],
    ['start --help'],
    ['render --help'],
    ['check --help'],
    ['live --help'],
    ['sanity --help'],
  ])('%s ends with 0 and two examples', async (words) => {
    const { exitCode, stdout } = await run(words.split(' '));
    expect(exitCode).toBe(0);
    if (words !== '--help') expect(stdout.split('Examples:\n')[1]?.trim().split('\n')).toHaveLength(2);
  });
});

/** A Node on this machine that is too old for us; CI's machine has one beside the pinned one. */
const oldNode = ['/usr/bin/node', '/usr/local/bin/node'].find((path) => {
  const [, major] = /^v(\d+)/.exec(execaSync(path, ['--version'], { reject: false }).stdout ?? '') ?? [];
  return major !== undefined && Number(major) < 22;
});

it.skipIf(oldNode === undefined)('an older Node ends in one line that names the one it needs', async () => {
  const { exitCode, stderr, stdout } = await execa(oldNode as string, [launcher, 'render'], {
    reject: false,
  });
  expect(stderr).toMatch(/^zk-entrypoint needs Node 22\.15 or newer, but runs on \d+\.\d+\.\d+$/);
  expect([exitCode, stdout]).toEqual([69, '']);
});

describe('the launcher by its own first line', () => {
  const PATH = `${dirname(process.execPath)}:${process.env['PATH']}`;
  const byName = (words: readonly string[]) =>
    execa(launcher, words, { env: { PATH }, extendEnv: false, reject: false, timeout: 10_000 });

  // Node takes --env-file for its own wherever it stands, and would read a pipe for ever.
  it.each([
    ['does not exist', '/does/not/exist'],
    ['is a device', '/dev/zero'],
  ])('reads an env file that %s itself', async (_, path) => {
    const { exitCode, stderr } = await byName(['check', '--env-file', path]);
    expect([exitCode, stderr]).toEqual([64, expect.stringContaining(`error: --env-file ${path} `)]);
  });

  it('runs behind a link, as npm makes one', async () => {
    const link = join(temporaryFolder(), 'zk');
    symlinkSync(launcher, link);
    const { stdout } = await execa(link, ['--version'], { env: { PATH }, extendEnv: false });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
