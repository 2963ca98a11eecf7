import { appendFileSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, startEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { findDistribution } from '../../src/host/machine/distribution.ts';
import { connectMember } from '../../src/host/zookeeper-client/zookeeper-client.ts';
import { isAtLeast, parseRelease, type Release } from '../../src/zookeeper/release.ts';
import { volumeFindings } from '../host/volume/judged.ts';
import { builtEntrypoint, plainZooKeeper, testHome } from './members.ts';

let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
});

const found = findDistribution(testHome());
const release = (found.kind === 'found' ? found.distribution.release : parseRelease('3.9')) as Release;

/** The same volume without this program: a plain ZooKeeper on the directories that it uses. */
function plainOn(dataLogDir = 'datalog'): Launch {
  const launch = plainZooKeeper();
  return (spec) => {
    const command = launch(spec);
    mkdirSync(join(spec.folder, dataLogDir), { recursive: true });
    appendFileSync(join(spec.folder, 'zoo.cfg'), `dataLogDir=${join(spec.folder, dataLogDir)}\n`);
    return command;
  };
}

/** One member that has served, holds /kept in its log, and was killed; `start` takes its volume up again. */
async function served(): Promise<{ member: LocalMember; start: (launch: Launch) => Promise<LocalMember> }> {
  let current = builtEntrypoint();
  const started = await startEnsemble({ size: 1, launch: (spec) => current(spec) });
  ensemble = started;
  await started.waitUntilServing({ timeoutMs: 60_000 });
  const [member] = started.members as [LocalMember];
  await on(member, (session) => session.create({ path: '/kept', value: 'x', ephemeral: false }));
  process.kill(member.jvmPid() as number, 'SIGKILL');
  await member.exited;
  const start = async (launch: Launch) => {
    current = launch;
    await member.restart();
    return member;
  };
  return { member, start };
}

type Session = Extract<Awaited<ReturnType<typeof connectMember>>, { readonly kind: 'connected' }>;

async function on<T>({ port }: LocalMember, ask: (session: Session) => Promise<T>): Promise<T> {
  const outcome = await connectMember({ host: '127.0.0.1', port, timeoutMs: 10_000 });
  if (outcome.kind !== 'connected') throw new Error(outcome.sentence);
  try {
    return await ask(outcome);
  } finally {
    await outcome.close();
  }
}

/** Every file of one kind below `version-2`. */
const filesOf = ({ folder }: LocalMember, directory: string, kind: string) =>
  readdirSync(join(folder, directory, 'version-2'))
    .filter((name) => name.startsWith(kind))
    .map((name) => join(folder, directory, 'version-2', name));

async function expectRefusal(member: LocalMember, code: string): Promise<void> {
  expect(await member.exited).toEqual({ status: 78, signal: null });
  expect(member.log()).toContain(`error ${code}`);
}

describe('a volume that has lost its snapshots', () => {
  it('ends ZooKeeper 3.5.4 and later with 1, and is refused', async () => {
    const { member, start } = await served();
    for (const path of filesOf(member, 'data', 'snapshot.')) rmSync(path);
    await start(plainOn());
    if (!isAtLeast(release, '3.5.4')) {
      await ensemble?.waitUntilServing({ timeoutMs: 60_000 });
      return;
    }
    expect((await member.exited).status).toBe(1);
    expect(member.log()).toContain('No snapshot found, but there are log entries');
    await start(builtEntrypoint());
    await expectRefusal(member, 'ZK-VOLUME-004');
  });
});

describe('an empty newest log', () => {
  it('ends ZooKeeper or is removed by it, as is said before', async () => {
    const { member, start } = await served();
    writeFileSync(join(member.folder, 'datalog/version-2/log.ffff'), '');
    await start(builtEntrypoint());
    if (isAtLeast(release, '3.9.3')) {
      await ensemble?.waitUntilServing({ timeoutMs: 60_000 });
      expect(member.log()).toContain('ZK-VOLUME-008');
      return;
    }
    await expectRefusal(member, 'ZK-VOLUME-007');
    await start(plainOn());
    expect((await member.exited).status).toBe(1);
  });
});

