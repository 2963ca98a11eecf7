import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { cutPower, read, recordOf, stop, write } from '../../scripts/local-ensemble/volumes.ts';
import { builtEntrypoint, plainZooKeeper } from './members.ts';

const SERVING = { timeoutMs: 60_000 };
const NODE = '/acknowledged';

let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
});

type Four = readonly [LocalMember, LocalMember, LocalMember, LocalMember];

/**
 * One server holds an acknowledged write, and was to become one of four: the second and the third have begun with
 * nothing, and before there was a quorum the list is made one of three.
 */
async function grownInVain(): Promise<Four> {
  ensemble = await makeEnsemble({ size: 4, launch: builtEntrypoint() });
  const [first, second, third, fourth] = ensemble.members as unknown as Four;
  first.start({ all: ensemble.all.slice(0, 1), launch: builtEntrypoint() });
  await ensemble.waitUntilServing({ ...SERVING, members: [first] });
  await write(first, NODE, 'kept');
  await expect.poll(() => recordOf(first).members, { timeout: 10_000 }).toEqual([1]);
  for (const member of [second, third, fourth]) member.start();
  for (const member of [second, third])
    await expect
      .poll(() => member.log(), { timeout: 30_000 })
      .toMatch(/begins with nothing[\s\S]*ZooKeeper answers/);
  await cutPower(second, third, fourth);
  return [first, second, third, fourth];
}

async function withThree(launch: Launch, ...members: readonly LocalMember[]): Promise<void> {
  const all = ensemble?.all.slice(0, 3) ?? [];
  await Promise.all(members.map((member) => member.restart({ all, launch })));
}

describe('a list that is changed before those who began have served', () => {
  it('lets plain ZooKeeper elect those two, and the acknowledged node is gone', async () => {
    const [, second, third] = await grownInVain();
    await withThree(plainZooKeeper(), second, third);
    await ensemble?.waitUntilServing({ ...SERVING, members: [second, third] });
    expect(await read(second, NODE)).toBe('(no-node)');
  });

  it('holds back whom the new list does not need, until the one with the data leads', async () => {
    const [first, second, third] = await grownInVain();
    await withThree(builtEntrypoint(), second, third);
    await expect
      .poll(() => third.log(), { timeout: 20_000 })
      .toMatch(new RegExp(`until ${second.host} begin and serve`));
    await expect.poll(() => second.jvmPid(), { timeout: 20_000 }).toBeDefined();
    expect(third.jvmPid()).toBeUndefined();
    await stop(first);
    await withThree(builtEntrypoint(), first);
    await ensemble?.waitUntilServing({ ...SERVING, members: [first, second, third] });
    expect(await read(third, NODE)).toBe('kept');
  });
});
