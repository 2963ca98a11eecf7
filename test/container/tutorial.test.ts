import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectsOf } from '../../src/manifest/objects/objects.ts';
import { listAt } from '../../src/manifest/objects/tree.ts';
import { environmentOf } from '../../src/manifest/pods/environment.ts';
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

/** What the tutorial shows of `env`, of the generation that is configured by variables. */
const SHOWN_VARIABLES = `\
ZK_ENSEMBLE=zk-0;zk-1;zk-2
ZK_HEAP_SIZE=96m
ZK_TICK_TIME=2000
ZK_INIT_LIMIT=10
ZK_SYNC_LIMIT=2000
ZK_MAX_CLIENT_CNXNS=60
ZK_SNAP_RETAIN_COUNT=3
ZK_PURGE_INTERVAL=0
ZK_CLIENT_PORT=2181
ZK_SERVER_PORT=2888
ZK_ELECTION_PORT=3888
ZK_USER=zookeeper
ZK_DATA_DIR=/var/lib/zookeeper/data
ZK_DATA_LOG_DIR=/var/lib/zookeeper/log
ZK_LOG_DIR=/var/log/zookeeper`.split('\n');

/** What every image of the tutorial's sets, whatever the pod says. */
const FROM_IMAGE = SHOWN_VARIABLES.slice(-4);

const generations = [
  {
    title: 'the manifest’s objects, unchanged',
    from: fromManifest,
    probe: ['zkOk.sh'],
    probeFile: '/opt/zookeeper/bin/zkOk.sh',
    variables: SHOWN_VARIABLES,
    // syncLimit is the tick there; PurgeInterval 0 never purges.
    warnings: 1,
  },
  {
    title: 'start-zookeeper with all its flags',
    from: () => ({
      variables: { ZK_REPLICAS: '', ZK_HEAP_SIZE: '' },
      command: ['sh', '-c', START_ZOOKEEPER],
    }),
    probe: ['sh', '-c', 'zookeeper-ready 2181'],
    probeFile: '/opt/zookeeper/bin/zookeeper-ready',
    variables: FROM_IMAGE,
    warnings: 0,
  },
];

describe.skipIf(!mayRun).each(generations)('the tutorial in three containers: $title', (generation) => {
  const { from, probe, probeFile, variables, warnings } = generation;
  const name = networkName('tutorial');
  let network: Network;
  let pods: Pod[] = [];
  const [first, second, third] = ORDINALS.map((ordinal) => () => pods[ordinal] as Pod) as [
    () => Pod,
    () => Pod,
    () => Pod,
  ];

  beforeAll(async () => {
    network = await createNetwork(name);
    pods = await Promise.all(ORDINALS.map((ordinal) => startPod(network, { ordinal, ...from(ordinal) })));
    await Promise.all(pods.map((pod) => serving(pod)));
  });
  afterAll(() => removeNetwork(name));

  it('forms a quorum, as uid 1000, each with its id', async () => {
    expect((await Promise.all(pods.map(roleOf))).sort()).toEqual(['follower', 'follower', 'leader']);
    expect((await third().exec('ps', '-o', 'uid=', '-C', 'java')).stdout.trim()).toBe('1000');
    expect((await third().exec('cat', '/var/lib/zookeeper/data/myid')).stdout.trim()).toBe('3');
  });

  it('shows what the client says and nothing else, though the JVM’s flags hold a port', async () => {
    const flags = ['env', 'JVMFLAGS=-Dcom.sun.management.jmxremote.port=9999 -Xmx9g'];
    const created = await first().exec(...flags, 'zkCli.sh', 'create', '/hello', 'world');
    // The client itself puts what it has made on standard error.
    expect(`${created.stdout}\n${created.stderr}`.split('\n').filter(Boolean)).toEqual([
      'Connecting to localhost:2181',
      'WATCHER::',
      expect.stringMatching(/^WatchedEvent state:SyncConnected type:None path:null/),
      'Created /hello',
    ]);
    const got = await second().exec('zkCli.sh', 'get', '/hello');
    expect(got.stderr).toBe('');
    expect(got.stdout).toMatch(/^world$/m);
    expect(got.stdout).not.toContain('INFO');
  });

  it('shows the variables of the tutorial', async () => {
    for (const pod of pods) {
      const { stdout } = await pod.exec('env');
      const lines = stdout.split('\n').filter((line) => line.startsWith('ZK_'));
      expect(lines).toEqual(expect.arrayContaining(variables));
    }
  });

  it('shows the logging in log4j’s words, and says which file is in effect', async () => {
    const { stdout } = await first().exec('cat', '/usr/etc/zookeeper/log4j.properties');
    expect(stdout).toMatch(/^log4j\.rootLogger=\$\{zookeeper\.root\.logger\}$/m);
    expect(stdout).toMatch(/^log4j\.appender\.CONSOLE=org\.apache\.log4j\.ConsoleAppender$/m);
    expect(stdout).toMatch(/^# .*in effect.*logback\.xml/m);
    expect(stdout).not.toContain('<');
    const { stdout: inEffect } = await first().exec('cat', '/usr/etc/zookeeper/logback.xml');
    expect(inEffect).toContain('<root level="INFO">');
  });

  it('says each warning once', async () => {
    expect((await first().log()).match(/\bwarning ZK-TIMING-001\b/g) ?? []).toHaveLength(warnings);
  });

  it('answers every command of `kubectl exec` by the settings it was started with', async () => {
    expect(await first().exec('zk-entrypoint', 'status')).toMatchObject({ exitCode: 0 });
    expect(await first().exec('zk-entrypoint', 'sanity')).toMatchObject({ exitCode: 0 });
    const check = await second().exec('zk-entrypoint', 'check');
    expect(check).toMatchObject({ exitCode: 0 });
    expect(check.stdout).toMatch(
      /^server 2 of 3: would start .*the settings of the running start, pid \d+$/m,
    );
    const consent = await third().exec('zk-entrypoint', 'consent', '1f0c9a3e');
    expect(consent).toMatchObject({ exitCode: 64, stderr: expect.stringContaining('does not match') });
  });

  it('fails the probe whose file is removed, in that container alone', async () => {
    for (const pod of pods) expect(await pod.exec(...probe)).toMatchObject({ exitCode: 0 });
    expect((await third().exec('rm', probeFile)).exitCode).toBe(0);
    expect(await third().exec(...probe)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`${probeFile} is gone`),
    });
    expect(await second().exec(...probe)).toMatchObject({ exitCode: 0 });
  });

  it('stops at once with 0, and leaves the reason', async () => {
    const stopped = pods.map(async (pod) => {
      // Far more than a stop takes, and a status of 137 after it.
      await ask('stop', '-t', '30', pod.container);
      expect((await pod.status()).exitCode).toBe(0);
      expect(pod.terminationMessage()).toMatch(/stopped/);
    });
    await Promise.all(stopped);
  });
});
