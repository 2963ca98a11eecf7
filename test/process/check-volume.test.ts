import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memberIn, run, temporaryFolder } from './run.ts';

describe('check of a volume', () => {
  it.each<[string, string]>([
    ['', 'holds nothing'],
    [' 1\n', 'holds " 1\\n"'],
    ['1\n2\n', 'holds "1\\n2\\n"'],
    ['2\n', 'holds the id 2, but this server is 1'],
  ])('sees a myid of %j', async (content, words) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/myid'), content);
    const { exitCode, stdout } = await run(['check'], memberIn(folder));
    expect(stdout).toContain(words);
    expect(exitCode).toBe(78);
  });

  it('goes on to the volume when a setting is refused', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/myid'), '2\n');
    const { stdout } = await run(['check'], memberIn(folder, { ZK_MIN_SESSION_TIMEOUT: '90000' }));
    for (const code of ['ZK-TIMING-002', 'ZK-VOLUME-001']) expect(stdout).toContain(code);
  });

  it('sees a myid that is a directory', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data/myid'), { recursive: true });
    const { exitCode, stdout } = await run(['check'], memberIn(folder));
    expect(stdout).toContain('data/myid: is a directory');
    expect(exitCode).toBe(78);
  });

  it('says nothing of this machine’s volume when asked about another pod', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/myid'), '2\n');
    const variables = memberIn(folder, { POD_NAME: '' });
    expect((await run(['check', '--hostname', 'zk-0'], variables)).exitCode).toBe(0);
  });
});

/** Root may write anywhere, so these run as somebody else. */
describe.skipIf(process.getuid?.() !== 0)('as another user than root', () => {
  it('names the owner, us, and fsGroup for a directory that cannot be written', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const variables = memberIn(folder);
    for (const name of ['conf', 'datalog', 'log']) mkdirSync(join(folder, name), { mode: 0o777 });
    for (const name of ['conf', 'datalog', 'log']) chmodSync(join(folder, name), 0o777);
    mkdirSync(join(folder, 'data'), { mode: 0o755 });
    const { exitCode, stdout } = await run(['check'], variables, { uid: 12_345, gid: 23_456 });
    expect(stdout).toContain(
      `ZK-VOLUME-003 ${folder}/data: cannot be written: it belongs to root (uid 0, gid 0), the start runs as uid 12345, gid 23456`,
    );
    expect(stdout).toContain('set fsGroup: 23456');
    expect(exitCode).toBe(78);
  });
});
