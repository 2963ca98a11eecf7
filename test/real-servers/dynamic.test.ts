import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { sendSignal } from '../../scripts/local-ensemble/owned.ts';
import { cutPower, emptyVolume, health, stop, write } from '../../scripts/local-ensemble/volumes.ts';
import { missingAt, Writer } from '../../scripts/local-ensemble/writer.ts';
import { askStatus } from '../../src/host/network/ask-status.ts';
import { builtEntrypoint } from './members.ts';

const SERVING = { timeoutMs: 60_000 };
const SOON = { timeout: 30_000 };
const dynamic = builtEntrypoint({ ZK_MEMBERSHIP: 'dynamic' });
const fixed = builtEntrypoint();

let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
});

type Five = readonly [LocalMember, LocalMember, LocalMember, LocalMember, LocalMember];

async function five(): Promise<Five> {
  ensemble = await makeEnsemble({ size: 5, launch: dynamic });
  return ensemble.members as unknown as Five;
}

/** Starts them with a list of the first `size`. */
function start(size: number, ...members: readonly LocalMember[]): void {
  for (const member of members) member.start({ all: (ensemble?.all ?? []).slice(0, size), launch: dynamic });
}

async function serving(...members: readonly LocalMember[]): Promise<void> {
  await ensemble?.waitUntilServing({ ...SERVING, members });
}

/** The ids of the voters in the configuration that the member has committed. */
async function votersAt({ host, healthPort }: LocalMember): Promise<number[]> {
  const told = await askStatus({ host, port: healthPort, timeoutMs: 2_000 });
  const servers = told?.member?.committed?.servers ?? [];
  return servers
    .filter((line) => line.includes(':participant'))
    .map((line) => Number(/^server\.(\d+)/.exec(line)?.[1]));
}

async function votersBecome(ids: readonly number[], ...members: readonly LocalMember[]): Promise<void> {
  for (const member of members) await expect.poll(() => votersAt(member), SOON).toEqual(ids);
}

/** `zk-entrypoint scale` beside the member, as kubectl exec runs it. */
function scale(member: LocalMember, replicas: string) {
  const { file, env } = dynamic({ id: member.id, folder: member.folder, all: ensemble?.all ?? [] });
  const { status, stdout, stderr } = spawnSync(file, ['scale', replicas], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** The configuration files on the volume: their names and what they hold. */
function configurationOf({ folder }: LocalMember): string[] {
  const conf = join(folder, 'data/conf');
  return existsSync(conf) ? readdirSync(conf).sort() : [];
}

describe('an ensemble that grows and shrinks while it serves', () => {
  it('goes from 1 to 3 to 5 to 3 to 1 under a writer, and nobody who stays is restarted', {
    timeout: 240_000,
  }, async () => {
    const [one, two, three, four, last] = await five();
    start(1, one);
    await serving(one);
    await write(one, '/w', '');
    const writer = new Writer([one], '/w');
    const jvm = one.jvmPid();
    start(3, two, three);
    await votersBecome([1, 2, 3], one, two, three);
    const page = async () => (await fetch(`http://${one.host}:${one.healthPort}/`)).text();
    // Its settings name it alone: the page has the others from what the ensemble has committed.
    await expect.poll(page, SOON).toMatch(/A quorum: 3 of 3 voters serve[\s\S]*has the voters 1, 2, 3:/);
    expect(await page()).toContain('wished by the settings: voters 1<');
    start(5, four, last);
    await votersBecome([1, 2, 3, 4, 5], one, two, three, four, last);

    expect(scale(two, '3')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /member 5 .* is removed; the voters are 1, 2, 3, 4\nmember 4 .* the voters are 1, 2, 3\ndone: /,
      ),
    });
    await votersBecome([1, 2, 3], one, two, three);
    await stop(four, last);
    expect(scale(one, '1')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/done: the members are 1;/),
    });
    await votersBecome([1], one);
    await stop(two, three);
    const before = writer.count;
    await expect.poll(() => writer.count, SOON).toBeGreaterThan(before);

    const { acknowledged } = await writer.end();
    expect(await missingAt(one, '/w', acknowledged)).toEqual([]);
    expect(one.jvmPid()).toBe(jvm);
  });

  it('has on the volume what its server takes part by, also when ZooKeeper could not write it', {
    timeout: 120_000,
  }, async () => {
    const [one, two] = await five();
    start(1, one);
    await serving(one);
    start(2, two);
    await votersBecome([1, 2], one, two);
    // As after a full disk: ZooKeeper goes on with the change in memory and never writes it again.
    const conf = join(one.folder, 'data/conf');
    const versioned = () => readdirSync(conf).filter((name) => /\.dynamic\.[0-9a-f]+$/.test(name));
    const lost = versioned().sort();
    for (const name of lost) rmSync(join(conf, name));
    const newest = lost
      .map((name) => name.split('.').at(-1))
      .sort()
      .at(-1);
    await expect
      .poll(() => existsSync(join(conf, `heard.${newest}`)), { timeout: 60_000, interval: 500 })
      .toBe(true);
    expect(one.log()).toContain(`has not written the committed configuration ${newest}`);
    await stop(one);
    start(1, one);
    await serving(one, two);
    await votersBecome([1, 2], one, two);
    expect(versioned()).toContain(`zoo.cfg.dynamic.${newest}`);
  });

  it('keeps the super user to itself: nothing in ps, in the environment, in a file that others may read', {
    timeout: 120_000,
  }, async () => {
    const [one] = await five();
    start(1, one);
    await serving(one);
    await votersBecome([1], one);
    const config = readFileSync(join(one.folder, 'data/conf/zoo.cfg'), 'utf8');
    expect(config).toMatch(/DigestAuthenticationProvider\.superDigest=super:/);
    const digest = /superDigest=super\\?:(\S+)/.exec(config)?.[1] ?? 'none';
    const jvm = one.jvmPid();
    for (const name of ['cmdline', 'environ'])
      expect(readFileSync(`/proc/${jvm}/${name}`, 'latin1')).not.toContain(digest);
    expect(one.log()).not.toContain(digest);
    expect(config).not.toMatch(/skipACL/);
  });
});

