import { describe, expect, it } from 'vitest';
import { answering, closedPort, serverThat, type TestServer } from '../host/servers.ts';
import { fakeJvm, startContainer } from './container.ts';
import { probe } from './probes.ts';

const names = ['zkOk.sh', 'zk-live', 'zk-ready', 'zookeeper-ready'] as const;
const withPort = (name: string, port: string | undefined) =>
  name === 'zookeeper-ready' && port !== undefined ? [name, port] : [name];

/** A health endpoint as far as a probe sees one. */
function endpoint(status: number, body: string, server = 'zk-entrypoint'): Promise<TestServer> {
  const head = `HTTP/1.1 ${status} X\r\nServer: ${server}\r\nContent-Length: ${body.length}\r\n\r\n`;
  return answering(() => `${head}${body}`);
}

describe.each(names)('%s', (name) => {
  it('is well when the supervisor says so, without starting another program', async () => {
    await using supervisor = await endpoint(200, 'ok\n');
    const variables = {
      ZK_HEALTH_PORT: String(supervisor.port),
      ZK_CLIENT_PORT: '2181',
      NODE_OPTIONS: '--no-such-flag',
    };
    expect(await probe(withPort(name, '2181'), variables)).toEqual({ exitCode: 0, stdout: 'ok', stderr: '' });
  });

  it('fails with the supervisor’s reasons in one line', async () => {
    await using supervisor = await endpoint(503, 'jvm: it has ended\nruok: not asked\n');
    const variables = { ZK_HEALTH_PORT: String(supervisor.port), ZK_CLIENT_PORT: '2181' };
    expect(await probe(withPort(name, '2181'), variables)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'jvm: it has ended; ruok: not asked',
    });
  });

  it.each<[string, () => Promise<TestServer>]>([
    ['another program', () => endpoint(200, 'ok\n', 'nginx')],
    ['another status', () => endpoint(404, 'not found\n')],
    ['no HTTP', () => answering(() => 'imok')],
    ['a cut-off answer', () => answering(() => 'HTTP/1.1 200 OK\r\nServer: zk-entrypo')],
    ['nothing', () => serverThat((socket) => socket.end())],
  ])('asks ZooKeeper itself where %s answers on the health port', async (_what, start) => {
    await using stranger = await start();
    await using zooKeeper = await answering((word) => (word === 'ruok' ? 'imok' : ''));
    const variables = { ZK_HEALTH_PORT: String(stranger.port), ZK_CLIENT_PORT: String(zooKeeper.port) };
    const { exitCode, stderr } = await probe(withPort(name, variables.ZK_CLIENT_PORT), variables);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it.each([
    ['nothing listens', async () => String(await closedPort())],
    ['it is off', async () => '0'],
    ['a service link stands in its place', async () => 'tcp://10.1.2.3:8090'],
  ])('asks ZooKeeper itself when %s on the health port', async (_when, healthPort) => {
    await using zooKeeper = await answering((word) => (word === 'ruok' ? 'imok' : ''));
    const port = String(zooKeeper.port);
    const good = { ZK_HEALTH_PORT: await healthPort(), ZK_CLIENT_PORT: port };
    expect((await probe(withPort(name, port), good)).exitCode).toBe(0);
    const gone = String(await closedPort());
    const { exitCode, stderr } = await probe(withPort(name, gone), { ...good, ZK_CLIENT_PORT: gone });
    expect(stderr).toContain('nothing listens on the client port');
    expect(exitCode).toBe(1);
  });
});

describe('zookeeper-ready', () => {
  it('asks the port it is given, not the supervisor of another', async () => {
    await using supervisor = await endpoint(200, 'ok\n');
    const gone = String(await closedPort());
    const variables = { ZK_HEALTH_PORT: String(supervisor.port), ZK_CLIENT_PORT: '2181' };
    expect((await probe(['zookeeper-ready', gone], variables)).exitCode).toBe(1);
  });
});

describe('beside a supervisor', () => {
  it('every drop-in says what the program says, while it starts, serves and has ended', async () => {
    const container = startContainer(fakeJvm({ serve: true }), {
      variables: { ZK_HEALTH_PORT: String(await closedPort()) },
    });
    await container.says(/ZooKeeper answers/);
    const port = container.variables['ZK_CLIENT_PORT'];
    for (const name of names) {
      expect(await probe(withPort(name, port), container.variables)).toMatchObject({
        exitCode: 0,
        stdout: 'ok',
      });
    }
    container.process.kill('SIGTERM');
    await container.ended();
    for (const name of names) {
      expect((await probe(withPort(name, port), container.variables)).exitCode).toBe(1);
    }
  });

  it('zkOk.sh and zk-ready fail until ZooKeeper answers, and zk-live does not', async () => {
    const container = startContainer(fakeJvm({}), {
      variables: { ZK_HEALTH_PORT: String(await closedPort()) },
    });
    await container.says(/ready \d+/);
    expect((await probe(['zk-live'], container.variables)).exitCode).toBe(0);
    expect(await probe(['zk-ready'], container.variables)).toMatchObject({ exitCode: 1 });
    expect(await probe(['zkOk.sh'], container.variables)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('ruok: nothing listens'),
    });
  });
});
