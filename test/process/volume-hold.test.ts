import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type Container,
  fakeJvm,
  freePort,
  isRunning,
  pathWithout,
  processesOf,
  seen,
  startContainer,
} from './container.ts';
import { run, temporaryFolder } from './run.ts';

const LOCK = 'zk-entrypoint.lock';
const WAITS = /is used by another server \(.*\); this start waits until the other server has ended/;
/** The grace of five seconds comes on top. */
const QUICK = { ZK_STOP_TIMEOUT: '500ms', ZK_STOP_WAIT: '0' };

type Variables = Readonly<Record<string, string>>;

/** The directories of the first, for a start on the same volume. */
function volumeOf({ variables }: Container): Variables {
  const { ZK_DATA_DIR = '', ZK_DATA_LOG_DIR = '' } = variables;
  return { ZK_DATA_DIR, ZK_DATA_LOG_DIR };
}

const startAgain = (first: Container, more: Variables = {}, script = fakeJvm({})) =>
  startContainer(script, { variables: { ...QUICK, ...volumeOf(first), ...more } });

/** A server that runs, and the process that stands in for its JVM. */
async function running(script = fakeJvm({}), variables: Variables = {}) {
  const first = startContainer(script, { variables: { ...QUICK, ...variables } });
  const [, jvm] = await first.says(/ready (\d+)/);
  return { first, jvm: Number(jvm) };
}

/** Everything on the volume of a server with when it was written. */
function written(container: Container): string[] {
  return ['ZK_DATA_DIR', 'ZK_DATA_LOG_DIR'].flatMap((name) => {
    const directory = container.variables[name] as string;
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((inner) => `${inner} ${statSync(join(directory, inner)).mtimeMs}`);
  });
}

