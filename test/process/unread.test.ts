import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { describe, expect, it, onTestFinished } from 'vitest';
import { get } from '../host/network/health-servers.ts';
import { type FakeJvm, fakeJvm, freePort, javaHome, processesOf, seen } from './container.ts';
import { launcher, memberIn, temporaryFolder } from './run.ts';

/** A pipe that is full, and whose reader does not read. */
function fullPipe(): { descriptor: number; readAll(): string } {
  const path = join(temporaryFolder(), 'pipe');
  execaSync('mkfifo', [path]);
  const both = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  onTestFinished(() => closeSync(both));
  fill(both);
  // An open file of its own: that it is blocking, as a container's is, is what the test is about.
  const descriptor = openSync(path, constants.O_RDWR);
  onTestFinished(() => closeSync(descriptor));
  return { descriptor, readAll: () => drain(both) };
}

function fill(descriptor: number): void {
  for (const size of [4_096, 1]) {
    try {
      for (;;) writeSync(descriptor, '.'.repeat(size));
    } catch {
      // Full.
    }
  }
}

function drain(descriptor: number): string {
  const buffer = Buffer.alloc(65_536);
  let text = '';
  try {
    for (;;) text += buffer.toString('latin1', 0, readSync(descriptor, buffer));
  } catch {
    return text;
  }
}

interface Unread {
  readonly told?: FakeJvm;
  readonly script?: string;
  readonly variables?: Record<string, string>;
  readonly words?: readonly string[];
  /** In the pipe's place. */
  readonly output?: Socket;
}

/** `start` with both outputs in a pipe that nobody reads. */
async function unread({ told = {}, script = fakeJvm(told), variables = {}, words = [], output }: Unread) {
  const pipe = fullPipe();
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'termination-log'), '');
  const ports = { ZK_CLIENT_PORT: String(await freePort()), ZK_HEALTH_PORT: String(await freePort()) };
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...memberIn(folder, { ...ports, ZK_HEALTH_ADDRESS: '127.0.0.1' }),
    JAVA_HOME: javaHome(folder, script),
    ...variables,
  };
  const child = spawn(process.execPath, ['--', launcher, 'start', ...words], {
    env,
    stdio: ['ignore', output ?? pipe.descriptor, output ?? pipe.descriptor],
  });
  onTestFinished(() => {
    for (const left of processesOf(folder)) process.kill(left, 'SIGKILL');
  });
  const ended = once(child, 'exit');
  return {
    child,
    ended,
    readAll: pipe.readAll,
    folder,
    health: Number(ports.ZK_HEALTH_PORT),
    message: () => readFileSync(join(folder, 'termination-log'), 'utf8'),
  };
}

/** As a JVM whose log goes to a file. */
const SILENT_SERVER = fakeJvm({ serve: true, quiet: true });

describe('standard output and error that nobody reads', () => {
  it('hold up no probe and no stop', async () => {
    const container = await unread({ script: SILENT_SERVER });
    await served(container);
    for (let count = 0; count < 50; count += 1) container.child.kill('SIGUSR1');
    // A stand-in JVM that has too little of the processor may miss one question; a supervisor that is held up misses all.
    const live = () => get(container.health, '/livez').catch(() => undefined);
    await expect.poll(live, { timeout: 10_000 }).toEqual({ status: 200, body: 'ok\n' });
    container.child.kill('SIGTERM');
    expect(await container.ended).toEqual([0, null]);
    expect(container.message()).toContain('stopped');
  });

  it('are told of when they are read again: how many lines are missing, and no line in halves', async () => {
    const container = await unread({ script: SILENT_SERVER });
    await served(container);
    // Each is a line; together they are more than is kept.
    for (let count = 0; count < 3_000; count += 1) {
      container.child.kill('SIGUSR1');
      if (count % 10 === 0) await get(container.health, '/livez');
    }
    let heard = '';
    await seen(
      () => {
        heard += container.readAll();
        return / lines were dropped here/.test(heard) || /serving for/.test(heard);
      },
      () => heard.slice(-2_000),
    );
    container.child.kill('SIGTERM');
    await seen(
      () => {
        heard += container.readAll();
        return /status 0/.test(heard);
      },
      () => heard.slice(-2_000),
    );
    expect(await container.ended).toEqual([0, null]);
    const lines = heard
      .replace(/^\.+/, '')
      .split('\n')
      .filter((line) => line !== '');
    for (const line of lines) expect(line).toMatch(/^\d{4}-\d\d-\d\d .* \[zk-entrypoint\] - /);
  });

  it('block a JVM that writes into them; the stop is then a KILL in time', async () => {
    const container = await unread({ told: { lines: 3 }, variables: { ZK_STOP_TIMEOUT: '500ms' } });
    await seen(
      () => processesOf(container.folder).length > 1,
      () => 'the JVM',
    );
    container.child.kill('SIGTERM');
    const [status] = await container.ended;
    expect([0, 137]).toContain(status);
    expect(processesOf(container.folder)).toEqual([]);
  });

  it.each([
    ['a refusal', { ZK_TICK_TIME: 'x' }, [], 78],
    ['a wrong flag', {}, ['--bogus'], 64],
    ['a wrong env file', {}, ['--env-file', '/nowhere'], 64],
  ])('do not hold up %s', async (_what, variables, words, status) => {
    const container = await unread({ variables, words });
    expect(await container.ended).toEqual([status, null]);
  });
});

describe('a socket as standard error', () => {
  it('that nobody reads holds up no stop', async () => {
    const path = join(temporaryFolder(), 'socket');
    const server = createServer({ pauseOnConnect: true }).listen(path);
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const full = connect(path);
    await once(full, 'connect');
    onTestFinished(() => void full.destroy());
    while (full.writableLength === 0) full.write('.'.repeat(65_536));
    const container = await unread({ told: { serve: true, quiet: true }, output: full });
    await served(container);
    container.child.kill('SIGTERM');
    expect(await container.ended).toEqual([0, null]);
  });
});

/** Waits until ZooKeeper is known to answer. */
async function served({ health }: { readonly health: number }): Promise<void> {
  const status = () =>
    get(health, '/readyz').then(
      (answer) => answer.status,
      () => 0,
    );
  await expect.poll(status, { timeout: 10_000 }).toBe(200);
}
