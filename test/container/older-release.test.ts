import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comeBackElsewhere } from './another-address.ts';
import { createNetwork, mayRun, type Network, networkName, removeNetwork } from './engine.ts';
import { type Pod, serving, startPod } from './pod.ts';

const fetchZooKeeper = join(import.meta.dirname, '../../scripts/fetch-zookeeper');

describe.skipIf(!mayRun)('three members on ZooKeeper 3.8', () => {
  const name = networkName('older');
  let network: Network;
  let home = '';
  let pods: Pod[];
  afterAll(() => removeNetwork(name));

  /** The image's program and Java, with the other release in its ZooKeeper's place. */
  const start = (ordinal: number) =>
    startPod(network, {
      ordinal,
      replicas: 3,
      variables: { ZK_CONF_DIR: '/var/lib/zookeeper/conf' },
      flags: ['-v', `${home}:/opt/zookeeper:ro`],
      command: ['zk-entrypoint', 'start'],
    });

  beforeAll(async () => {
    home = (await execa(fetchZooKeeper, ['--release', '3.8'])).stdout.trim();
    network = await createNetwork(name);
    pods = await Promise.all([0, 1, 2].map(start));
    await Promise.all(pods.map((pod) => serving(pod)));
  });

  it('run that release, and hold a value for the rest of these tests', async () => {
    expect(await (pods[0] as Pod).log()).toMatch(/starting ZooKeeper 3\.8\.\d+ as server 1 of 3/);
    const created = await (pods[0] as Pod).exec('zkCli.sh', 'create', '/kept', 'world');
    expect(created.stdout + created.stderr).toContain('Created /kept');
  });

  it.each(['follower', 'leader'])('take back a %s that comes with another address', (role) =>
    comeBackElsewhere({ pods, role, start }),
  );
});
