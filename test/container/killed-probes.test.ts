import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNetwork, eventually, mayRun, type Network, networkName, removeNetwork } from './engine.ts';
import { type Pod, serving, startPod } from './pod.ts';

const PROBES = 200;
/** What two cores can start at once. */
const AT_ONCE = 20;
const KILLED = 137;
/** Batches of what two cores can start at once; a line for each status. */
const KILL_HALF_WAY = `probes=$1; shift
while [ "$probes" -gt 0 ]; do
  for i in $(seq "$((probes < ${AT_ONCE} ? probes : ${AT_ONCE}))"); do
    { timeout --foreground -s KILL 0.3 "$@" >/dev/null 2>&1; echo $?; } 2>/dev/null &
  done
  wait
  probes=$((probes - ${AT_ONCE}))
done`;

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

  /**
   * Starts so many probes inside the container, in the foreground of their `timeout`: a kubelet's kill strikes the probe
   * alone, not what the probe has started. Returns their exit statuses.
   */
  async function killHalfWay(probes: number, command: readonly string[]): Promise<number[]> {
    const { stdout } = await pod.exec('bash', '-c', KILL_HALF_WAY, 'bash', String(probes), ...command);
    return stdout.split('\n').filter(Boolean).map(Number);
  }

  it('leave nothing behind', async () => {
    const before = (await processes()).sort();
    await pod.exec('pkill', '-STOP', 'java');
    await pod.exec('pkill', '-STOP', '-f', 'zk-entrypoint start');
    const probes = [
      ...(await killHalfWay(PROBES / 2, ['zkOk.sh'])),
      ...(await killHalfWay(PROBES / 2, ['zk-ready'])),
    ];
    await pod.exec('pkill', '-CONT', '-f', 'zk-entrypoint start');
    await pod.exec('pkill', '-CONT', 'java');
    expect(probes).toEqual(Array(PROBES).fill(KILLED));
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
