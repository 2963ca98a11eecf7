import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  ask,
  createNetwork,
  engine,
  eventually,
  mayRun,
  type Network,
  networkName,
  removeNetwork,
} from './engine.ts';
import { ended, type Pod, type PodOptions, serving, startPod } from './pod.ts';

describe.skipIf(!mayRun)('one container', () => {
  const name = networkName('one');
  let network: Network;
  afterAll(() => removeNetwork(name));
  let last = -1;
  const start = async (options: Partial<PodOptions> = {}): Promise<Pod> => {
    last += 1;
    const pod = await startPod(network, {
      ordinal: last,
      variables: { ZK_REPLICAS: '1', POD_NAME: 'zk-0' },
      ...options,
    });
    onTestFinished(async () => void (await ask('rm', '-f', '-t', '0', pod.container)));
    return pod;
  };
  const uidOfJava = async (pod: Pod) => (await pod.exec('ps', '-o', 'uid=', '-C', 'java')).stdout.trim();

  beforeAll(async () => {
    network = await createNetwork(name);
  });

  it('runs with a read-only root, any uid, no capability and no new privilege, and stops with 0', async () => {
    const pod = await start({
      flags: [
        ...['--read-only', '--user', '12345:0', '--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
        ...['--tmpfs', '/tmp', '--tmpfs', '/opt/zookeeper/conf:mode=0775', '--tmpfs', '/var/log/zookeeper'],
      ],
    });
    await serving(pod);
    expect(await uidOfJava(pod)).toBe('12345');
    expect((await pod.exec('touch', '/opt/zookeeper/written')).exitCode).not.toBe(0);
    await ask('stop', '-t', '30', pod.container);
    expect((await pod.status()).exitCode).toBe(0);
  });

  it('gives the heap half of a memory limit of 512 MiB', async () => {
    const pod = await start({
      variables: { ZK_REPLICAS: '1', POD_NAME: 'zk-0', ZK_HEAP_SIZE: '50%' },
      flags: ['--memory', '512m'],
    });
    await serving(pod);
    expect((await pod.exec('ps', '-o', 'args=', '-C', 'java')).stdout).toMatch(/-Xmx256m/);
  });

  it.each([
    ['sh', '-c', 'zkGenConfig.sh && zkServer.sh start-foreground'],
    ['start-zookeeper', '--servers=1', '--heap=96M', '--data_dir=/var/lib/zookeeper/data'],
  ])('runs the tutorial’s command %s %s %s as uid 1000', async (...command) => {
    const pod = await start({ command: command.filter((word) => word !== undefined) });
    await serving(pod);
    expect(await uidOfJava(pod)).toBe('1000');
  });

  it('keeps no zombie of 200 processes that their parent, a probe, has left behind', async () => {
    const pod = await start();
    await serving(pod);
    const script = 'for i in $(seq 200); do (sh -c "sleep 1" & ); done';
    expect((await pod.exec('sh', '-c', script)).exitCode).toBe(0);
    const one = execa(engine, ['exec', pod.container, 'zk-ready'], { reject: false });
    one.kill('SIGKILL');
    await one;
    await eventually(async () => {
      const { stdout } = await pod.exec('ps', '-eo', 'stat=,comm=');
      expect(stdout.split('\n').filter((line) => /^Z|sleep/.test(line))).toEqual([]);
    });
  });

  it('refuses the volume of another member, and leaves the reason for `kubectl describe pod`', async () => {
    const pod = await start({
      command: ['sh', '-c', 'mkdir -p data/version-2; echo 7 > data/myid; exec zk-entrypoint start'],
      flags: ['--workdir', '/var/lib/zookeeper'],
    });
    expect(await ended(pod)).toBe(78);
    expect(pod.terminationMessage()).toMatch(/myid.*7/s);
  });
});