describe('a dataLogDir that was changed', () => {
  it('loses what was written, in silence, and is seen by what the last start used', async () => {
    const { member, start } = await served();
    const { folder } = member;
    const input = {
      settings: {
        user: 'root',
        dataDir: join(folder, 'data'),
        dataLogDir: join(folder, 'other'),
        extraConfig: [],
      },
      release,
      members: 0,
      lastStart: { zookeeper: '3.4.0', dataLogDir: join(folder, 'datalog') },
    };
    expect(volumeFindings(input).map(({ code }) => code)).toContain('ZK-VOLUME-013');
    await start(plainOn('other'));
    await ensemble?.waitUntilServing({ timeoutMs: 60_000 });
    const again = await on(member, (session) =>
      session.create({ path: '/kept', value: 'y', ephemeral: false }),
    );
    expect(again).toMatchObject({ kind: 'done' });
  });

  it('with the logs left beside the snapshots is refused', async () => {
    const { member, start } = await served();
    for (const path of filesOf(member, 'datalog', 'log.')) {
      cpSync(path, path.replace('/datalog/', '/data/'));
      rmSync(path);
    }
    await start(builtEntrypoint());
    await expectRefusal(member, 'ZK-VOLUME-013');
  });
});

/** Runs the command on a data directory of 2 MiB that is full, in a mount namespace of its own. */
function onFullDisk(launch: Launch): Launch {
  return (spec) => {
    const { file, args, env } = launch(spec);
    const data = join(spec.folder, 'data');
    const script =
      'cp -a "$0" "$0.kept" && mount -t tmpfs -o size=2m none "$0" && cp -a "$0.kept/." "$0" && rm -r "$0.kept" && ' +
      '{ head -c 9000000 /dev/zero >"$0/filler" 2>/dev/null || :; } && exec "$@"';
    return { file: 'unshare', args: ['-m', 'sh', '-c', script, data, file, ...args], env };
  };
}

const mayMount = (await execa('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { reject: false }))
  .exitCode;

describe.skipIf(mayMount !== 0)('a full disk', () => {
  it('ends ZooKeeper 3.5 and later with 10, and is refused', async () => {
    const { member, start } = await served();
    await start(onFullDisk(builtEntrypoint()));
    if (!isAtLeast(release, '3.5.0')) {
      await ensemble?.waitUntilServing({ timeoutMs: 60_000 });
      return;
    }
    await expectRefusal(member, 'ZK-SPACE-002');
    await start(onFullDisk(plainOn()));
    expect((await member.exited).status).toBe(10);
  });
});

describe('the usual life of three volumes', () => {
  it('is refused at no start: fresh, killed in the middle, stopped, with many snapshots', async () => {
    const launch = builtEntrypoint({ ZK_EXTRA_CONFIG: 'snapCount=4', ZK_PURGE_INTERVAL: '0' });
    ensemble = await startEnsemble({ size: 3, launch });
    const { members } = ensemble;
    for (const signal of ['SIGKILL', 'SIGTERM', 'SIGKILL'] as const) {
      await ensemble.waitUntilServing({ timeoutMs: 60_000 });
      const [first] = members as [LocalMember];
      for (let node = 0; node < 30; node += 1)
        await on(first, (session) =>
          session.create({ path: `/${signal}${node}`, value: '', ephemeral: false }),
        );
      for (const member of members)
        if (signal === 'SIGKILL') process.kill(member.jvmPid() as number, signal);
        else member.kill(signal);
      await Promise.all(members.map(({ exited }) => exited));
      await Promise.all(members.map((member) => member.restart()));
    }
    await ensemble.waitUntilServing({ timeoutMs: 60_000 });
    expect(filesOf(members[0] as LocalMember, 'data', 'snapshot.').length).toBeGreaterThan(3);
    for (const member of members) expect(member.log()).not.toMatch(/(error|warning) ZK-(VOLUME|SPACE)/);
  });
});
