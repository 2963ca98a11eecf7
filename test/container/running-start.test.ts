import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import {
  createNetwork,
  eventually,
  mayRun,
  type Network,
  networkName,
  removeNetwork,
  tryEngine,
} from './engine.ts';
import { type Pod, type PodOptions, startPod } from './pod.ts';

const ENV_FILE =
  'cd /tmp && printf "ZK_REPLICAS=1\\nZK_CLIENT_PORT=2190\\n" >zk.env && zk-entrypoint start --env-file zk.env';
const FLAGS = 'start-zookeeper --servers=1 --client_port=2190 --data_log_dir=/var/lib/zookeeper/data/log';

/** Ways to change, after the pod spec, what the start is given; all lead to the client port 2190. */
const starts: [what: string, options: Pick<PodOptions, 'command' | 'flags' | 'variables'>][] = [
  ['flags', { command: ['sh', '-c', FLAGS] }],
  [
    'flags that contradict the pod spec',
    { command: ['sh', '-c', FLAGS], variables: { ZK_CLIENT_PORT: '2181' } },
  ],
  [
    'exported variables',
    { command: ['sh', '-c', 'export ZK_REPLICAS=1 ZK_CLIENT_PORT=2190; zk-entrypoint start'] },
  ],
  ['an env file', { command: ['sh', '-c', ENV_FILE] }],
  ['flags, as root that becomes ZK_USER', { command: ['sh', '-c', FLAGS], flags: ['--user', '0'] }],
];

describe.skipIf(!mayRun)('a command put into a container that was started with', () => {
  const name = networkName('running');
  let network: Network;
  let last = -1;
  afterAll(() => removeNetwork(name));
  beforeAll(async () => {
    network = await createNetwork(name);
  });

  async function started({
    variables,
    ...options
  }: Pick<PodOptions, 'command' | 'flags' | 'variables'>): Promise<Pod> {
    last += 1;
    const given = { ZK_REPLICAS: '', POD_NAME: 'zk-0', ZK_HEAP_SIZE: '64m', ...variables };
    const pod = await startPod(network, { ordinal: last, variables: given, ...options });
    onTestFinished(async () => void (await tryEngine('rm', '-f', '-t', '0', '-v', pod.container)));
    return pod;
  }

  // The first, since its pod's ordinal must be one of three.
  it('flags can consent while the start still waits', async () => {
    const command = ['sh', '-c', 'start-zookeeper --servers=3 --heap=64M'];
    const pod = await started({ command, variables: { POD_NAME: '' } });
    await eventually(async () => expect(await pod.log()).toMatch(/wait/));
    const wrong = await pod.exec('zk-entrypoint', 'consent', '00000000');
    expect(wrong).toMatchObject({
      exitCode: 64,
      stderr: expect.stringContaining('does not match the state of this member'),
    });
  });

  it.each(starts)('%s knows them', async (_what, options) => {
    const pod = await started(options);
    await eventually(async () => expect((await pod.exec('zookeeper-ready', '2190')).exitCode).toBe(0));
    await eventually(async () => expect((await pod.exec('zk-entrypoint', 'status')).exitCode).toBe(0));
    expect((await pod.exec('zk-entrypoint', 'sanity')).exitCode).toBe(0);
    expect((await pod.exec('zk-entrypoint', 'render')).stdout).toContain('clientPort=2190\n');
    const check = await pod.exec('zk-entrypoint', 'check', '--output', 'json');
    expect(JSON.parse(check.stdout)).toMatchObject({
      summary: { wouldStart: true, startedAs: expect.any(Number) },
    });
  });

  it('flags judges by its own where it says what to judge', async () => {
    const pod = await started({ command: ['sh', '-c', FLAGS] });
    await eventually(async () => expect((await pod.exec('zk-entrypoint', 'status')).exitCode).toBe(0));
    const check = await pod.exec('zk-entrypoint', 'check', '--hostname', 'zk-0');
    expect(check).toMatchObject({ exitCode: 78, stdout: expect.stringContaining('ZK_REPLICAS') });
    expect(check.stdout).not.toContain('running start');
    // Another user may not look at the start: it says so, and judges by what it was given.
    const [stranger, ...words] = [
      'exec',
      '--user',
      '1234',
      pod.container,
      'env',
      'ZK_REPLICAS=1',
      'zk-entrypoint',
      'check',
    ];
    const strange = await tryEngine(stranger as string, ...words);
    expect(strange.stderr).toMatch(/the settings of the running start, pid \d+, cannot be seen from here/);
    expect(strange.stdout).not.toContain('running start');
  });
});
