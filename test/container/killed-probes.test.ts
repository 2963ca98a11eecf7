import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork, eventually, mayRun, type Network, networkName, removeNetwork } from './engine.ts';
import { type Pod, serving, startPod } from './pod.ts';

const PROBES = 200;
/** What two cores can start at once. */
const AT_ONCE = 20;
const KILLED = 137;

/**
 * A kubelet kills a probe that has not answered in its time, and what the probe has started is left to PID 1. The
 * supervisor is stopped meanwhile, so that every probe waits and is killed half-way.
 */
describe.skipIf(!mayRun)('200 exec probes that are killed half-way', () => {
  const name = networkName('killed');
  let network: Network;
  let pod: Pod;
  afterAll(() => removeNetwork(name));

  beforeAll(async () => {
    network = await createNetwork(name);
    pod = await startPod(network, { ordinal: 0 });
    await serving(pod);
  });

  /** Everything in the container but the look itself. */
  async function processes(): Promise<string[]> {
    const { stdout } = await pod.exec('ps', '-eo', 'stat=,comm=');
    return stdout
      .split('\n')
      .map((line) => line.trim().replace(/^\S+\s+/, (stat) => (stat.startsWith('Z') ? 'zombie ' : '')))
      .filter((line) => line !== '' && line !== 'ps');
  }

  async function killHalfWay(probes: number, command: readonly string[]): Promise<(number | undefined)[]> {
    const statuses: (number | undefined)[] = [];
    while (statuses.length < probes) {
      const batch = Array.from({ length: Math.min(AT_ONCE, probes - statuses.length) }, () =>
        // In the foreground, since a kubelet's kill strikes the probe alone, not what the probe has started.
        pod.exec('timeout', '--foreground', '-s', 'KILL', '0.3', ...command),
      );
      statuses.push(...(await Promise.all(batch)).map(({ exitCode }) => exitCode));
    }
    return statuses;
  }

  it('leave nothing behind', async () => {
    const before = (await processes()).sort();
    await pod.exec('pkill', '-STOP', 'java');
    await pod.exec('pkill', '-STOP', '-f', 'zk-entrypoint start');
    const probes = await Promise.all([
      killHalfWay(PROBES / 2, ['zkOk.sh']),
      killHalfWay(PROBES / 2, ['zk-ready']),
    ]);
    await pod.exec('pkill', '-CONT', '-f', 'zk-entrypoint start');
    await pod.exec('pkill', '-CONT', 'java');
    expect(probes.flat()).toEqual(Array(PROBES).fill(KILLED));
    await eventually(async () => expect((await processes()).sort()).toEqual(before));
    await eventually(async () => expect((await pod.exec('zk-ready')).exitCode).toBe(0));
  }, 600_000);

  it('are counted here when they do leave something behind', async () => {
    await killHalfWay(3, ['sh', '-c', 'sleep 600 & wait']);
    expect((await processes()).filter((line) => line === 'sleep')).toHaveLength(3);
    await pod.exec('pkill', 'sleep');
    await eventually(async () => expect(await processes()).not.toContain('zombie sleep'));
  });
});
