import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { fakeJvm, javaHome, startContainer } from './container.ts';
import { firstOf, threeMembers, volumeWithData } from './members.ts';
import { launcher, memberIn, temporaryFolder } from './run.ts';
import { mayMount, silentResolver } from './silent-resolver.ts';

/** The promise is at once; a machine with other work needs this. The resolver alone takes 20 s, as the control shows. */
const AT_ONCE_MS = 10_000;

async function tookMs(work: Promise<unknown>): Promise<number> {
  const begunMs = performance.now();
  await work;
  return performance.now() - begunMs;
}

if (!mayMount) process.stderr.write('SKIPPED: unshare --mount is not permitted, so no resolver was silent\n');

describe.skipIf(!mayMount)('while the resolver is silent', () => {
  it.each([
    ['the own name is looked up', 'zk-0.zk.test', {}],
    ['peers are looked up', undefined, {}],
  ])('TERM while %s ends the start at once, with 0 and the reason', async (_what, own, more) => {
    const resolver = await silentResolver();
    const three = await threeMembers(own ?? '127.0.0.1');
    const list = three.list.replaceAll('.invalid', '.test');
    const container = startContainer(fakeJvm({}), {
      before: resolver.before,
      variables: {
        ...firstOf({ ...three, list }, { ZK_CLIENT_ADDRESS: '127.0.0.1', ZK_HEALTH_ADDRESS: '127.0.0.1' }),
        ...volumeWithData(),
        ZK_DNS_TIMEOUT: '60s',
        ...more,
      },
    });
    await resolver.asked;
    process.kill(container.pid, 'SIGTERM');
    expect(await tookMs(container.ended())).toBeLessThan(AT_ONCE_MS);
    expect(await container.ended()).toEqual({ exitCode: 0, signal: undefined });
    expect(container.output()).toContain('status 0');
    expect(container.terminationMessage()).toContain('stopped by SIGTERM');
  });

  it.each([
    ['status', ['status', '--connect', 'a.test:2181', '--timeout', '300ms'], 69],
    ['sanity', ['sanity', '--connect', 'a.test:2181,b.test:2181', '--timeout', '300ms'], 69],
    ['live', ['live', '--timeout', '300ms'], 1],
  ])('%s ends when its own time is up', async (_what, words, status) => {
    const [file, ...args] = [...(await silentResolver()).before, process.execPath, '--', launcher, ...words];
    const env = { PATH: process.env['PATH'] ?? '', ZK_HEALTH_ADDRESS: 'c.test', ZK_CLIENT_ADDRESS: 'd.test' };
    const asked = execa(file as string, args, { env, extendEnv: false, reject: false });
    expect(await tookMs(asked)).toBeLessThan(AT_ONCE_MS);
    expect((await asked).exitCode).toBe(status);
  });

  it('control: exit() waits for the resolver, so the tests above can fail', async () => {
    const script = "require('dns').lookup('a.test', () => {}); setTimeout(() => process.exit(3), 100)";
    const [file, ...args] = [...(await silentResolver()).before, process.execPath, '-e', script];
    expect(await tookMs(execa(file as string, args, { reject: false }))).toBeGreaterThan(AT_ONCE_MS + 5_000);
  });
});

describe('SIGUSR1', () => {
  it.each([
    ['start', ['start'], /until its own name/],
    ['status --watch', ['status', '--connect', '127.0.0.1:1', '--watch'], /NAME/],
  ])('leaves no debugger open, at whatever moment it comes: %s', async (_what, words, sign) => {
    for (const afterMs of [40, 80, 120, 200, 400]) {
      const folder = temporaryFolder();
      const env = {
        PATH: process.env['PATH'] ?? '',
        ...memberIn(folder, { ZK_REPLICAS: '3', ZK_DOMAIN: 'zk.invalid', ZK_DNS_TIMEOUT: '60s' }),
        JAVA_HOME: javaHome(folder, 'exit 1'),
      };
      const child = execa(process.execPath, ['--', launcher, ...words], {
        env,
        extendEnv: false,
        reject: false,
        all: true,
      });
      let said = '';
      child.all?.on('data', (chunk) => {
        said += chunk;
      });
      const pid = child.nodeChildProcess.pid as number;
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      process.kill(pid, 'SIGUSR1');
      // Before Node has a handler of its own, the signal ends it.
      const ended = () => child.nodeChildProcess.signalCode === 'SIGUSR1';
      await expect.poll(() => ended() || sign.test(said), { timeout: 10_000 }).toBe(true);
      if (ended()) continue;
      await expect.poll(() => hasDebuggerOpen(pid), { timeout: 5_000 }).toBe(false);
      process.kill(pid, 'SIGKILL');
      await child;
    }
  });

  it('control: opens it in a Node that runs anything else', async () => {
    const child = execa(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")'], {
      reject: false,
    });
    await once(child.stdout as Readable, 'data');
    const pid = child.nodeChildProcess.pid as number;
    process.kill(pid, 'SIGUSR1');
    await expect.poll(() => hasDebuggerOpen(pid), { timeout: 5_000 }).toBe(true);
    process.kill(pid, 'SIGKILL');
    await child;
  });
});

/** Whether the process listens on 9229 (Linux: proc(5), `0A` is LISTEN). */
function hasDebuggerOpen(pid: number): boolean {
  const listening = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, local, , state]) => state === '0A' && local?.endsWith(`:${(9_229).toString(16).toUpperCase()}`),
    )
    .map((fields) => `socket:[${fields[9]}]`);
  return readdirSync(`/proc/${pid}/fd`).some((fd) => listening.includes(linkOf(`/proc/${pid}/fd/${fd}`)));
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
