import { expect, onTestFailed } from 'vitest';
import { ask } from './engine.ts';
import { type Pod, roleOf, serving } from './pod.ts';

/** Whom it strikes, and how its pod is made again; the pods' list is kept up to date. */
interface Rescheduling {
  readonly pods: Pod[];
  readonly role: string;
  start(ordinal: number): Promise<Pod>;
}

/**
 * The member in this role stops, its pod is deleted, and another one of its name comes with its volume and another
 * address, as after a drain. It must be in the quorum again with the data that /kept holds; how long that took is printed.
 */
export async function comeBackElsewhere({ pods, role, start }: Rescheduling): Promise<void> {
  onTestFailed(() => showLogs(pods));
  const ordinal = (await Promise.all(pods.map(roleOf))).indexOf(role);
  const left = pods[ordinal] as Pod;
  await ask('stop', '-t', '30', left.container);
  expect((await left.status()).exitCode).toBe(0);
  await ask('rm', left.container);
  const startedAtMs = Date.now();
  const back = await start(ordinal);
  pods[ordinal] = back;
  await serving(back);
  process.stdout.write(`${role} with another address: in the quorum after ${Date.now() - startedAtMs} ms\n`);
  expect((await back.exec('zkCli.sh', 'get', '/kept')).stdout).toMatch(/^world$/m);
}

/** The last lines of every pod, since one's own log does not tell why the others did not take it back. */
async function showLogs(pods: readonly Pod[]): Promise<void> {
  for (const pod of pods) process.stdout.write(`${pod.container}:\n${(await pod.log()).slice(-4_000)}\n`);
}
