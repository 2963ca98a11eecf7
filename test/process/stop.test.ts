import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { ignoredSignals } from '../../src/lifecycle/state.ts';
import {
  type FakeJvm,
  fakeJvm,
  freePort,
  isRunning,
  processesOf,
  seen,
  startContainer,
} from './container.ts';
import { memberIn, run, temporaryFolder } from './run.ts';

const stopWhileReading = join(import.meta.dirname, 'stop-while-reading.cjs');

async function serving(told: FakeJvm = {}, variables: Record<string, string> = {}) {
  const port = String(await freePort());
  const container = startContainer(fakeJvm({ serve: true, ...told }), {
    variables: { ZK_CLIENT_PORT: port, ...variables },
  });
  await container.says(/ZooKeeper answers/);
  return container;
}

const count = (text: string, word: string) => text.split(word).length - 1;

describe('a stop', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'asked by %s ends with 0, the JVM having got TERM once',
    async (signal) => {
      const container = await serving();
      process.kill(container.pid, signal);
      expect(await container.ended()).toEqual({ exitCode: 0, signal: undefined });
      expect(count(container.output(), 'got SIGTERM')).toBe(1);
      expect(container.output()).not.toContain(`got ${signal === 'SIGTERM' ? 'SIGINT' : signal}`);
    },
  );

  it('asked for while the program is still being read ends with 0 and says so', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'termination-log'), '');
    const variables = memberIn(folder, { NODE_OPTIONS: `--require ${stopWhileReading}` });
    const { exitCode, stderr } = await run(['start'], variables);
    expect(exitCode, stderr).toBe(0);
    expect(readFileSync(join(folder, 'termination-log'), 'utf8')).toContain(
      'stopped by SIGTERM before a JVM was started',
    );
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });

  it('asked for twice is one stop', async () => {
    const container = await serving({ ignore: ['SIGTERM'] }, { ZK_STOP_TIMEOUT: '700ms' });
    process.kill(container.pid, 'SIGTERM');
    await container.says(/got SIGTERM/);
    process.kill(container.pid, 'SIGTERM');
    process.kill(container.pid, 'SIGINT');
    await container.ended();
    expect(count(container.output(), 'got SIGTERM')).toBe(1);
  });

  it('fails readiness first, waits out the delay, and only then tells the JVM', async () => {
    const health = String(await freePort());
    const container = await serving(
      {},
      { ZK_HEALTH_PORT: health, ZK_HEALTH_ADDRESS: '127.0.0.1', ZK_STOP_DELAY: '1500ms' },
    );
    expect((await run(['ready'], container.variables)).exitCode).toBe(0);
    process.kill(container.pid, 'SIGTERM');
    const askedAtMs = Date.now();
    await container.says(/stopping: SIGTERM/);
    const probe = await run(['ready'], container.variables);
    expect(probe.exitCode).toBe(1);
    expect(probe.stderr).toContain('stopping');
    expect((await run(['live'], container.variables)).exitCode).toBe(0);
    expect((await container.ended()).exitCode).toBe(0);
    const toldAtMs = Number(/got SIGTERM at (\d+)/.exec(container.output())?.[1]);
    expect(toldAtMs - askedAtMs).toBeGreaterThanOrEqual(1_400);
  });

  it('ends in KILL when the JVM does not listen, and says so', async () => {
    const container = await serving({ ignore: ['SIGTERM'] }, { ZK_STOP_TIMEOUT: '300ms' });
    process.kill(container.pid, 'SIGTERM');
    expect((await container.ended()).exitCode).toBe(137);
    expect(container.output()).toMatch(/SIGKILL/);
    expect(container.output()).toContain('ZK_STOP_TIMEOUT');
  });

  it('passes on the status of a JVM that fails while it stops', async () => {
    const container = await serving({ onTerm: 3 });
    process.kill(container.pid, 'SIGTERM');
    expect((await container.ended()).exitCode).toBe(3);
  });

  it('leaves nothing of the JVM’s process group, a grandchild that ignores TERM included', async () => {
    const container = await serving({ grandchild: true });
    const [, pid] = await container.says(/stubborn (\d+)/);
    expect(isRunning(Number(pid))).toBe(true);
    process.kill(container.pid, 'SIGTERM');
    await container.ended();
    await seen(
      () => !isRunning(Number(pid)),
      () => `the end of ${pid}`,
    );
    expect(processesOf(container.folder)).toEqual([]);
  });

  it('leaves no grandchild either when the JVM ends by itself', async () => {
    const container = startContainer(fakeJvm({ grandchild: true, exitAfterMs: 300, exitWith: 5 }));
    const [, pid] = await container.says(/stubborn (\d+)/);
    expect((await container.ended()).exitCode).toBe(5);
    await seen(
      () => !isRunning(Number(pid)),
      () => `the end of ${pid}`,
    );
  });
});

