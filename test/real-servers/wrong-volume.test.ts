import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, startEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { emptyVolume, read, stop, swapVolumes, write } from '../../scripts/local-ensemble/volumes.ts';
import { LOCK_FILE } from '../../src/admission/lock-holder.ts';
import { builtEntrypoint, plainZooKeeper } from './members.ts';

const SERVING = { timeoutMs: 60_000 };
const NODE = '/acknowledged';

const ensembles: LocalEnsemble[] = [];
afterEach(async () => {
  for (const ensemble of ensembles.splice(0)) await ensemble.close();
});

type Three = readonly [LocalMember, LocalMember, LocalMember];

async function three(launch: Launch): Promise<{ ensemble: LocalEnsemble; members: Three }> {
  const ensemble = await startEnsemble({ size: 3, launch });
  ensembles.push(ensemble);
  await ensemble.waitUntilServing(SERVING);
  return { ensemble, members: ensemble.members as unknown as Three };
}

/** A digest of every file of a member's volume, with its name; who looks at a volume locks it, and signs the lock. */
function digestOf({ folder }: LocalMember): string {
  const hash = createHash('sha256');
  for (const name of ['data', 'datalog']) {
    for (const entry of readdirSync(join(folder, name), { recursive: true, encoding: 'utf8' }).toSorted()) {
      if (entry === LOCK_FILE) continue;
      const path = join(folder, name, entry);
      hash.update(`${name}/${entry}\n`);
      if (statSync(path).isFile()) hash.update(readFileSync(path));
    }
  }
  return hash.digest('hex');
}

/** Starts members that must be refused, and shows that nothing on their volumes was touched. */
async function expectRefused(members: readonly LocalMember[], code: string, words: RegExp): Promise<void> {
  const before = members.map(digestOf);
  await Promise.all(members.map((member) => member.restart()));
  for (const member of members) {
    expect(await member.exited).toEqual({ status: 78, signal: null });
    expect(member.log()).toMatch(new RegExp(`error ${code} .*${words.source}`));
  }
  expect(members.map(digestOf)).toEqual(before);
}

describe('two volumes of one ensemble swapped', () => {
  it('are written over with the other id by what writes myid at every start, as the tutorial’s scripts do', async () => {
    const { ensemble, members } = await three(plainZooKeeper());
    const [first, second] = members;
    await stop(...members);
    swapVolumes(first, second);
    const idOn = ({ folder }: LocalMember) => readFileSync(join(folder, 'data/myid'), 'utf8').trim();
    expect([idOn(first), idOn(second)]).toEqual(['2', '1']);
    await Promise.all(members.map((member) => member.restart()));
    await ensemble.waitUntilServing(SERVING);
    expect([idOn(first), idOn(second)]).toEqual(['1', '2']);
  });

  it('are refused with both ids and left as they are, and go on when swapped back', async () => {
    const { ensemble, members } = await three(builtEntrypoint());
    const [first, second, third] = members;
    await write(first, NODE, 'kept');
    await stop(...members);
    swapVolumes(first, second);
    await expectRefused([first], 'ZK-VOLUME-001', /holds the id 2, but this server is 1/);
    await expectRefused([second], 'ZK-VOLUME-001', /holds the id 1, but this server is 2/);
    swapVolumes(first, second);
    await Promise.all(members.map((member) => member.restart()));
    await ensemble.waitUntilServing(SERVING);
    expect(await read(third, NODE)).toBe('kept');
  });
});

interface Mixed {
  /** Has acknowledged the write, and stands on a copy of the other's volume now. */
  readonly misled: LocalMember;
  /** Was away during the write. */
  readonly behind: LocalMember;
  readonly leader: LocalMember;
}

/** A write that two of three have acknowledged; then one of the two gets a copy of the third's volume, which lacks it. */
async function copyOfTheThird({ ensemble }: { ensemble: LocalEnsemble }): Promise<Mixed> {
  const leader = await ensemble.leader();
  const [misled, behind] = ensemble.members.filter((member) => member !== leader) as [
    LocalMember,
    LocalMember,
  ];
  await stop(behind);
  await write(leader, NODE, 'kept');
  await stop(misled, leader);
  emptyVolume(misled);
  for (const name of ['data', 'datalog'].filter((each) => existsSync(join(behind.folder, each)))) {
    cpSync(join(behind.folder, name), join(misled.folder, name), { recursive: true });
  }
  return { misled, behind, leader };
}

describe('a member on a copy of another member’s volume', () => {
  it('makes a quorum of plain servers that lacks an acknowledged write', async () => {
    const { ensemble } = await three(plainZooKeeper());
    const { misled, behind } = await copyOfTheThird({ ensemble });
    await Promise.all([misled.restart(), behind.restart()]);
    await ensemble.waitUntilServing({ ...SERVING, members: [misled, behind] });
    expect(await read(misled, NODE)).toBe('(no-node)');
  });

  it('is refused, and the others have the write', async () => {
    const { ensemble } = await three(builtEntrypoint());
    const { misled, behind, leader } = await copyOfTheThird({ ensemble });
    const words = new RegExp(`holds the id ${behind.id}, but this server is ${misled.id}`);
    await expectRefused([misled], 'ZK-VOLUME-001', words);
    await Promise.all([leader.restart(), behind.restart()]);
    await ensemble.waitUntilServing({ ...SERVING, members: [leader, behind] });
    expect(await read(behind, NODE)).toBe('kept');
  });
});

/** Two ensembles with a node each; the second has had elections more, also where a busy machine made the first elect twice. Their first members' volumes are swapped. */
async function swapBetween(launches: readonly [Launch, Launch]): Promise<{ orders: LocalEnsemble }> {
  const [orders, payments] = [await three(launches[0]), await three(launches[1])] as const;
  await write(orders.members[0], '/orders', 'kept');
  for (let election = 0; election < 2; election += 1) {
    await stop(...payments.members);
    await Promise.all(payments.members.map((member) => member.restart()));
    await payments.ensemble.waitUntilServing(SERVING);
  }
  await write(payments.members[0], '/payments', 'kept');
  await stop(...orders.members, ...payments.members);
  swapVolumes(orders.members[0], payments.members[0]);
  return { orders: orders.ensemble };
}

describe('two volumes of different ensembles swapped', () => {
  it('take from plain servers, all three, what they had acknowledged', async () => {
    const { orders } = await swapBetween([plainZooKeeper(), plainZooKeeper()]);
    await Promise.all(orders.members.map((member) => member.restart()));
    await orders.waitUntilServing(SERVING);
    const readAll = (node: string) => Promise.all(orders.members.map((member) => read(member, node)));
    expect(await readAll('/orders')).toEqual(['(no-node)', '(no-node)', '(no-node)']);
    // The foreign one leads; what the others take from it is not even the same everywhere.
    expect((await readAll('/payments'))[0]).toBe('kept');
  });

  it('are refused with both names, and the others go on with their own data', async () => {
    const { orders } = await swapBetween([
      builtEntrypoint({ ZK_CLUSTER_NAME: 'orders' }),
      builtEntrypoint({ ZK_CLUSTER_NAME: 'payments' }),
    ]);
    const [first, ...others] = orders.members as unknown as Three;
    await expectRefused([first], 'ZK-VOLUME-021', /the ensemble payments, but this server is of orders/);
    await Promise.all(others.map((member) => member.restart()));
    await orders.waitUntilServing({ ...SERVING, members: others });
    for (const member of others) expect(await read(member, '/orders')).toBe('kept');
  });
});
