import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakeJvm, freePort, startContainer } from './container.ts';
import { memberIn, run, temporaryFolder } from './run.ts';

const get = async (port: string, path: string) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
  return { status: response.status, body: await response.text() };
};

async function ports(): Promise<[string, string, string]> {
  return [String(await freePort()), String(await freePort()), String(await freePort())];
}

describe('ZK_METRICS_PORTS', () => {
  it('answers /metrics on each port and nothing else there', async () => {
    const [health, one, other] = await ports();
    const variables = {
      ZK_HEALTH_PORT: health,
      ZK_HEALTH_ADDRESS: '127.0.0.1',
      ZK_METRICS_PORTS: `${one},${other}`,
    };
    const container = startContainer(fakeJvm({ serve: true }), { variables });
    await container.says(/starting ZooKeeper/);
    for (const port of [one, other, health]) {
      await expect
        .poll(() =>
          get(port, '/metrics').then(
            ({ status }) => status,
            () => 0,
          ),
        )
        .toBe(200);
      expect((await get(port, '/metrics')).body).toContain('zookeeper_up');
    }
    for (const path of ['/', '/status', '/livez', '/readyz', '/metrics/'])
      expect(await get(one, path)).toEqual({ status: 404, body: 'only /metrics is here\n' });
    // A control: the health port has them.
    expect((await get(health, '/')).body).toMatch(/^<!doctype html>/);
    expect((await get(health, '/status')).status).toBe(200);
  });

  it('is enough without a health port', async () => {
    const [port] = await ports();
    const container = startContainer(fakeJvm({ serve: true }), {
      variables: { ZK_HEALTH_PORT: '0', ZK_HEALTH_ADDRESS: '127.0.0.1', ZK_METRICS_PORTS: port },
    });
    await container.says(/starting ZooKeeper/);
    expect((await get(port, '/metrics')).body).toContain('zookeeper_up');
  });

  it('starts without a port that something else has, and says so', async () => {
    const [, port, other] = await ports();
    const taken = createServer().listen(Number(port), '127.0.0.1');
    onTestFinished(() => void taken.close());
    const container = startContainer(fakeJvm({ serve: true }), {
      variables: { ZK_HEALTH_ADDRESS: '127.0.0.1', ZK_METRICS_PORTS: `${port},${other}` },
    });
    await container.says(/starting ZooKeeper/);
    expect(container.output()).toContain(
      `ZK-NETWORK-003 ZK_METRICS_PORTS: ${port} is taken by another program; set another port, or leave this one out`,
    );
    expect((await get(other, '/metrics')).status).toBe(200);
  });

  it.each([
    [
      { ZK_METRICS_PORTS: '9141,metrics' },
      'ZK_METRICS_PORTS: "9141,metrics" names metrics, which is not a port',
    ],
    [
      { ZK_METRICS_PORTS: '2181' },
      'ZK-SETTING-012 ZK_METRICS_PORTS: names 2181, which ZK_CLIENT_PORT already uses',
    ],
    [
      { ZK_METRICS_PORTS: '9141,8090', ZK_HEALTH_PORT: '8090' },
      'ZK-SETTING-012 ZK_METRICS_PORTS: names 8090, which ZK_HEALTH_PORT already uses',
    ],
    [
      {
        ZK_METRICS_PORTS: '7000',
        ZK_EXTRA_CONFIG:
          'metricsProvider.className=org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider',
      },
      'metricsProvider.className: is 7000, which ZK_METRICS_PORTS already uses',
    ],
  ])('%j is refused by its name', async (variables, said) => {
    const { exitCode, stdout, stderr } = await run(['check'], memberIn(temporaryFolder(), { ...variables }));
    expect(`${stdout}${stderr}`).toContain(said);
    expect(exitCode).toBe(78);
  });
});
