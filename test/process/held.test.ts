import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closedPort } from '../host/servers.ts';
import { type Container, fakeJvm, startContainer } from './container.ts';
import { emptyVolume, firstOf, threeMembers } from './members.ts';
import { probe } from './probes.ts';
import { run } from './run.ts';

type Volume = ReturnType<typeof emptyVolume>;

const startOn = (volume: Volume, more: Readonly<Record<string, string>> = {}): Container =>
  startContainer(fakeJvm({ mode: 'standalone' }), { variables: { ...volume, ...more } });

/** A volume with its data directory. */
function madeVolume(): Volume {
  const volume = emptyVolume();
  mkdirSync(volume.ZK_DATA_DIR, { recursive: true });
  return volume;
}

const holdFile = ({ ZK_DATA_DIR: folder }: Volume) => join(folder, 'zk-entrypoint.hold');

async function held(container: Container, ...words: string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await run(['hold', ...words], container.variables);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return stdout;
}

describe('a member that is held', () => {
  it('stops its JVM, ends with 0, and its next start runs none until it is released', async () => {
    const volume = { ...emptyVolume(), ZK_HEALTH_PORT: String(await closedPort()) };
    const first = startOn(volume);
    await first.says(/ZooKeeper answers/);
    expect(await held(first, '--reason', 'new disk')).toContain('zk-entrypoint release');
    expect((await first.ended()).exitCode).toBe(0);
    expect(first.terminationMessage()).toMatch(/^ZooKeeper stopped, since this member is held/);

    const second = startOn(volume);
    await second.says(/warning ZK-VOLUME-050 .*held \(new disk\)/);
    const get = async (path: string) => {
      const url = `http://127.0.0.1:${volume.ZK_HEALTH_PORT}${path}`;
      const response = await fetch(url, { headers: { connection: 'close' } });
      return { status: response.status, body: await response.text() };
    };
    await second.says(/INFO .*this member is held \(new disk\): the pod runs, its JVM does not/);
    expect(await get('/livez')).toMatchObject({ status: 200 });
    expect(await get('/startupz')).toMatchObject({ status: 200 });
    expect(await get('/readyz')).toEqual({ status: 503, body: expect.stringMatching(/held \(new disk\)/) });
    expect((await get('/metrics')).body).toMatch(/^zk_entrypoint_held 1$/m);
    expect(await probe(['zkOk.sh'], second.variables)).toMatchObject({ exitCode: 0 });
    expect(await run(['ready'], second.variables)).toMatchObject({ exitCode: 1 });
    expect((await run(['status', '--timeout', '1s'], second.variables)).stdout).toContain('held (new disk)');
    expect(await held(second)).toMatch(/held already/);
    expect(second.output()).not.toContain('the JVM is started');

    // The stand-in for a JVM writes no data, which would be missed.
    rmSync(join(volume.ZK_DATA_DIR, 'zk-entrypoint.json'));
    expect(await run(['release'], second.variables)).toMatchObject({ exitCode: 0 });
    await second.says(/this member is released/);
    await second.says(/ZooKeeper answers/);
    expect((await get('/metrics')).body).toMatch(/^zk_entrypoint_held 0$/m);
    expect((await run(['release'], second.variables)).stdout).toContain('is not held');
  });

  it('holds whatever lies on its volume, which nobody else may start on', async () => {
    const volume = madeVolume();
    writeFileSync(join(volume.ZK_DATA_DIR, 'myid'), 'not an id\n');
    const refused = startOn(volume);
    expect((await refused.ended()).exitCode).toBe(78);
    await held(refused);
    const waiting = startOn(volume);
    await waiting.says(/ZK-VOLUME-050/);
    expect(waiting.output()).not.toContain('ZK-VOLUME-002');
    const other = startOn(volume, { ZK_STOP_TIMEOUT: '0s', ZK_STOP_WAIT: '0s' });
    await other.says(/is used by another server/);
    other.process.kill('SIGTERM');
    expect((await other.ended()).exitCode).toBe(0);
    rmSync(holdFile(volume));
    expect((await waiting.ended()).exitCode).toBe(78);
    expect(waiting.output()).toContain('ZK-VOLUME-002');
  });

  it('ends at once when it is asked to stop, and holds again', async () => {
    const volume = madeVolume();
    writeFileSync(holdFile(volume), '\n');
    chmodSync(holdFile(volume), 0o000);
    const waiting = startOn(volume);
    await waiting.says(/ZK-VOLUME-050/);
    waiting.process.kill('SIGTERM');
    expect((await waiting.ended()).exitCode).toBe(0);
    expect(existsSync(holdFile(volume))).toBe(true);
  });

  it('is held as well while it waits for its peers', async () => {
    const three = await threeMembers();
    const container = startContainer(fakeJvm({ serve: true }), { variables: firstOf(three) });
    await container.says(/waits until a quorum serves/);
    await held(container);
    expect((await container.ended()).exitCode).toBe(0);
    expect(container.terminationMessage()).toMatch(/^this member is held: its start is given up/);
  });

  it('is not held where clients would not be served without it, unless that is meant', async () => {
    const three = await threeMembers();
    const container = startContainer(fakeJvm({ mode: 'follower' }), {
      variables: { ...firstOf(three), ZK_CONSENT: '' },
      prepare: () => undefined,
    });
    await container.says(/ZK_CONSENT=empty-volume:(\S+)|ZooKeeper answers/);
    const consent = /zk-entrypoint consent ([0-9a-f]{8})/.exec(container.output())?.[1] ?? '';
    expect(await run(['consent', consent], container.variables)).toMatchObject({ exitCode: 0 });
    await container.says(/ZooKeeper answers/);
    const refused = await run(['hold'], container.variables);
    expect(refused.exitCode).toBe(69);
    expect(refused.stderr).toMatch(/0 of 2 other voters serve, 2 are needed; .*--without-quorum/);
    await held(container, '--without-quorum');
    expect((await container.ended()).exitCode).toBe(0);
  });
});
