import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comeBackElsewhere } from './another-address.ts';
import { ask, createNetwork, mayRun, type Network, networkName, removeNetwork, tryEngine } from './engine.ts';
import { ended, type Pod, serving, startPod } from './pod.ts';

describe.skipIf(!mayRun)('three members in three containers', () => {
  const name = networkName('ensemble');
  let network: Network;
  afterAll(() => removeNetwork(name));
  let pods: Pod[];
  const start = (ordinal: number) => startPod(network, { ordinal, replicas: 3 });
  const pod = (ordinal: number) => pods[ordinal] as Pod;

  beforeAll(async () => {
    network = await createNetwork(name);
    pods = await Promise.all([0, 1, 2].map(start));
    await Promise.all(pods.map((each) => serving(each)));
  });

  it('pass sanity, and hold a value for the rest of these tests', async () => {
    const sanity = await pod(0).exec('zk-entrypoint', 'sanity');
    expect(sanity, sanity.stderr).toMatchObject({ exitCode: 0 });
    const created = await pod(0).exec('zkCli.sh', 'create', '/kept', 'world');
    expect(created.stdout + created.stderr).toContain('Created /kept');
  });

  it.each([
    [['hostname'], /^zk-1$/],
    [['hostname', '-f'], /^zk-1\.zk-headless\.default\.svc\.cluster\.local$/],
    [['cat', '/var/lib/zookeeper/data/myid'], /^2$/],
    [['cat', '/opt/zookeeper/conf/zoo.cfg'], /^server\.3=zk-2\.zk-headless/m],
    [['cat', '/usr/etc/zookeeper/log4j.properties'], /CONSOLE/],
    [['zkCli.sh', 'get', '/kept'], /^world$/m],
    [['env'], /^ZK_REPLICAS=3$/m],
    [['ps', '-elf'], /^\S+\s+\S+\s+(1000|zookeep\S*)\s.*QuorumPeerMain/m],
    [['ls', '-ld', '/var/lib/zookeeper/data'], /zookeep/],
  ])('answer `kubectl exec` of %j', async (words, expected) => {
    const { exitCode, stdout, stderr } = await pod(1).exec(...words);
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toMatch(expected);
  });

  it('write their logs to standard output, each with its id', async () => {
    for (const [ordinal, each] of pods.entries()) {
      expect((await tryEngine('logs', each.container)).stdout).toContain(`[myid:${ordinal + 1}]`);
    }
  });

  it('fail the tutorial’s liveness probe when zkOk.sh is removed, in that container alone', async () => {
    expect((await pod(2).exec('zkOk.sh')).exitCode).toBe(0);
    expect((await pod(2).exec('rm', '/opt/zookeeper/bin/zkOk.sh')).exitCode).toBe(0);
    expect((await pod(2).exec('zkOk.sh')).exitCode).not.toBe(0);
    expect((await pod(1).exec('zkOk.sh')).exitCode).toBe(0);
  });

  it('end the container when `pkill java` kills its JVM; started again it has the data', async () => {
    expect((await pod(1).exec('pkill', 'java')).exitCode).toBe(0);
    expect(await ended(pod(1))).toBe(143);
    await ask('start', pod(1).container);
    await serving(pod(1));
    expect((await pod(1).exec('zkCli.sh', 'get', '/kept')).stdout).toMatch(/^world$/m);
  });

  it.each(['follower', 'leader'])('take back a %s that comes with another address', (role) =>
    comeBackElsewhere({ pods, role, start }),
  );
});
