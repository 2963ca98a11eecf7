import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, startEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { askFourLetter } from '../../src/host/network/four-letter.ts';
import { launcher } from '../process/run.ts';
import { builtEntrypoint, startMembers } from './members.ts';

let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
});

async function members(size: number, env: Record<string, string> = {}): Promise<readonly LocalMember[]> {
  ensemble = await startMembers({ size, launch: builtEntrypoint(env) });
  return ensemble.members;
}

/** A member that is not expected to serve. */
async function failing(env: Record<string, string>): Promise<LocalMember> {
  ensemble = await startEnsemble({ size: 1, launch: builtEntrypoint(env) });
  return ensemble.members[0] as LocalMember;
}

const lastLine = (member: LocalMember) => member.log().trimEnd().split('\n').at(-1) ?? '';

async function probe(member: LocalMember, name: 'live' | 'ready'): Promise<number | undefined> {
  const variables = {
    PATH: process.env['PATH'] ?? '',
    ZK_CLIENT_PORT: String(member.port),
    ZK_HEALTH_PORT: '0',
  };
  const options = { env: variables, extendEnv: false, reject: false } as const;
  return (await execa(process.execPath, ['--', launcher, name], options)).exitCode;
}

describe('a standalone server', () => {
  it('serves, logs with its id on every line, and stops with 0', async () => {
    const [member] = await members(1);
    expect(await member?.srvr()).toMatchObject({ serving: true, mode: 'standalone' });
    expect([await probe(member as LocalMember, 'live'), await probe(member as LocalMember, 'ready')]).toEqual(
      [0, 0],
    );
    const lines = (member as LocalMember)
      .log()
      .split('\n')
      .filter((line) => /^\d{4}-\d\d-\d\d .*(INFO|WARN)/.test(line));
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => !line.includes('[myid:1]') && !line.includes('[myid:]'))).toEqual([]);
    member?.kill('SIGTERM');
    expect(await member?.exited).toEqual({ status: 0, signal: null });
    expect(await probe(member as LocalMember, 'live')).toBe(1);
  });

  it('is a quorum of one where standaloneEnabled=false asks for it', async () => {
    const [member] = await members(1, { ZK_EXTRA_CONFIG: 'standaloneEnabled=false' });
    expect(await member?.srvr()).toMatchObject({ serving: true, mode: 'leader' });
    member?.kill('SIGTERM');
    expect(await member?.exited).toEqual({ status: 0, signal: null });
  });

  it('writes no line for a probe', async () => {
    const [member] = await members(1);
    await sleep(1_000);
    const before = (member as LocalMember).log();
    for (let asked = 0; asked < 100; asked += 1) {
      const word = asked % 2 === 0 ? 'ruok' : 'srvr';
      await askFourLetter({
        host: '127.0.0.1',
        port: (member as LocalMember).port,
        word,
        timeoutMs: 2_000,
        maxBytes: 65_536,
      });
    }
    await sleep(300);
    expect((member as LocalMember).log()).toBe(before);
  });

  it('ends with the container when the JVM is killed, and takes up its data again', async () => {
    const [member] = await members(1);
    process.kill(member?.jvmPid() as number, 'SIGKILL');
    expect(await member?.exited).toEqual({ status: 137, signal: null });
    expect(lastLine(member as LocalMember)).toContain('status 137');
    await member?.restart();
    await ensemble?.waitUntilServing({ timeoutMs: 30_000 });
    expect((member as LocalMember).log()).toContain('zoo.cfg unchanged');
  });

  it('prints the JVM’s threads on QUIT and goes on', async () => {
    const [member] = await members(1);
    member?.kill('SIGQUIT');
    await expect.poll(() => (member as LocalMember).log(), { timeout: 10_000 }).toContain('Full thread dump');
    expect(await member?.srvr()).toMatchObject({ serving: true });
  });

  it('passes on the status of a configuration that ZooKeeper itself refuses, and names it', async () => {
    const member = await failing({ ZK_EXTRA_CONFIG: 'metricsProvider.className=example.Missing' });
    expect(await member.exited).toEqual({ status: 2, signal: null });
    expect(lastLine(member)).toContain('status 2');
  });

  it('is refused where another server would answer in its place', async () => {
    const [first] = await members(1);
    const taken = ensemble;
    const second = await failing({ ZK_CLIENT_PORT: String(first?.port) });
    expect((await second.exited).status).toBe(78);
    expect(lastLine(second)).toMatch(/ZK_CLIENT_PORT: \d+ is taken by another program/);
    await ensemble?.close();
    ensemble = taken;
  });

  it('hands a flag the JVM refuses through as its status', async () => {
    const member = await failing({ JVMFLAGS: '-XX:+NoSuchFlagAtAll' });
    expect((await member.exited).status).toBe(1);
    expect(member.log()).toContain('NoSuchFlagAtAll');
  });

  it('ends on OutOfMemoryError instead of lingering', async () => {
    const member = await failing({ JVMFLAGS: '-Xmx3m -Xms2m' });
    expect((await member.exited).status).toBeGreaterThan(0);
    expect(member.log()).toContain('OutOfMemoryError');
  });
});

describe('three members', () => {
  it('elect a leader, survive its KILL, and take it back with its volume', async () => {
    const all = await members(3);
    const leader = await (ensemble as LocalEnsemble).leader();
    const others = all.filter((member) => member !== leader);
    process.kill(leader.jvmPid() as number, 'SIGKILL');
    expect(await leader.exited).toEqual({ status: 137, signal: null });
    const roles = await ensemble?.waitUntilServing({ timeoutMs: 30_000, members: others });
    expect([...(roles?.values() ?? [])].toSorted()).toEqual(['follower', 'leader']);
    await leader.restart();
    await ensemble?.waitUntilServing({ timeoutMs: 30_000 });
    for (const member of all) member.kill('SIGTERM');
    expect((await Promise.all(all.map(({ exited }) => exited))).map(({ status }) => status)).toEqual([
      0, 0, 0,
    ]);
  });

  it('do not start on each other’s volumes, which are left as they are', async () => {
    const all = await members(3);
    const [first] = all as [LocalMember];
    first.kill('SIGTERM');
    await first.exited;
    const myid = join(first.folder, 'data/myid');
    expect(existsSync(myid)).toBe(true);
    rmSync(myid);
    writeFileSync(myid, '2\n');
    await first.restart();
    expect(await first.exited).toEqual({ status: 78, signal: null });
    expect(lastLine(first)).toContain('holds the id 2, but this server is 1');
    expect(readFileSync(myid, 'utf8')).toBe('2\n');
  });
});
