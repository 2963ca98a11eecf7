import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ask, createNetwork, mayRun, type Network, networkName, removeNetwork, tryEngine } from './engine.ts';
import { type Pod, serving, startPod } from './pod.ts';

const TUTORIAL = 'zkGenConfig.sh && zkServer.sh start-foreground';

/** Ways to write the tutorial's command. A shell that is PID 1 would pass no TERM on in any of them. */
const commands: [command: string, text: string][] = [
  ['sh -c', TUTORIAL],
  ['/bin/sh -c', TUTORIAL],
  ['bash -c', `\n  ${TUTORIAL}\n\n`],
  ['/bin/bash -c', TUTORIAL],
  ['sh -ec', 'zkGenConfig.sh\nzkServer.sh start-foreground\n'],
  ['sh -c', 'export ZK_TICK_TIME=1000; zkGenConfig.sh && exec zkServer.sh start-foreground'],
  ['sh -c', `export ZK_TICK_TIME=1000; ${TUTORIAL} 2>&1 | tee /tmp/log`],
  ['bash -c', `set -o pipefail; { ${TUTORIAL} 2>&1; } || exit $?`],
  ['sh -c', 'zk-entrypoint start & pid=$!; trap "kill $pid" TERM; wait $pid; wait $pid'],
];

describe.skipIf(!mayRun)('a container whose command is', () => {
  const name = networkName('shells');
  let network: Network;
  let last = -1;
  afterAll(() => removeNetwork(name));
  beforeAll(async () => {
    network = await createNetwork(name);
  });

  async function started(command: string, text: string): Promise<Pod> {
    last += 1;
    const variables = { ZK_REPLICAS: '1', POD_NAME: 'zk-0', ZK_HEAP_SIZE: '64m' };
    const pod = await startPod(network, { ordinal: last, variables, command: [...command.split(' '), text] });
    onTestFinished(async () => void (await tryEngine('rm', '-f', '-t', '0', '-v', pod.container)));
    await serving(pod);
    return pod;
  }

  it.each(commands)('%s %j stops with 0 and its reason as soon as it is asked', async (command, text) => {
    const pod = await started(command, text);
    expect(await pod.log()).not.toContain('PID 1 is');
    // Three times the grace of ten seconds that engines give: a stop that reaches nobody ends with 137.
    await ask('stop', '-t', '30', pod.container);
    expect((await pod.status()).exitCode).toBe(0);
    expect(pod.terminationMessage()).toMatch(/stopped/);
  });

  it('a shell that keeps TERM to itself says so at its start, and ends without a reason', async () => {
    const pod = await started('/bin/sh -c', `${TUTORIAL} 2>&1`);
    expect(await pod.log()).toContain('PID 1 is a shell, which passes no signal on');
    await ask('stop', '-t', '2', pod.container);
    expect((await pod.status()).exitCode).toBe(137);
    expect(pod.terminationMessage()).toBe('');
  });
});
