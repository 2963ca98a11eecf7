import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { health, read, stop, write } from '../../scripts/local-ensemble/volumes.ts';
import { builtEntrypoint } from './members.ts';

let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
});

const SERVING = { timeoutMs: 60_000 };

/** Two servers alone, each with an address of its own, on the volume of the first. */
async function two(env: Readonly<Record<string, string>> = {}) {
  const made = await makeEnsemble({ size: 2, launch: builtEntrypoint() });
  ensemble = made;
  const [first, second] = made.members as [LocalMember, LocalMember];
  const shared = { ZK_DATA_DIR: join(first.folder, 'data'), ZK_DATA_LOG_DIR: join(first.folder, 'datalog') };
  const alone: Launch = (spec) =>
    builtEntrypoint({ ...shared, ZK_MYID: '1', ZK_STOP_TIMEOUT: '1s', ...env })({
      ...spec,
      all: spec.all.map((each) => ({ ...each, id: 1 })),
      id: 1,
    });
  const start = (member: LocalMember) =>
    member.start({ all: made.all.filter(({ id }) => id === member.id), launch: alone });
  const serves = (...members: LocalMember[]) => made.waitUntilServing({ ...SERVING, members });
  return { first, second, start, serves };
}

/** A PATH on which node is found and flock is not. */
const withoutFlock = () => dirname(process.execPath);

describe('two servers on one volume', () => {
  it('are one: the second waits, is refused, and touches nothing; what the first acknowledged is kept', async () => {
    const { first, second, start, serves } = await two();
    start(first);
    await serves(first);
    await write(first, '/one', 'x');
    start(second);
    await expect.poll(() => health(second, '/readyz'), { timeout: 60_000 }).toMatch(/^503 waiting: /);
    await write(first, '/two', 'x');
    expect(await second.exited).toEqual({ status: 78, signal: null });
    expect(second.log()).toContain('error ZK-VOLUME-031');
    await write(first, '/three', 'x');
    await stop(first);
    start(second);
    await serves(second);
    for (const path of ['/one', '/two', '/three']) expect(await read(second, path)).toBe('x');
  });

  it('control: without a lock both serve, and writes that were acknowledged are gone', async () => {
    const { first, second, start, serves } = await two({ PATH: withoutFlock() });
    start(first);
    await serves(first);
    start(second);
    await serves(first, second);
    for (const name of ['a', 'b', 'c', 'd']) await write(first, `/first-${name}`, 'x');
    for (const name of ['a', 'b']) await write(second, `/second-${name}`, 'x');
    await stop(first, second);
    start(first);
    await serves(first);
    const paths = ['/first-a', '/first-b', '/first-c', '/first-d', '/second-a', '/second-b'];
    const kept = [];
    for (const path of paths) kept.push(await read(first, path));
    expect(kept.filter((value) => value === 'x').length).toBeLessThan(paths.length);
    expect(first.log()).toContain('note ZK-VOLUME-032');
  });

  it.each<[string, (member: LocalMember) => readonly (number | undefined)[]]>([
    ['the JVM', (member) => [member.jvmPid()]],
    ['the supervisor', (member) => [member.pid]],
    ['both', (member) => [member.jvmPid(), member.pid]],
  ])('follow each other at once after KILL to %s', async (_, victims) => {
    const { first, second, start, serves } = await two();
    start(first);
    await serves(first);
    await write(first, '/one', 'x');
    for (const pid of victims(first)) process.kill(pid as number, 'SIGKILL');
    await first.exited;
    start(second);
    await serves(second);
    expect(await read(second, '/one')).toBe('x');
    expect(second.log()).not.toContain('ZK-VOLUME-03');
  });
});