describe('a second server on one volume', () => {
  it('waits, is alive and not ready, and is refused in words that name the first', async () => {
    const { first, jvm } = await running();
    const before = written(first);
    const healthPort = String(await freePort());
    const second = startAgain(first, { ZK_HEALTH_PORT: healthPort, ZK_HEALTH_ADDRESS: '127.0.0.1' });
    await second.says(WAITS);
    const get = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${healthPort}${path}`, {
        headers: { connection: 'close' },
      });
      return { status: answer.status, body: await answer.text() };
    };
    expect(await get('/livez')).toMatchObject({ status: 200 });
    expect(await get('/startupz')).toMatchObject({ status: 200 });
    for (const path of ['/readyz', '/ruok'])
      expect(await get(path)).toEqual({
        status: 503,
        body: expect.stringMatching(/^waiting: .*used by another/),
      });
    const told = JSON.parse((await get('/status')).body);
    expect(told.entrypoint.waiting).toMatchObject({ for: expect.stringMatching(WAITS) });
    expect(told.member).toBeNull();
    expect(await second.ended()).toMatchObject({ exitCode: 78 });
    const who = `started on ${hostname()} at \\S+, process ${first.pid}`;
    expect(second.terminationMessage()).toMatch(
      new RegExp(`ZK-VOLUME-031 ${first.folder}/data: is used by another server \\(${who}\\)`),
    );
    expect(written(first)).toEqual(before);
    expect(second.output()).not.toContain('the JVM is started');
    expect(isRunning(jvm)).toBe(true);
  });

  it('is refused for a log directory alone, and for a volume under another name', async () => {
    const { first } = await running();
    const link = join(temporaryFolder(), 'link');
    symlinkSync(first.folder, link);
    const own = temporaryFolder();
    const shared = startAgain(first, { ZK_DATA_DIR: join(own, 'data') });
    const linked = startAgain(first, { ZK_DATA_DIR: `${link}/data`, ZK_DATA_LOG_DIR: `${link}/datalog` });
    const crossed = startAgain(first, {
      ZK_DATA_DIR: volumeOf(first)['ZK_DATA_LOG_DIR'] as string,
      ZK_DATA_LOG_DIR: join(own, 'log'),
    });
    for (const second of [shared, linked, crossed]) {
      expect(await second.ended()).toMatchObject({ exitCode: 78 });
      expect(second.output()).toContain('error ZK-VOLUME-031');
    }
  });

  it('is one of two that start at the same time where no directory is yet', async () => {
    const folder = temporaryFolder();
    const same = { ZK_DATA_DIR: join(folder, 'new/data'), ZK_DATA_LOG_DIR: join(folder, 'new/log') };
    const both = [1, 2, 3].map(() => startContainer(fakeJvm({}), { variables: { ...QUICK, ...same } }));
    const ends = both.map((each) => each.ended());
    await seen(
      () => both.filter(({ output }) => /ready \d+|status 78/.test(output())).length === both.length,
      () => both.map(({ output }) => output()).join('\n'),
    );
    expect(both.filter(({ output }) => /ready \d+/.test(output()))).toHaveLength(1);
    for (const { pid, output } of both) if (/ready \d+/.test(output())) process.kill(pid, 'SIGTERM');
    const statuses = (await Promise.all(ends)).map(({ exitCode }) => exitCode);
    expect(statuses.toSorted((one = 0, other = 0) => one - other)).toEqual([0, 78, 78]);
  });

  it.each(['ZK_DATA_DIR', 'ZK_DATA_LOG_DIR'])(
    'is refused for %s whose lock file was removed',
    async (name) => {
      const { first } = await running();
      const directory = volumeOf(first)[name] as string;
      rmSync(join(directory, LOCK));
      const second = startContainer(fakeJvm({}), { variables: { ...QUICK, [name]: directory } });
      expect((await second.ended()).exitCode).toBe(78);
      expect(second.terminationMessage()).toContain(
        `ZK-VOLUME-031 ${directory}: is used by another server (its ${LOCK} has been removed)`,
      );
    },
  );

  it('is one of two that start at the same time on directories that are there', async () => {
    const { first } = await running();
    first.process.kill('SIGTERM');
    await first.ended();
    const both = [startAgain(first), startAgain(first)];
    const ends = both.map((each) => each.ended());
    const { exitCode } = await Promise.race(ends);
    expect(exitCode).toBe(78);
    expect(both.filter((each) => /ready \d+/.test(each.output()))).toHaveLength(1);
  });

  it('goes on when the first ends meanwhile', async () => {
    const { first } = await running();
    const second = startAgain(first, { ZK_STOP_TIMEOUT: '60s' });
    await second.says(WAITS);
    first.process.kill('SIGTERM');
    await second.says(/ready \d+/);
    expect(second.output()).not.toContain('ZK-VOLUME-03');
    expect(await first.ended()).toMatchObject({ exitCode: 0 });
  });

  it('ends at once when it is told to, and has started nothing', async () => {
    const { first, jvm } = await running();
    const second = startAgain(first, { ZK_STOP_TIMEOUT: '60s' });
    await second.says(WAITS);
    const toldAtMs = performance.now();
    second.process.kill('SIGTERM');
    expect(await second.ended()).toMatchObject({ exitCode: 0 });
    expect(performance.now() - toldAtMs).toBeLessThan(5_000);
    expect(second.output()).not.toMatch(/ZK-VOLUME-03|the JVM is started/);
    expect(isRunning(jvm)).toBe(true);
  });

  it('control: without flock on PATH both serve, and each says that it cannot see the other', async () => {
    const without = { PATH: pathWithout(temporaryFolder(), 'flock') };
    const { first, jvm } = await running(fakeJvm({}), without);
    const second = startAgain(first, without);
    await second.says(/ready \d+/);
    for (const { output } of [first, second])
      expect(output()).toMatch(/note ZK-VOLUME-032 \S+\/data\/zk-entrypoint.lock: .*flock is not on PATH/);
    expect(isRunning(jvm)).toBe(true);
  });

  it('is not what check and render are, which neither fail nor take anything', async () => {
    const { first } = await running();
    const before = written(first);
    const held = readFileSync(join(first.folder, 'data', LOCK), 'utf8');
    const checked = await run(['check'], { ...first.variables });
    expect(`${checked.stdout}${checked.stderr}`).not.toMatch(/ZK-VOLUME-03|used by another server/);
    expect((await run(['render'], { ...first.variables })).exitCode).toBe(0);
    expect(written(first)).toEqual(before);
    expect(readFileSync(join(first.folder, 'data', LOCK), 'utf8')).toBe(held);
  });
});

describe('a volume whose server has ended', () => {
  const ends = [
    ['TERM to the supervisor', ({ first }) => process.kill(first.pid, 'SIGTERM')],
    ['KILL to the JVM', ({ jvm }) => process.kill(jvm, 'SIGKILL')],
    ['KILL to the supervisor', ({ first }) => process.kill(first.pid, 'SIGKILL')],
    [
      'KILL to both',
      ({ first, jvm }) => {
        process.kill(first.pid, 'SIGKILL');
        process.kill(jvm, 'SIGKILL');
      },
    ],
  ] satisfies [string, (server: { first: Container; jvm: number }) => void][];

  it.each(ends)('is free after %s', async (_, end) => {
    const server = await running();
    end(server);
    await server.first.ended();
    await seen(
      () => !isRunning(server.jvm),
      () => 'the end of the JVM',
    );
    const next = startAgain(server.first);
    await next.says(/ready \d+/);
    expect(next.output()).not.toMatch(WAITS);
  });

  it('is held by a JVM that outlives its supervisor, until that has ended too', async () => {
    // Without setpriv nothing kills the JVM with its supervisor.
    const alone = { PATH: pathWithout(temporaryFolder(), 'setpriv') };
    const { first, jvm } = await running(fakeJvm({}), alone);
    process.kill(first.pid, 'SIGKILL');
    await seen(
      () => !isRunning(first.pid),
      () => 'the end of the supervisor',
    );
    const next = startAgain(first, { ZK_STOP_TIMEOUT: '60s' });
    await next.says(
      new RegExp(`its process ${first.pid} has ended, its JVM still runs\\); this start waits`),
    );
    process.kill(jvm, 'SIGKILL');
    await next.says(/ready \d+/);
  });

  it('is free although a descendant of the JVM lives on in a session of its own', async () => {
    const first = startContainer('setsid sleep 600 >/dev/null 2>&1 & sleep 0.2; exit 0', {
      variables: QUICK,
    });
    await first.ended();
    const left = processesOf(first.folder).filter((pid) => commandOf(pid).startsWith('sleep 600'));
    expect(left.map((pid) => locksOf(pid, first))).toEqual([['3', '4']]);
    const next = startAgain(first);
    await next.says(/ready \d+/);
    expect(next.output()).not.toMatch(WAITS);
  });
});

describe('the lock', () => {
  it('is open in the supervisor and in the JVM alone', async () => {
    const { first, jvm } = await running(fakeJvm({ grandchild: true }));
    expect(locksOf(jvm, first)).toEqual(['3', '4']);
    expect(locksOf(first.pid, first)).toHaveLength(2);
    await first.says(/stubborn \d+/);
    for (const pid of processesOf(first.folder))
      if (pid !== jvm && pid !== first.pid) expect(locksOf(pid, first)).toEqual([]);
  });

  it('is one where both directories are one', async () => {
    const folder = temporaryFolder();
    const data = { ZK_DATA_DIR: join(folder, 'data'), ZK_DATA_LOG_DIR: join(folder, 'data') };
    const { first, jvm } = await running(fakeJvm({}), data);
    expect(locksOf(jvm, { folder } as Container)).toEqual(['3']);
    expect(first.output()).not.toContain('ZK-VOLUME-03');
  });

  it.each<[string, (path: string) => void, string]>([
    ['a link', (path) => symlinkSync('/etc/hostname', path), 'is a symbolic link'],
    ['a link to nothing', (path) => symlinkSync('/none', path), 'is a symbolic link'],
    ['a pipe', (path) => execFileSync('mkfifo', [path]), 'is a named pipe, not a file'],
    ['a directory', (path) => mkdirSync(path), 'is a directory'],
    ['a link to a device', (path) => symlinkSync('/dev/zero', path), 'is a symbolic link'],
    ['a second name', (path) => twoNames(path), 'has 2 names (hard links)'],
  ])('is not taken through %s in its place', async (_, make, problem) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    make(join(folder, 'data', LOCK));
    const container = startContainer(fakeJvm({}), { variables: { ZK_DATA_DIR: join(folder, 'data') } });
    expect(await container.ended()).toMatchObject({ exitCode: 78 });
    expect(container.terminationMessage()).toContain(`ZK-VOLUME-033 ${folder}/data/${LOCK}: ${problem}`);
    expect(existsSync('/none')).toBe(false);
  });

  it('says who holds it as far as that can be shown', async () => {
    const { first } = await running();
    writeFileSync(join(first.folder, 'data', LOCK), '{"host":"\u001b[2J","pid":1,"since":"now"}');
    const second = startAgain(first);
    await second.says(/is used by another server \(its name is not known\)/);
  });

  it('does not need that its file can be written', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', LOCK), '', { mode: 0o444 });
    const { first } = await running(fakeJvm({}), { ZK_DATA_DIR: join(folder, 'data') });
    expect(first.output()).not.toContain('ZK-VOLUME-03');
    expect(await startAgain(first).ended()).toMatchObject({ exitCode: 78 });
  });

  it('is not taken by a start that its settings refuse', async () => {
    const folder = temporaryFolder();
    const container = startContainer(fakeJvm({}), {
      variables: { ZK_DATA_DIR: join(folder, 'data'), ZK_TICK_TIME: 'x' },
    });
    expect(await container.ended()).toMatchObject({ exitCode: 78 });
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});

describe.skipIf(process.getuid?.() !== 0)('started as root', () => {
  it('gives the lock to ZK_USER, who can take it alone the next time, and root again', async () => {
    const { first } = await running(fakeJvm({}), { ZK_USER: '12345:12345' });
    for (const directory of ['data', 'datalog'])
      expect(statSync(join(first.folder, directory, LOCK))).toMatchObject({ uid: 12_345, gid: 12_345 });
    expect(await startAgain(first, { ZK_USER: '12345:12345' }).ended()).toMatchObject({ exitCode: 78 });
    process.kill(first.pid, 'SIGTERM');
    await first.ended();
    const alone = startContainer(fakeJvm({}), {
      variables: { ...QUICK, ...volumeOf(first), ZK_USER: '12345' },
      uid: 12_345,
    });
    await alone.says(/ready \d+/);
    const asRoot = startAgain(alone, { ZK_USER: '12345:12345' });
    await asRoot.says(WAITS);
    process.kill(alone.pid, 'SIGTERM');
    await asRoot.says(/ready \d+/);
  });
});

/** A file of somebody else's that has the lock file's name besides. */
function twoNames(path: string): void {
  writeFileSync(`${path}.other`, 'kept');
  linkSync(`${path}.other`, path);
}

/** Which descriptors of the process are lock files below the container's folder; none of one that has just ended. */
function locksOf(pid: number, { folder }: Pick<Container, 'folder'>): string[] {
  if (!existsSync(`/proc/${pid}/fd`)) return [];
  return readdirSync(`/proc/${pid}/fd`)
    .filter((descriptor) => isLock(readLink(`/proc/${pid}/fd/${descriptor}`), folder))
    .sort();
}

function isLock(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`) && path.endsWith(`/${LOCK}`);
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
}
