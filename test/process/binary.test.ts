import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa, execaSync } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { fakeJvm, freePort, processesOf, startContainer } from './container.ts';
import { memberIn, run, temporaryFolder } from './run.ts';

const root = join(import.meta.dirname, '../..');
const binary = join(root, 'build/zk-entrypoint');
const tini = process.env['ZK_ENTRYPOINT_TEST_TINI'];
const mayUnshare = execaSync('unshare', ['--pid', '--fork', 'true'], { reject: false }).exitCode === 0;

/** Runs the executable where no Node is on PATH. */
const runBinary = (words: readonly string[], variables: Readonly<Record<string, string>> = {}) =>
  execa(binary, words, { env: { PATH: '/none', ...variables }, extendEnv: false, reject: false });

describe('the single executable', () => {
  beforeAll(async () => {
    await execa(join(root, 'scripts/build-binary'));
  }, 240_000);

  it.each([
    ['--version', []],
    ['render', ['--hostname', 'zk-1.zk-headless.default.svc.cluster.local']],
    ['settings', ['--output', 'json']],
    ['live', []],
    ['ready', ['--timeout', '1s']],
    ['start', ['--wrong']],
    ['nonsense', []],
  ] as const)('says the same for %s as the launcher', async (command, words) => {
    const variables = { ...memberIn(temporaryFolder()), ZK_CLIENT_PORT: String(await freePort()) };
    const { exitCode, stdout, stderr } = await runBinary([command, ...words], variables);
    const launched = await run([command, ...words], { ...variables, PATH: '/none' });
    expect({ exitCode, stdout, stderr }).toEqual(launched);
  });

  it('reads --env-file itself, and says which one is not there', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'zk.env'), 'ZK_TICK_TIME=1234\n');
    const variables = memberIn(folder);
    const rendered = await runBinary(['render', '--env-file', join(folder, 'zk.env')], variables);
    expect(rendered.stdout).toContain('tickTime=1234');
    const absent = await runBinary(['render', '--env-file', '/none'], variables);
    expect(absent).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('--env-file /none does not exist'),
    });
  });

  it('is not turned by NODE_OPTIONS', async () => {
    const wrong = { NODE_OPTIONS: '--require /none' };
    expect((await runBinary(['--version'], wrong)).exitCode).toBe(0);
    // The control: Node itself does not start with it.
    expect((await run(['--version'], wrong)).exitCode).not.toBe(0);
  });

  it('supervises: TERM is forwarded and gives 0, the probe is answered', async () => {
    const container = startContainer(fakeJvm({ serve: true }), { program: [binary] });
    await container.says(/ZooKeeper answers/);
    expect((await runBinary(['live'], container.variables)).exitCode).toBe(0);
    process.kill(container.pid, 'SIGTERM');
    expect((await container.ended()).exitCode).toBe(0);
    expect(container.output()).toContain('got SIGTERM');
    expect(processesOf(container.folder)).toEqual([]);
  });

  it("passes the JVM's status on", async () => {
    const container = startContainer('exit 9', { program: [binary] });
    expect((await container.ended()).exitCode).toBe(9);
  });

  it.skipIf(!mayUnshare || tini === undefined)(
    'hands PID 1 to an init and goes on as its child',
    async () => {
      const container = startContainer(`tr '\\0' ' ' </proc/1/cmdline; exit 9`, {
        program: [binary],
        before: ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'],
        variables: { PATH: `${(tini as string).replace(/\/tini$/, '')}:${process.env['PATH']}` },
      });
      expect((await container.ended()).exitCode).toBe(9);
      expect(container.output()).toMatch(new RegExp(`tini -- ${binary} start`));
      expect(container.output()).not.toContain('without an init');
    },
  );
});
