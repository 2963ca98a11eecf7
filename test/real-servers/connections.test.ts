import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { LocalEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { run } from '../process/run.ts';
import { builtEntrypoint, startMembers, testHome } from './members.ts';

const LIMIT = 20;
const AT_LIMIT = /alive, but the connection was (closed|reset) without an answer.*ZK_MAX_CLIENT_CNXNS/;

let ensemble: LocalEnsemble | undefined;
const idle = new Set<Socket>();
afterEach(async () => {
  for (const socket of idle) socket.destroy();
  idle.clear();
  await ensemble?.close();
  ensemble = undefined;
});

/** A server alone, all of whose connections from this address are taken. */
async function full(env: Readonly<Record<string, string>> = {}): Promise<LocalMember> {
  const launch = builtEntrypoint({ ZK_MAX_CLIENT_CNXNS: String(LIMIT), ...env });
  ensemble = await startMembers({ size: 1, launch });
  const member = ensemble.members[0] as LocalMember;
  await expect.poll(() => ask(member, '/startupz')).toMatchObject({ status: 200 });
  await Promise.all(Array.from({ length: LIMIT }, () => takeOne(member)));
  return member;
}

function takeOne({ host, port }: LocalMember): Promise<void> {
  return new Promise((taken) => {
    const socket = connect({ host, port }, () => taken());
    socket.on('error', () => undefined);
    idle.add(socket);
  });
}

async function ask({ host, healthPort }: LocalMember, path: string) {
  const response = await fetch(`http://${host}:${healthPort}${path}`);
  return { status: response.status, body: await response.text() };
}

const FACTORY = '-Dzookeeper.serverCnxnFactory=org.apache.zookeeper.server';
/** Debian's 3.4 comes without Netty. */
const hasNetty = readdirSync(join(testHome(), 'lib')).some((jar) => jar.startsWith('netty-'));
const factories = ['NIOServerCnxnFactory', ...(hasNetty ? ['NettyServerCnxnFactory'] : [])];

describe.each(factories)('a server whose connections from one address are all taken (%s)', (factory) => {
  it('is alive and ready, and says why it was not asked; frozen, it is neither', async () => {
    const member = await full({ JVMFLAGS: `${FACTORY}.${factory}` });
    for (const path of ['/livez', '/ruok', '/readyz']) {
      await expect
        .poll(() => ask(member, path), { timeout: 8_000 })
        .toEqual({
          status: 200,
          body: expect.stringMatching(AT_LIMIT),
        });
    }
    const direct = {
      ZK_CLIENT_ADDRESS: member.host,
      ZK_CLIENT_PORT: String(member.port),
      ZK_HEALTH_PORT: '0',
    };
    expect(await run(['live'], direct)).toMatchObject({ exitCode: 0 });

    process.kill(member.jvmPid() as number, 'SIGSTOP');
    try {
      await expect.poll(() => ask(member, '/livez'), { timeout: 10_000 }).toMatchObject({ status: 503 });
      expect(await run(['live', '--timeout', '1s'], direct)).toMatchObject({ exitCode: 1 });
    } finally {
      process.kill(member.jvmPid() as number, 'SIGCONT');
    }
  });
});
