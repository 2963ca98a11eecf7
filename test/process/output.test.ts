import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { fakeJvm, javaHome, startContainer } from './container.ts';
import { launcher, memberIn, temporaryFolder } from './run.ts';

/** Runs `start` behind a shell, whose redirections make the surroundings. */
async function behindShell(script: string, redirection: string, variables: Record<string, string> = {}) {
  const folder = temporaryFolder();
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...memberIn(folder),
    JAVA_HOME: javaHome(folder, script),
    ...variables,
  };
  const words = ['-c', `"$0" -- "$1" start ${redirection}`, process.execPath, launcher];
  return execa('bash', words, { env, extendEnv: false, reject: false, timeout: 20_000, encoding: 'buffer' });
}

describe('what the JVM prints', () => {
  it('passes through untouched: lines of 64 KiB', async () => {
    const container = startContainer(fakeJvm({ lines: 3, exitAfterMs: 50, exitWith: 5 }));
    expect((await container.ended()).exitCode).toBe(5);
    for (const digit of ['0', '1', '2']) expect(container.output()).toContain(`${digit.repeat(65_536)}\n`);
  });

  it('passes through untouched: a character in two halves', async () => {
    const container = startContainer(fakeJvm({ half: true, exitAfterMs: 50, exitWith: 5 }));
    await container.ended();
    const { stdout } = await behindShell(fakeJvm({ half: true, exitAfterMs: 50, exitWith: 5 }), '');
    expect(Buffer.from(stdout as Uint8Array).includes(Buffer.from([0xc3]))).toBe(true);
    expect(Buffer.from(stdout as Uint8Array).at(-1)).toBe(0xa9);
  });
});

describe('output that goes nowhere', () => {
  it.each([
    ['standard output is closed', '>&-'],
    ['standard error is closed', '2>&-'],
    ['both are closed', '>&- 2>&-'],
    ['its reader has gone', '> >(true) 2> >(true)'],
    ['the device is full', '>/dev/full 2>/dev/full'],
  ])('%s: the JVM’s status is still ours', async (_, redirection) => {
    const { exitCode } = await behindShell('sleep 0.2; exit 5', redirection);
    expect(exitCode).toBe(5);
  });

  it('a refusal still ends with its status', async () => {
    const { exitCode } = await behindShell('exit 0', '>&- 2>&-', { ZK_TICK_TIME: 'x' });
    expect(exitCode).toBe(78);
  });

  it.each(['settings', 'render --explain --hostname zk-0', '--help'])(
    '%s into a closed pipe says nothing of it',
    async (words) => {
      const env = { PATH: process.env['PATH'] ?? '', ZK_REPLICAS: '1' };
      const { stderr } = await execa(
        'bash',
        ['-c', `"$0" -- "$1" ${words} | true`, process.execPath, launcher],
        { env, extendEnv: false },
      );
      expect(stderr).not.toMatch(/EPIPE| {4}at /);
    },
  );
});
