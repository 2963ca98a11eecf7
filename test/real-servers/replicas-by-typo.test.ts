import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, startEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { read, recordOf, stop, write } from '../../scripts/local-ensemble/volumes.ts';
import { builtEntrypoint, plainZooKeeper } from './members.ts';

const SERVING = { timeoutMs: 60_000 };

let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
});

async function three(launch: Launch): Promise<readonly LocalMember[]> {
  ensemble = await startEnsemble({ size: 3, launch });
  await ensemble.waitUntilServing(SERVING);
  await write(ensemble.members[0] as LocalMember, '/before', 'agreed');
  return ensemble.members;
}

/** ZK_REPLICAS=1 has been rolled out: each member is the only one of its own list. */
async function withOneReplica(members: readonly LocalMember[], launch: Launch): Promise<void> {
  await stop(...members);
  for (const member of members) {
    await member.restart({ all: (ensemble?.all ?? []).filter(({ id }) => id === member.id), launch });
  }
}

describe('three members that are each told to be the only one', () => {
  it('take different writes under plain ZooKeeper, and each of them is acknowledged', async () => {
    const members = await three(plainZooKeeper());
    await withOneReplica(members, plainZooKeeper());
    await ensemble?.waitUntilServing(SERVING);
    for (const member of members) await write(member, '/split', member.name);
    expect(await Promise.all(members.map((member) => read(member, '/split')))).toEqual([
      'zk-0',
      'zk-1',
      'zk-2',
    ]);
  });

  it('are refused, and go on when the number is right again', async () => {
    const members = await three(builtEntrypoint());
    for (const member of members) {
      await expect.poll(() => recordOf(member).members, { timeout: 10_000 }).toEqual([1, 2, 3]);
    }
    await withOneReplica(members, builtEntrypoint());
    for (const member of members) {
      expect(await member.exited).toEqual({ status: 78, signal: null });
    }
    // The first is in the list, so only its volume can tell; the others are not even that.
    const [first, ...others] = members as [LocalMember, LocalMember, LocalMember];
    expect(first.log()).toMatch(
      /error ZK-VOLUME-025 .*has served with the voters 1, 2.* 3.*ZK_CONSENT=shrink:/,
    );
    for (const other of others)
      expect(other.log()).toMatch(/error ZK-IDENTITY-002 ZK_MYID: has the id [23],/);
    for (const member of members) member.start();
    await ensemble?.waitUntilServing(SERVING);
    expect(await read(members[2] as LocalMember, '/before')).toBe('agreed');
  });

  it('may become one, where a consent says that it is meant', async () => {
    const members = await three(builtEntrypoint());
    const [first] = members as [LocalMember];
    await expect.poll(() => recordOf(first).members, { timeout: 10_000 }).toEqual([1, 2, 3]);
    await stop(...members);
    const all = (ensemble?.all ?? []).slice(0, 1);
    first.start({ all, launch: builtEntrypoint() });
    expect((await first.exited).status).toBe(78);
    const [, token = ''] = /ZK_CONSENT=(shrink:\S+?:[0-9a-f]{8})/.exec(first.log()) ?? [];
    first.start({ all, launch: builtEntrypoint({ ZK_CONSENT: token }) });
    await ensemble?.waitUntilServing({ ...SERVING, members: [first] });
    expect(await read(first, '/before')).toBe('agreed');
    await expect.poll(() => recordOf(first).members, { timeout: 10_000 }).toEqual([1]);
  });
});