describe('a member that comes back', () => {
  it('waits with the others that were removed, and elects nobody; with the quorum it joins again', {
    timeout: 240_000,
  }, async () => {
    const [one, two, three, four, last] = await five();
    start(5, one, two, three, four, last);
    await serving(one, two, three, four, last);
    await votersBecome([1, 2, 3, 4, 5], one);
    // Three are removed while two of them are down and know nothing of it.
    await cutPower(last);
    expect(scale(one, '4').status).toBe(0);
    await cutPower(four);
    expect(scale(one, '2').status).toBe(0);
    await votersBecome([1, 2], one, two);
    await stop(three, two, one);

    start(5, three, four, last);
    await expect
      .poll(
        async () =>
          (await askStatus({ host: three.host, port: three.healthPort, timeoutMs: 2_000 }))?.waiting?.for,
        SOON,
      )
      .toMatch(
        /is not in the committed configuration that it knows, and waits until a serving quorum lets it join/,
      );
    await expect.poll(() => health(three, '/readyz'), SOON).toMatch(/^503 /);
    expect(await health(three, '/livez')).toMatch(/^200 /);
    // Those who were down believe in an older configuration, in which three are no majority of five without the third.
    const until = Date.now() + 8_000;
    while (Date.now() < until) {
      const roles = [...((await ensemble?.roles()) ?? [])].map(([, mode]) => mode);
      expect(roles).not.toContain('leader');
    }
    start(5, one, two);
    await votersBecome([1, 2, 3, 4, 5], one, two, three, four, last);
  });

  it('stays out when it is removed while it starts, and joins when it is started again', {
    timeout: 240_000,
  }, async () => {
    const [one, two, three] = await five();
    start(3, one, two, three);
    await serving(one, two, three);
    await votersBecome([1, 2, 3], one, two, three);
    await stop(three);
    start(3, three);
    await expect.poll(() => three.jvmPid(), SOON).toBeDefined();
    sendSignal(three.jvmPid() ?? 0, 'SIGSTOP');
    expect(scale(one, '2').status).toBe(0);
    sendSignal(three.jvmPid() ?? 0, 'SIGCONT');
    await expect.poll(() => three.log(), SOON).toContain('was removed from the ensemble while it started');
    await votersBecome([1, 2], one, two);
    await stop(three);
    start(3, three);
    await votersBecome([1, 2, 3], one, two, three);
  });

  it('does not lead a joiner back to a configuration that is past', { timeout: 240_000 }, async () => {
    const [one, two, three] = await five();
    start(3, one, two, three);
    await serving(one, two, three);
    await votersBecome([1, 2, 3], one);
    // The third is down while the second is removed as well.
    await stop(three);
    expect(scale(one, '1').status).toBe(0);
    await stop(two);
    start(3, two);
    await expect
      .poll(() => two.log(), SOON)
      .toMatch(/this member joins the committed configuration \S+ with the members 1$/m);
    await expect.poll(() => two.jvmPid(), SOON).toBeDefined();
    // Cut off from the only voter, it meets the third, with whom it was a majority once.
    const [jvm, supervisor] = [one.jvmPid(), one.pid] as [number, number];
    for (const pid of [jvm, supervisor]) sendSignal(pid, 'SIGSTOP');
    try {
      start(3, three);
      await expect.poll(() => three.jvmPid(), SOON).toBeDefined();
      const until = Date.now() + 12_000;
      while (Date.now() < until) {
        for (const member of [two, three]) {
          const srvr = await member.srvr();
          expect(srvr.serving && srvr.mode).not.toBe('leader');
        }
      }
    } finally {
      for (const pid of [jvm, supervisor]) sendSignal(pid, 'SIGCONT');
    }
    await votersBecome([1, 2, 3], one, two, three);
  });

  it('with an empty volume joins what lives beside it, also when its list names it alone', {
    timeout: 240_000,
  }, async () => {
    const [one, two, three] = await five();
    start(3, one, two, three);
    await serving(one, two, three);
    await votersBecome([1, 2, 3], one);
    await write(two, '/kept', 'agreed');
    await stop(one);
    emptyVolume(one);
    start(3, one);
    await serving(one);
    await votersBecome([1, 2, 3], one, two, three);
    expect(configurationOf(one)).toContain('zoo.cfg');
  });
});

