import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import { sendSignal } from '../../scripts/local-ensemble/owned.ts';
import { builtEntrypoint, plainZooKeeper, startMembers } from './members.ts';

describe.each([
  { by: 'the built entrypoint', launch: builtEntrypoint, killed: { status: 137, signal: null } },
  { by: 'java directly', launch: plainZooKeeper, killed: { status: null, signal: 'SIGKILL' } },
])('members started by $by', ({ by, launch, killed }) => {
  let ensemble: LocalEnsemble;
  beforeAll(async () => {
    ensemble = await startMembers({ size: 3, launch: launch() });
  });
  afterAll(() => ensemble?.close());

  it('are a leader and two followers', async () => {
    expect([...(await ensemble.roles()).values()].toSorted()).toEqual(['follower', 'follower', 'leader']);
  });

  it('have each a JVM, which is the process itself only without an entrypoint', () => {
    const own = ensemble.members.map((member) => member.jvmPid() === member.pid);
    expect(own).toEqual(ensemble.members.map(() => by === 'java directly'));
    const javas = ensemble.processes().filter(({ name }) => name === 'java');
    expect(javas.map(({ pid }) => pid).toSorted()).toEqual(
      ensemble.members.map((member) => member.jvmPid()).toSorted(),
    );
  });

  it('end when the JVM is killed, and come back', async () => {
    const leader = await ensemble.leader();
    const before = leader.jvmPid() ?? 0;
    sendSignal(before, 'SIGKILL');
    expect(await leader.exited).toEqual(killed);
    expect(leader.jvmPid()).toBeUndefined();
    expect(leader.kill('SIGTERM')).toBe(false);
    await leader.restart();
    await ensemble.waitUntilServing({ timeoutMs: 60_000 });
    expect(leader.jvmPid()).not.toBe(before);
    expect(leader.log()).not.toBe('');
  });
});
