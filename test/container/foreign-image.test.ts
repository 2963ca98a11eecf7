import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ask,
  createNetwork,
  engine,
  image,
  mayRun,
  type Network,
  networkName,
  removeNetwork,
  tryEngine,
} from './engine.ts';
import { type Pod, serving, startPod } from './pod.ts';

const binary = join(import.meta.dirname, '../../build/zk-entrypoint');

/** Laid out as images of others are: no Node, no init, nothing of ours, ZooKeeper and Java at other places. */
const DOCKERFILE = `
FROM ${image}
USER 0
RUN rm -rf /usr/local/bin/* /usr/local/lib/zk-entrypoint "$(command -v tini)" /opt/zookeeper/libexec \\
      /opt/zookeeper/lib/zookeeper.jsa /opt/zookeeper/bin/*eady /opt/zookeeper/bin/zk* /opt/zookeeper/bin/start-zookeeper \\
 && mv /opt/zookeeper /apache-zookeeper-bin && mv /opt/java /usr/local/openjdk && mkdir /conf && chown 1000:1000 /conf
ENV JAVA_HOME=/usr/local/openjdk ZK_HOME=/apache-zookeeper-bin ZK_CONF_DIR=/conf PATH=/apache-zookeeper-bin/bin:/usr/bin:/bin
COPY zk-entrypoint /usr/local/bin/zk-entrypoint
USER 1000:1000
WORKDIR /
HEALTHCHECK NONE
ENTRYPOINT ["/usr/local/bin/zk-entrypoint"]
CMD ["start"]
`;

describe.skipIf(!mayRun)('the single executable, copied into an image of somebody else', () => {
  const name = networkName('foreign');
  let network: Network;
  let pod: Pod;
  afterAll(async () => {
    await removeNetwork(name);
    await tryEngine('rmi', '-f', name);
  });

  beforeAll(async () => {
    network = await createNetwork(name);
    writeFileSync(join(network.folder, 'Dockerfile'), DOCKERFILE);
    copyFileSync(binary, join(network.folder, 'zk-entrypoint'));
    const build = ['build', '-q', '--network', 'host', '-t', name, network.folder];
    const { exitCode, stderr } = await execa(engine, build, { reject: false });
    expect(exitCode, stderr).toBe(0);
    pod = await startPod(network, { ordinal: 0, image: name });
    await serving(pod);
  });

  it('runs where there is no Node', async () => {
    const { stdout } = await pod.exec('ps', '-eo', 'comm=');
    expect(stdout.split('\n')).toContain('java');
    expect((await pod.exec('find', '/', '-xdev', '-name', 'node', '-type', 'f')).stdout).toBe('');
  });

  it.each([['ready'], ['live'], ['status'], ['sanity'], ['check']])('answers %s', async (command) => {
    const { exitCode, stdout, stderr } = await pod.exec('/usr/local/bin/zk-entrypoint', command);
    expect(exitCode, stdout + stderr).toBe(0);
  });

  it('renders what it has started', async () => {
    const { stdout } = await pod.exec('/usr/local/bin/zk-entrypoint', 'render');
    expect(stdout).toContain('dataDir=/var/lib/zookeeper/data');
    expect((await pod.exec('cat', '/conf/zoo.cfg')).stdout).toContain('dataDir=/var/lib/zookeeper/data');
  });

  it('stops with 0', async () => {
    await ask('stop', '-t', '30', pod.container);
    expect((await pod.status()).exitCode).toBe(0);
  });
});
