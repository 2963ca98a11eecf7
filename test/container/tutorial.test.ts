import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { environmentOf } from '../../src/manifest/environment.ts';
import { objectsOf } from '../../src/manifest/objects.ts';
import { listAt } from '../../src/manifest/tree.ts';
import { tutorial } from '../manifest/manifests.ts';
import { ask, createNetwork, mayRun, type Network, networkName, removeNetwork } from './engine.ts';
import { type Pod, roleOf, serving, startPod } from './pod.ts';

const ORDINALS = [0, 1, 2];

/** What the tutorial's later image is started with, flag for flag. */
const START_ZOOKEEPER = `start-zookeeper \
  --servers=3 \
  --data_dir=/var/lib/zookeeper/data \
  --data_log_dir=/var/lib/zookeeper/data/log \
  --conf_dir=/opt/zookeeper/conf \
  --client_port=2181 \
  --election_port=3888 \
  --server_port=2888 \
  --tick_time=2000 \
  --init_limit=10 \
  --sync_limit=5 \
  --heap=512M \
  --max_client_cnxns=60 \
  --snap_retain_count=3 \
  --purge_interval=12 \
  --max_session_timeout=40000 \
  --min_session_timeout=4000 \
  --log_level=INFO`;

/** The environment that the tutorial's manifest gives to a pod, and its command; the heap alone is smaller. */
function fromManifest(ordinal: number) {
  const objects = objectsOf(tutorial());
  const workload = objects.find(({ kind }) => kind === 'StatefulSet');
  const path = 'spec.template.spec.containers[0]';
  const container = listAt(workload?.tree, 'spec', 'template', 'spec', 'containers')[0];
  if (workload === undefined || container === undefined)
    throw new Error('tutorial.yaml holds no StatefulSet');
  const { variables } = environmentOf({ objects, workload, container, path, podName: `zk-${ordinal}` });
  const given = Object.fromEntries([...variables].map(([name, { text }]) => [name, text]));
  const command = listAt(container, 'command').map(String);
  return { variables: { ...given, ZK_HEAP_SIZE: '96m', ZK_REPLICAS: '' }, command };
}

describe.skipIf(!mayRun)('the tutorial in three containers', () => {
  const name = networkName('tutorial');
  let network: Network;
  let pods: Pod[] = [];

  beforeAll(async () => {
    network = await createNetwork(name);
  });
  afterEach(async () => {
    for (const pod of pods) await ask('rm', '-f', '-t', '0', '-v', pod.container);
    for (const pod of pods) await ask('volume', 'rm', pod.container);
  });
  afterAll(() => removeNetwork(name));

  it.each([
    ['the manifest’s objects, unchanged', fromManifest],
    [
      'start-zookeeper with all its flags',
      () => ({ variables: { ZK_REPLICAS: '' }, command: ['sh', '-c', START_ZOOKEEPER] }),
    ],
  ])('forms a quorum from %s, and keeps its promises', async (_, from) => {
    pods = await Promise.all(ORDINALS.map((ordinal) => startPod(network, { ordinal, ...from(ordinal) })));
    await Promise.all(pods.map((pod) => serving(pod)));
    expect((await Promise.all(pods.map(roleOf))).sort()).toEqual(['follower', 'follower', 'leader']);
    const [first, second, third] = pods as [Pod, Pod, Pod];
    const created = await first.exec('zkCli.sh', 'create', '/hello', 'world');
    expect(created.stdout + created.stderr).toContain('Created /hello');
    expect((await second.exec('zkCli.sh', 'get', '/hello')).stdout).toMatch(/^world$/m);
    expect((await third.exec('ps', '-o', 'uid=', '-C', 'java')).stdout.trim()).toBe('1000');
    expect((await third.exec('sh', '-c', 'zookeeper-ready 2181')).exitCode).toBe(0);
    expect((await third.exec('cat', '/var/lib/zookeeper/data/myid')).stdout.trim()).toBe('3');
  });
});
