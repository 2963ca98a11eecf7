import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { sendSignal } from '../../scripts/local-ensemble/owned.ts';
import { health, read, recordOf, stop, write } from '../../scripts/local-ensemble/volumes.ts';
import { builtEntrypoint, plainZooKeeper } from './members.ts';

const SERVING = { timeoutMs: 60_000 };
const SOON = { timeout: 30_000 };
const REFUSED = { status: 78, signal: null };

let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
});

type Five = readonly [LocalMember, LocalMember, LocalMember, LocalMember, LocalMember];

/** Five members, of whom the first `size` serve with a list of so many, and hold a write. */
async function ensembleOf(size: number, launch: Launch): Promise<Five> {
  ensemble = await makeEnsemble({ size: 5, launch });
  const members = ensemble.members as unknown as Five;
  withList(size, launch, ...members.slice(0, size));
  await serving(...members.slice(0, size));
  await write(members[0], '/before', 'agreed');
  return members;
}

function withList(size: number, launch: Launch, ...members: readonly LocalMember[]): void {
  for (const member of members) member.start({ all: (ensemble?.all ?? []).slice(0, size), launch });
}

async function serving(...members: readonly LocalMember[]): Promise<void> {
  await ensemble?.waitUntilServing({ ...SERVING, members });
}

async function hasServedWith(size: number, ...members: readonly LocalMember[]): Promise<void> {
  for (const member of members) await expect.poll(() => recordOf(member).members, SOON).toHaveLength(size);
}

/** They may have to elect anew first. */
async function acknowledges(member: LocalMember, path: string, value: string): Promise<void> {
  const attempt = () => write(member, path, value).then(() => 'acknowledged', String);
  await expect.poll(attempt, { timeout: 60_000 }).toBe('acknowledged');
}

/** A server that is stopped answers nobody, as one that is cut off. */
function signalAll(signal: 'SIGSTOP' | 'SIGCONT', ...members: readonly LocalMember[]): void {
  for (const member of members) sendSignal(member.jvmPid() ?? 0, signal);
}

describe('from three members to five in one step', () => {
  it('makes two quorums of plain ZooKeeper, and both acknowledge', async () => {
    const [one, two, three, four, five] = await ensembleOf(3, plainZooKeeper());
    withList(5, plainZooKeeper(), four, five);
    await serving(four, five);
    await stop(three);
    withList(5, plainZooKeeper(), three);
    await serving(one, two, three, four, five);
    signalAll('SIGSTOP', one, two);
    await serving(three, four, five);
    await acknowledges(three, '/split', 'by the list of five');
    signalAll('SIGSTOP', three, four, five);
    signalAll('SIGCONT', one, two);
    await serving(one, two);
    await acknowledges(one, '/split', 'by the list of three');
    signalAll('SIGCONT', three, four, five);
  });

  it('is refused while the three serve, and a fourth alone is not', async () => {
    const [one, two, three, four, five] = await ensembleOf(3, builtEntrypoint());
    await hasServedWith(3, one, two, three);
    withList(5, builtEntrypoint(), four, five);
    for (const member of [four, five]) expect(await member.exited).toEqual(REFUSED);
    await stop(three);
    withList(5, builtEntrypoint(), three);
    expect(await three.exited).toEqual(REFUSED);
    expect(three.log()).toMatch(
      /error ZK-PEER-008 .*127\.0\.0\.1, 127\.0\.0\.2 serve with the voters 1, 2, 3.*from 3 to 5 go over 4 \(next: the voters 1, 2, 3, 4\)/,
    );
    await write(one, '/meanwhile', 'agreed');
    withList(3, builtEntrypoint(), three);
    await serving(three);
    withList(4, builtEntrypoint(), four);
    await serving(four);
    for (const path of ['/before', '/meanwhile']) expect(await read(four, path)).toBe('agreed');
  });
});

describe('from five members to three in one step', () => {
  it('waits, not ready, while others have the old list, and goes on once all have the new one', async () => {
    const [one, two, three, four, five] = await ensembleOf(5, builtEntrypoint());
    await hasServedWith(5, one, two, three, four, five);
    await stop(four, five, three);
    withList(3, builtEntrypoint(), three);
    await expect
      .poll(() => three.log(), SOON)
      .toMatch(/this member waits .*127\.0\.0\.1 still has the voters 1, 2, 3, 4, 5; 127\.0\.0\.2 still/);
    expect(await health(three, '/readyz')).toMatch(/^503 /);
    expect(await health(three, '/livez')).toMatch(/^200 /);
    expect(three.jvmPid()).toBeUndefined();
    for (const member of [two, one]) {
      await stop(member);
      withList(3, builtEntrypoint(), member);
    }
    await serving(one, two, three);
    expect(await read(three, '/before')).toBe('agreed');
  });

  it('is taken back at once, without a word of those that are gone', async () => {
    const [one, two, three, four, five] = await ensembleOf(5, builtEntrypoint());
    await hasServedWith(5, one, two, three, four, five);
    await stop(four, five, three);
    withList(3, builtEntrypoint(), three);
    await expect.poll(() => three.log(), SOON).toMatch(/this member waits/);
    await stop(three);
    withList(5, builtEntrypoint(), three);
    await serving(one, two, three);
    expect(await read(three, '/before')).toBe('agreed');
  });
});
