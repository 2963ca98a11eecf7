import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble, startEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import {
  cutPower,
  emptyVolume,
  health,
  read,
  recordOf,
  stop,
  write,
} from '../../scripts/local-ensemble/volumes.ts';
import { builtEntrypoint, plainZooKeeper } from './members.ts';

const SERVING = { timeoutMs: 60_000 };
const NODE = '/acknowledged';

let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
});

type Three = readonly [LocalMember, LocalMember, LocalMember];

async function three(launch: Launch): Promise<Three> {
  ensemble = await startEnsemble({ size: 3, launch });
  await ensemble.waitUntilServing(SERVING);
  return ensemble.members as unknown as Three;
}

/** Waits until the member's log holds the words. */
async function says(member: LocalMember, words: string | RegExp): Promise<void> {
  await expect.poll(() => member.log(), { timeout: 20_000 }).toMatch(words);
}

async function loseTwo([first, second, third]: Three): Promise<void> {
  await write(first, NODE, 'kept');
  await stop(first, second, third);
  emptyVolume(second);
  emptyVolume(third);
}

describe('two of three volumes emptied', () => {
  it('lets plain ZooKeeper elect the empty majority, and the acknowledged node is gone', async () => {
    const members = await three(plainZooKeeper());
    await loseTwo(members);
    const [, second, third] = members;
    await Promise.all([second.restart(), third.restart()]);
    await ensemble?.waitUntilServing({ ...SERVING, members: [second, third] });
    expect(await read(second, NODE)).toBe('(no-node)');
  });

  it('is waited with, in words and with the probes answered, until a consent lets the survivor lead', async () => {
    const members = await three(builtEntrypoint());
    await loseTwo(members);
    const [first, second, third] = members;
    await Promise.all(members.map((member) => member.restart()));
    await Promise.all(
      [second, third].map((member) => says(member, /ZK-VOLUME-028[^\n]*ZK_CONSENT=empty-volume:/)),
    );
    expect(second.jvmPid()).toBeUndefined();
    expect(await health(second, '/livez')).toMatch(/^200 ok\n.*the data of this member has vanished/);
    expect(await health(second, '/readyz')).toMatch(/^200 ok\n.*has vanished/);
    expect(await health(second, '/startupz')).toMatch(/^200 /);
    expect([...((await ensemble?.roles())?.values() ?? [])]).toEqual(['-', '-', '-']);
    const token = /ZK_CONSENT=(empty-volume:\S+?:[0-9a-f]{8})/.exec(second.log())?.[1] ?? '';
    await stop(second);
    const all = ensemble?.all ?? [];
    await second.restart({ all, launch: builtEntrypoint({ ZK_CONSENT: token }) });
    const roles = await ensemble?.waitUntilServing(SERVING);
    expect(roles?.get(first)).toBe('leader');
    expect(await read(third, NODE)).toBe('kept');
    expect(recordOf(second).consents).toMatchObject([{ kind: 'empty-volume' }]);
  });
});

describe('a first start', () => {
  it.each([
    ['all at once', [[0, 1, 2]]],
    ['one after the other', [[0], [1], [2]]],
    ['the other way round', [[2], [1], [0]]],
    ['the last two first', [[1, 2], [0]]],
  ])('of three works %s, and each remembers with whom it served', async (_order, groups) => {
    ensemble = await makeEnsemble({ size: 3, launch: builtEntrypoint() });
    for (const group of groups) {
      for (const place of group) ensemble.members[place]?.start();
      await sleep(groups.length > 1 ? 1_500 : 0);
    }
    await ensemble.waitUntilServing(SERVING);
    for (const member of ensemble.members) {
      await expect.poll(() => recordOf(member).members, { timeout: 10_000 }).toEqual([1, 2, 3]);
    }
  });
});

describe('a replaced volume', () => {
  it('of a member of a healthy quorum is filled by the quorum, with nobody asked', async () => {
    const [first, , third] = await three(builtEntrypoint());
    await write(first, NODE, 'kept');
    await stop(third);
    emptyVolume(third);
    await third.restart();
    await ensemble?.waitUntilServing(SERVING);
    expect(await read(third, NODE)).toBe('kept');
    expect(third.log()).toMatch(/serves in a quorum, which holds the data/);
  });
});

describe('power lost by all three', () => {
  it('is no reason to wait, whatever the order they come back in', async () => {
    const members = await three(builtEntrypoint());
    await write(members[0], NODE, 'kept');
    const begun = members.map((member) => member.log().length);
    for (const order of [
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      await cutPower(...members);
      for (const place of order) await members[place]?.restart();
      await ensemble?.waitUntilServing(SERVING);
      expect(await read(members[2], NODE)).toBe('kept');
    }
    members.forEach((member, place) => {
      expect(member.log().slice(begun[place])).not.toMatch(/error ZK-|this member waits/);
    });
  });
});
