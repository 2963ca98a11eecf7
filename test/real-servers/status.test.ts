import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { closedPort } from '../host/servers.ts';
import { run } from '../process/run.ts';
import { builtEntrypoint, plainZooKeeper, startMembers, testHome, testJavaHome } from './members.ts';

describe('status of three members', () => {
  let ensemble: LocalEnsemble;
  beforeAll(async () => {
    ensemble = await startMembers({ size: 3, launch: plainZooKeeper() });
  });
  afterAll(() => ensemble?.close());

  const status = async () => {
    const words = ['--connect', ensemble.connectString, '--timeout', '2s', '--output', 'json'];
    const { exitCode, stdout } = await run(['status', ...words]);
    return { exitCode, ...JSON.parse(stdout) };
  };

  it('knows the leader, who is in sync, and how far behind the others are', async () => {
    await expect.poll(status, { timeout: 20_000 }).toMatchObject({ exitCode: 0 });
    const { members, quorum } = await status();
    const roles = await ensemble.roles();
    const modes = ensemble.members.map((member) => roles.get(member));
    expect(members.map(({ mode }: { mode: string }) => mode)).toEqual(modes);
    expect(quorum).toMatchObject({ exists: true, serving: 3, survives: 1 });
    for (const member of members) {
      expect(member).toMatchObject({
        answers: true,
        address: expect.stringMatching(/^127\.0\.0\.\d$/),
        zxid: expect.stringMatching(/^0x/),
        version: expect.stringMatching(/^3\.\d+\.\d+$/),
        connections: expect.any(Number),
        problems: [],
      });
    }
  });

  it('shows a frozen member as such, and the quorum that is left', async () => {
    const leader = await ensemble.leader();
    const frozen = ensemble.members.find((member) => member !== leader);
    frozen?.kill('SIGSTOP');
    try {
      const { exitCode, members, quorum } = await status();
      expect(exitCode).toBe(1);
      const seen = members.find(({ port }: { port: number }) => port === frozen?.port);
      expect(seen).toMatchObject({ answers: false, problems: [expect.stringContaining('no answer within')] });
      expect(quorum).toMatchObject({ exists: true, serving: 2, survives: 0 });
    } finally {
      frozen?.kill('SIGCONT');
      await ensemble.waitUntilServing({ timeoutMs: 30_000 });
    }
  });

  it('ends with 69 once the quorum is lost', async () => {
    const [, ...others] = ensemble.members;
    for (const member of others) member.kill('SIGKILL');
    await Promise.all(others.map(({ exited }) => exited));
    await expect.poll(status, { timeout: 30_000 }).toMatchObject({
      exitCode: 69,
      quorum: { exists: false, serving: 0 },
    });
  });
});

/** The settings of the first member, as `kubectl exec` has them, but for a client port that nobody reaches. */
async function asMember({ members }: LocalEnsemble): Promise<Record<string, string>> {
  const [first] = members as [LocalMember];
  const quorum = await readFile(join(first.folder, 'conf/zoo.cfg'), 'utf8');
  const servers = [...quorum.matchAll(/^server\.\d+=(.*)$/gm)].map(([, server]) => server);
  return {
    ZK_HOME: testHome(),
    JAVA_HOME: testJavaHome(),
    ZK_ENSEMBLE: servers.join(';'),
    ZK_MYID: '1',
    ZK_HEALTH_PORT: String(first.healthPort),
    ZK_CLIENT_PORT: String(await closedPort()),
    ZK_HEAP_SIZE: '64m',
    ZK_USER: userInfo().username,
  };
}

describe('three members whose client ports nobody reaches', () => {
  let ensemble: LocalEnsemble;
  beforeAll(async () => {
    ensemble = await startMembers({ size: 3, launch: builtEntrypoint() });
  });
  afterAll(() => ensemble?.close());

  it('are shown as their supervisors see them', async () => {
    const variables = await asMember(ensemble);
    const status = async () => {
      const { exitCode, stdout } = await run(['status', '--output', 'json'], variables);
      return { exitCode, ...JSON.parse(stdout) };
    };
    await expect.poll(status, { timeout: 20_000 }).toMatchObject({ exitCode: 0 });
    const { members, quorum } = await status();
    const roles = await ensemble.roles();
    const modes = ensemble.members.map((member) => roles.get(member));
    expect(members.map(({ mode }: { mode: string }) => mode)).toEqual(modes);
    expect(quorum).toMatchObject({ exists: true, serving: 3, survives: 1 });
    for (const member of members)
      expect(member).toMatchObject({ zxid: expect.stringMatching(/^0x/), problems: [] });
  });

  it('cannot be tested, which sanity says without calling one failed', async () => {
    const { exitCode, stdout } = await run(['sanity', '--timeout', '2s'], await asMember(ensemble));
    expect(stdout).toMatch(/not tested: .*; nothing was written$/);
    expect(stdout).not.toMatch(/failed/i);
    expect(exitCode).toBe(69);
  });
});
