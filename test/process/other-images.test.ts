import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { OTHERS_STARTS } from '../../src/manifest/pods/command.ts';
import { OTHERS_PROBES } from '../../src/manifest/pods/image-commands.ts';
import { answering, closedPort, serverThat } from '../host/servers.ts';
import { temporaryFolder } from './run.ts';

const scripts = join(import.meta.dirname, '../../image/other-images');

/** Runs a script where our programs only say how they were called. */
async function called(name: string, words: readonly string[] = [], input = '') {
  const folder = temporaryFolder();
  for (const program of ['zk-entrypoint', 'zkGenConfig.sh', 'zkOk.sh']) {
    writeFileSync(join(folder, program), `#!/bin/sh\necho "${program} $*"\n`);
    chmodSync(join(folder, program), 0o755);
  }
  const env = { PATH: `${folder}:${process.env['PATH']}` };
  const options = { env, extendEnv: false, reject: false, timeout: 20_000, input } as const;
  const { exitCode, stdout, stderr } = await execa(join(scripts, name), [...words], options);
  return { exitCode, stdout: stdout.trimEnd(), stderr };
}

describe('the scripts of other images', () => {
  it.each<[string, readonly string[], string]>([
    ['entrypoint', [], 'zk-entrypoint start'],
    ['entrypoint', ['zk-entrypoint', 'check'], 'zk-entrypoint check'],
    ['entrypoint', ['printf', '%s|', 'a b', '*'], 'a b|*|'],
    ['entrypoint', [join(scripts, 'run')], 'zk-entrypoint start'],
    ['run', [], 'zk-entrypoint start'],
    ['setup', [], 'zkGenConfig.sh'],
    ['healthcheck', [], 'zkOk.sh'],
  ])('%s %j is %s', async (name, words, stdout) => {
    expect(await called(name, words)).toMatchObject({ exitCode: 0, stdout });
  });

  it('stand where manifests call them', () => {
    const finish = readFileSync(join(scripts, '../finish.sh'), 'utf8');
    const lines = finish.replaceAll('$bitnami/', '/opt/bitnami/scripts/zookeeper/').replaceAll('"', '');
    const linked = lines.match(/^stand_for .+$/gm)?.flatMap((line) => line.split(' ').slice(2)) ?? [];
    expect(linked.toSorted()).toEqual(
      [
        ...OTHERS_STARTS,
        ...OTHERS_PROBES,
        '/opt/bitnami/scripts/zookeeper/setup.sh',
        '/usr/local/bin/nc',
      ].toSorted(),
    );
  });
});

describe('nc', () => {
  it.each([[[]], [['-w', '2']], [['-w2']], [['-q', '1', '-v']]])(
    '%j sends its input and prints the answer',
    async (flags) => {
      await using server = await answering((word) => (word === 'ruok' ? 'imok' : 'what?'));
      const { exitCode, stdout } = await called('nc', [...flags, '127.0.0.1', String(server.port)], 'ruok');
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'imok' });
    },
  );

  it('-z only connects', async () => {
    await using server = await answering(() => 'imok');
    const there = await called('nc', ['-z', '127.0.0.1', String(server.port)]);
    expect(there).toMatchObject({ exitCode: 0, stdout: '' });
    expect((await called('nc', ['-z', '127.0.0.1', String(await closedPort())])).exitCode).toBe(1);
  });

  it('fails where nobody listens, and prints nothing', async () => {
    const { exitCode, stdout } = await called('nc', ['127.0.0.1', String(await closedPort())], 'ruok');
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  });

  it('gives up on silence', async () => {
    await using server = await serverThat(() => undefined);
    expect((await called('nc', ['-w', '1', '127.0.0.1', String(server.port)], 'ruok')).stdout).toBe('');
    expect(server.taken).toBe(1);
  });

  it.each([
    [['-e', 'sh', 'localhost', '2181']],
    [['localhost']],
    [['local;host', '2181']],
    [['localhost', '$(id)']],
  ])('%j is refused with its usage', async (words) => {
    const { exitCode, stderr } = await called('nc', words);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^nc: .*nc \[-z\] \[-w SECONDS\] HOST PORT$/);
  });
});
