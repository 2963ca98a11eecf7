import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isLong } from '../long.ts';
import { fakeJvm, javaHome, startContainer } from './container.ts';
import { temporaryFolder } from './run.ts';

/** ZooKeeper's own, the shells', those of signals, and the ends of every range; test/lifecycle/verdict.test.ts has all 256. */
const SOME = [
  0, 1, 2, 3, 10, 14, 64, 69, 70, 78, 126, 127, 128, 129, 130, 137, 143, 159, 160, 192, 193, 254, 255, 42,
];
const statuses = isLong ? Array.from({ length: 256 }, (_, status) => status) : SOME;

describe('the JVM’s exit status is the container’s', () => {
  // In eights, so that two cores are busy and none of the starts has to wait long.
  const groups = Array.from({ length: statuses.length / 8 }, (_, group) =>
    statuses.slice(group * 8, group * 8 + 8),
  );
  it.each(groups)('%i, %i, %i, %i, %i, %i, %i and %i', async (...group) => {
    const ends = await Promise.all(group.map(async (status) => startContainer(`exit ${status}`).ended()));
    // An exit 0 that nobody asked for is a server that went away.
    expect(ends.map(({ exitCode }) => exitCode)).toEqual(group.map((status) => (status === 0 ? 70 : status)));
  });

  it('says of an unasked exit 0 that it is a failure', async () => {
    const container = startContainer(fakeJvm({ exitAfterMs: 10, exitWith: 0 }));
    expect((await container.ended()).exitCode).toBe(70);
    expect(container.output()).toMatch(/ERROR \[zk-entrypoint\] - .*status 70: /);
  });
});

describe('a JVM killed by a signal gives 128 and the signal', () => {
  it.each([
    ['HUP', 129],
    ['INT', 130],
    ['QUIT', 131],
    ['ILL', 132],
    ['TRAP', 133],
    ['ABRT', 134],
    ['BUS', 135],
    ['FPE', 136],
    ['KILL', 137],
    ['USR1', 138],
    ['SEGV', 139],
    ['USR2', 140],
    ['PIPE', 141],
    ['ALRM', 142],
    ['TERM', 143],
  ])('%s: %i', async (signal, status) => {
    const container = startContainer(`ulimit -c 0; kill -${signal} $$; sleep 5`);
    expect((await container.ended()).exitCode).toBe(status);
    expect(container.output()).toContain(`status ${status}`);
  });
});

describe('a JVM that cannot be started', () => {
  it('is missing: 127 and the path', async () => {
    const container = startContainer('exit 0', { variables: { JAVA_HOME: '/nowhere' } });
    expect((await container.ended()).exitCode).toBe(127);
    expect(container.output()).toContain('/nowhere/bin/java');
    expect(container.terminationMessage()).toContain('/nowhere/bin/java');
  });

  it('may not be executed: 126 and the path', async () => {
    const folder = temporaryFolder();
    const home = javaHome(folder, 'exit 0');
    chmodSync(`${home}/bin/java`, 0o644);
    const container = startContainer('exit 0', { variables: { JAVA_HOME: home } });
    expect((await container.ended()).exitCode).toBe(126);
    expect(container.output()).toContain(`${home}/bin/java`);
  });
});
