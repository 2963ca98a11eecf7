import { describe, expect, it } from 'vitest';
import { fakeJvm, startContainer } from './container.ts';
import { firstOf, threeMembers } from './members.ts';
import { probe } from './probes.ts';
import { run } from './run.ts';

const WAITS = /without data this member waits until a quorum serves, or all members have answered: /;

/** The first of three on an empty volume, of whose peers nobody is there. */
async function heldBack(more: Readonly<Record<string, string>> = {}) {
  const three = await threeMembers();
  const container = startContainer(fakeJvm({ serve: true }), { variables: firstOf(three, more) });
  await container.says(WAITS);
  const url = `http://${three.hosts[0]}:${three.healthPort}`;
  const get = async (path: string) => {
    const response = await fetch(`${url}${path}`, { headers: { connection: 'close' } });
    return { status: response.status, body: await response.text() };
  };
  return { three, container, get };
}

describe('a member that waits', () => {
  it('is alive, started and ready for every probe, which says for whom it waits', async () => {
    const { three, container, get } = await heldBack();
    for (const path of ['/livez', '/startupz', '/readyz', '/ruok']) {
      expect(await get(path)).toEqual({ status: 200, body: expect.stringMatching(/^ok\nwithout data/) });
    }
    for (const words of [['zkOk.sh'], ['zk-live'], ['zk-ready']]) {
      const { exitCode, stdout } = await probe(words, container.variables);
      expect(stdout).toMatch(new RegExp(`^ok; without data .*${three.hosts[1]} does not listen on port`));
      expect(exitCode).toBe(0);
    }
    for (const word of ['live', 'ready']) {
      const { exitCode, stdout } = await run([word], container.variables);
      expect(stdout).toMatch(/^ok; without data/);
      expect(exitCode).toBe(0);
    }
    expect(container.output()).not.toContain('the JVM is started');
  });

  it('is not ready where ready means to serve, and alive all the same', async () => {
    const { container, get } = await heldBack({ ZK_READINESS: 'serving' });
    expect(await get('/readyz')).toEqual({
      status: 503,
      body: expect.stringMatching(/^serving: without data/),
    });
    expect(await get('/livez')).toMatchObject({ status: 200 });
    expect(await probe(['zk-ready'], container.variables)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^serving: without data/),
    });
    expect(await probe(['zkOk.sh'], container.variables)).toMatchObject({ exitCode: 0 });
    expect((await run(['ready'], container.variables)).exitCode).toBe(1);
  });

  it('tells its peers that it holds nothing and waits, and people since when and what to do', async () => {
    const { get } = await heldBack();
    const told = JSON.parse((await get('/status')).body);
    expect(told.member).toMatchObject({
      id: 1,
      volume: 'empty',
      known: [],
      waiting: true,
      voters: [1, 2, 3],
    });
    expect(told.entrypoint.state).toBe('preparing');
    expect(told.entrypoint.waiting).toEqual({
      for: expect.stringMatching(WAITS),
      since: expect.stringMatching(/^\d{4}-.*Z$/),
      remedy: expect.stringMatching(
        /ZK_CONSENT=empty-volume:zk-0:[0-9a-f]{8}, or here: zk-entrypoint consent /,
      ),
    });
    expect((await get('/metrics')).status).toBe(200);
  });

  it('is shown by status, in the table and as JSON', async () => {
    const { three, container } = await heldBack();
    const [own] = three.hosts;
    const table = await run(['status', '--timeout', '1s'], container.variables);
    expect(table.stdout).toMatch(new RegExp(`^${own} +1 +${own}:\\d+ +no +waiting +yes +-`, 'm'));
    expect(table.stdout).toMatch(
      new RegExp(`^${own}: waits since \\d{4}-.*Z: without data .*zk-entrypoint consent [0-9a-f]{8}$`, 'm'),
    );
    expect(table.stdout).toMatch(/; bring back 127\.\S+, 127\.\S+$/);
    expect(table.exitCode).toBe(69);
    const json = await run(['status', '--timeout', '1s', '--output', 'json'], container.variables);
    const { members } = JSON.parse(json.stdout);
    expect(members[0].waiting).toMatchObject({
      for: expect.stringMatching(WAITS),
      since: expect.any(String),
    });
    expect(members[1]).not.toHaveProperty('waiting');
  });

  it('ends at once when it is told to, and has started nothing', async () => {
    const { container } = await heldBack();
    container.process.kill('SIGTERM');
    expect(await container.ended()).toMatchObject({ exitCode: 0 });
    expect(container.output()).not.toContain('the JVM is started');
  });
});