describe('from a static list to a dynamic membership and back', () => {
  it('takes one rolling restart each way under a writer', { timeout: 300_000 }, async () => {
    const [one, two, three, four] = await five();
    const all = (ensemble?.all ?? []).slice(0, 3);
    for (const member of [one, two, three]) member.start({ all, launch: fixed });
    await serving(one, two, three);
    await write(one, '/w', '');
    const writer = new Writer([one, two, three], '/w');
    for (const member of [three, two, one]) {
      await stop(member);
      start(3, member);
      await serving(one, two, three);
    }
    await votersBecome([1, 2, 3], one, two, three);
    start(4, four);
    await votersBecome([1, 2, 3, 4], one, two, three, four);

    // A list that is not what was committed is refused, whoever has it.
    await stop(three);
    three.start({ all, launch: fixed });
    expect(await three.exited).toEqual({ status: 78, signal: null });
    expect(three.log()).toMatch(
      /ZK-MEMBERSHIP-004 .*static with the members 1, 2, 3, but .* committed the members 1, 2, 3, 4/,
    );
    start(3, three);
    await serving(one, two, three);

    expect(scale(one, '3').status).toBe(0);
    await stop(four);
    // A leader with the list refuses a follower that has something later than a list (LearnerHandler), until it is restarted too.
    const back: LocalMember[] = [];
    for (const member of [three, two, one]) {
      await stop(member);
      member.start({ all, launch: fixed });
      back.push(member);
      if (back.length > 1) await serving(...back);
    }
    await serving(one, two, three);
    const before = writer.count;
    await expect.poll(() => writer.count, SOON).toBeGreaterThan(before);
    const { acknowledged } = await writer.end();
    for (const member of [one, two, three]) expect(await missingAt(member, '/w', acknowledged)).toEqual([]);
  });
});