describe('a stop before there is a JVM', () => {
  it('while the resolver is asked ends the start at once', async () => {
    const container = startContainer('echo the JVM was started', {
      variables: {
        ZK_REPLICAS: '',
        ZK_ENSEMBLE: 'a;b;c',
        ZK_MYID: '1',
        POD_NAME: '',
        PATH: `${slowResolver()}:${process.env['PATH']}`,
      },
    });
    await seen(
      () => processesOf(container.folder).length > 1,
      () => 'the resolver being asked',
    );
    process.kill(container.pid, 'SIGTERM');
    expect(await container.ended()).toEqual({ exitCode: 0, signal: undefined });
    expect(container.output()).not.toContain('the JVM was started');
    expect(container.output()).toContain('status 0');
  });

  /** At any moment: Node's own start, reading, writing, spawning, running. */
  it.each(Array.from({ length: 20 }, (_, step) => step * 10))(
    '%i ms after the start leaves no JVM behind',
    async (delayMs) => {
      const container = startContainer(fakeJvm({}));
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      process.kill(container.pid, 'SIGTERM');
      const { exitCode, signal } = await container.ended();
      // Before our handlers are there, the signal's own effect is the right one.
      expect(signal === 'SIGTERM' || exitCode === 0).toBe(true);
      await seen(
        () => processesOf(container.folder).length === 0,
        () => 'the end of every process',
      );
    },
  );
});

describe('the other signals', () => {
  it('QUIT goes to the JVM, which prints its threads', async () => {
    const container = await serving();
    process.kill(container.pid, 'SIGQUIT');
    await container.says(/got SIGQUIT/);
    expect(isRunning(container.pid)).toBe(true);
  });

  it('USR1 says one line of state and opens no debugger', async () => {
    const container = await serving();
    process.kill(container.pid, 'SIGUSR1');
    await container.says(/serving for .*, JVM pid \d+/);
    expect(container.output()).not.toMatch(/got SIGUSR1|Debugger listening/);
  });

  it('ends nothing that would end a process which does not catch it, and says so', async () => {
    const container = await serving();
    for (const signal of ignoredSignals) {
      process.kill(container.pid, signal);
      await container.says(new RegExp(`${signal} is ignored`));
    }
    for (const signal of ['SIGPIPE', 'SIGWINCH', 'SIGCONT', 'SIGURG'] as const)
      process.kill(container.pid, signal);
    process.kill(container.pid, 'SIGUSR1');
    await container.says(/serving for .*, JVM pid \d+/);
    expect(container.output()).not.toContain('got SIGUSR2');
  });

  it('STOP and CONT change nothing', async () => {
    const container = await serving();
    process.kill(container.pid, 'SIGSTOP');
    process.kill(container.pid, 'SIGCONT');
    process.kill(container.pid, 'SIGTERM');
    expect(await container.ended()).toEqual({ exitCode: 0, signal: undefined });
  });

  it('a real-time signal cannot be caught: it ends the supervisor, and the JVM with it', async () => {
    const container = await serving();
    const [, jvm] = await container.says(/ready (\d+)/);
    await execa('kill', ['-40', String(container.pid)]);
    await container.ended();
    await seen(
      () => !isRunning(Number(jvm)),
      () => `the end of ${jvm}`,
    );
  });
});

/** A folder with a `hostname` that does not answer for a while. */
function slowResolver(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'hostname'), '#!/bin/sh\nsleep 4\n');
  chmodSync(join(folder, 'hostname'), 0o755);
  return folder;
}
