import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakeJvm, freePort, startContainer } from './container.ts';
import { temporaryFolder } from './run.ts';

/** The last line of the log without its head. */
const lastLine = (output: string) => output.trim().split('\n').at(-1)?.split('[zk-entrypoint] - ')[1];

async function endOf(script: string, options: Parameters<typeof startContainer>[1] = {}) {
  const container = startContainer(script, options);
  const { exitCode } = await container.ended();
  return {
    exitCode,
    reason: container.terminationMessage(),
    last: lastLine(container.output()),
    output: container.output(),
    container,
  };
}

describe('the reason stands in the last line and in the termination message', () => {
  it.each<[string, string, number, RegExp]>([
    ['a code of ZooKeeper’s', 'exit 2', 2, /status 2: INVALID_INVOCATION: /],
    ['a data directory that cannot be used', 'exit 3', 3, /status 3: /],
    ['a bind that failed', 'exit 14', 14, /status 14: UNABLE_TO_BIND_QUORUM_PORT: /],
    ['a kill', 'kill -KILL $$', 137, /killed by SIGKILL .*status 137: .*heap 64 MiB/],
    ['a status nobody knows', 'exit 77', 77, /status 77: /],
    ['an exit 0 that nobody asked for', 'exit 0', 70, /status 70: /],
  ])('of %s', async (_, script, status, words) => {
    const { exitCode, reason, last } = await endOf(script);
    expect(exitCode).toBe(status);
    expect(reason).toMatch(words);
    expect(last).toBe(reason);
  });

  it('of a stop that was asked for, with the time served', async () => {
    const port = String(await freePort());
    const container = startContainer(fakeJvm({ serve: true }), { variables: { ZK_CLIENT_PORT: port } });
    await container.says(/ZooKeeper answers/);
    process.kill(container.pid, 'SIGTERM');
    await container.ended();
    expect(container.terminationMessage()).toMatch(
      /stopped as SIGTERM asked after serving \d+ m?s, status 0/,
    );
  });

  it('of a refusal by settings, all of which are in the log', async () => {
    const { exitCode, reason, output } = await endOf('exit 0', {
      variables: { ZK_TICK_TIME: '2s', ZK_HEAP_SIZE: 'big' },
    });
    expect(exitCode).toBe(78);
    expect(reason).toContain('status 78');
    expect(reason).toContain('ZK_TICK_TIME');
    expect(output).toContain('ZK_HEAP_SIZE: "big" is not a heap size');
  });

  it('of another pod’s volume, which is left as it is', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'myid'), '2\n');
    const { exitCode, reason } = await endOf('exit 0', { variables: { ZK_DATA_DIR: folder } });
    expect(exitCode).toBe(78);
    expect(reason).toContain('holds the id 2, but this server is 1');
  });

  it('of a file that cannot be written: 73 and the path', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'zoo.cfg'));
    const { exitCode, reason } = await endOf('exit 0', { variables: { ZK_CONF_DIR: folder } });
    expect(exitCode).toBe(73);
    expect(reason).toContain(`${folder}/zoo.cfg is a directory`);
  });

  it('of a health port that is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    const { exitCode, reason } = await endOf('exit 0', {
      variables: { ZK_HEALTH_PORT: port, ZK_HEALTH_ADDRESS: '127.0.0.1' },
    });
    expect(exitCode).toBe(78);
    expect(reason).toContain(`ZK-NETWORK-002 ZK_HEALTH_PORT: ${port} is taken`);
  });

  it('in at most 4,096 bytes', async () => {
    const { reason } = await endOf('exit 0', { variables: { ZK_DATA_DIR: `relative/${'ü'.repeat(5_000)}` } });
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(4_096);
    expect(reason).toContain('status 78');
    expect(reason).not.toContain('\ufffd');
  });
});

describe.skipIf(process.getuid?.() !== 0)('as another user than root', () => {
  it('a configuration folder that is not ours is refused with its owner', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const { exitCode, reason } = await endOf('exit 0', { uid: 12_345, variables: { ZK_CONF_DIR: folder } });
    expect(exitCode).toBe(78);
    expect(reason).toContain(
      `${folder}: cannot be written: it belongs to root (uid 0, gid 0), the start runs as uid 12345`,
    );
    expect(reason).toContain('fsGroup: 12345');
  });
});

describe.skipIf(process.getuid?.() !== 0)('as root', () => {
  it('gives the directories to ZK_USER and drops to it before the JVM', async () => {
    const { exitCode, output, container } = await endOf(
      'echo "ids $(id -u) $(id -g) $(id -G)"; stat -c "%u %n" "$(dirname "$0")/../../data" ; exit 6',
      {
        variables: { ZK_USER: '4242:4343' },
      },
    );
    expect(exitCode).toBe(6);
    expect(output).toContain('ids 4242 4343 4343\n');
    expect(output).toContain(`4242 ${container.folder}/java/bin/../../data`);
  });

  it('refuses a user that does not exist', async () => {
    const { exitCode, reason } = await endOf('exit 0', { variables: { ZK_USER: 'nobody-of-this-name' } });
    expect(exitCode).toBe(78);
    expect(reason).toContain('"nobody-of-this-name" is not a user of this machine');
  });
});

describe('a bug of ours', () => {
  it.each([
    ['an exception nobody caught', `throw new Error('a bug')`],
    ['a rejection nobody handled', `Promise.reject(new Error('a bug'))`],
  ])('%s stops the JVM and ends with 70 in one line', async (_, code) => {
    const folder = temporaryFolder();
    const due = join(folder, 'due');
    writeFileSync(
      join(folder, 'bug.cjs'),
      `if (process.argv[1] && process.argv[1].endsWith('zk-entrypoint')) {
        const looking = setInterval(() => {
          if (!require('node:fs').existsSync(${JSON.stringify(due)})) return;
          clearInterval(looking);
          ${code};
        }, 20);
      }`,
    );
    const container = startContainer(fakeJvm({}), {
      variables: { NODE_OPTIONS: `--require ${folder}/bug.cjs` },
    });
    await container.says(/ready \d+/);
    writeFileSync(due, '');
    const { exitCode } = await container.ended();
    const [output, reason] = [container.output(), container.terminationMessage()];
    expect(exitCode).toBe(70);
    expect(output).toContain('got SIGTERM');
    expect(reason).toMatch(/a bug/);
    expect(reason).toMatch(/report/);
    expect(output).not.toContain('    at ');
  });
});
