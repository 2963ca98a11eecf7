import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { execa, execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { type Container, fakeJvm, javaHome, startContainer } from './container.ts';
import { firstOf, threeMembers } from './members.ts';
import { launcher, memberIn, run, temporaryFolder } from './run.ts';

const isRoot = process.getuid?.() === 0;
const may = (...words: string[]) => {
  const [file, ...args] = [...words, 'true'] as unknown as [string, ...string[]];
  return isRoot && execaSync(file, args, { reject: false }).exitCode === 0;
};
const mayDrop = may('setpriv', '--bounding-set=-all', '--inh-caps=-all');
const mayMount = may('unshare', '--mount');
const mayBeRootWithin = may('unshare', '--map-root-user');

/** A member's folder on a volume that everybody may write to, and beside it a tree of the system's. */
function stage(): { folder: string; decoy: string } {
  const home = temporaryFolder();
  chmodSync(home, 0o755);
  const [folder, decoy] = [join(home, 'member'), join(home, 'etc')];
  for (const path of [folder, decoy, join(folder, 'data'), join(decoy, 'ssl')]) mkdirSync(path);
  for (const name of ['passwd', 'ssl/key']) writeFileSync(join(decoy, name), 'root:secret');
  chmodSync(folder, 0o777);
  return { folder, decoy };
}

/** Owner, mode and content of all that is in a folder. */
function stateOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const { uid, gid, mode, ctimeMs } = lstatSync(join(folder, name));
    return `${name} ${uid}:${gid} ${mode.toString(8)} ${ctimeMs}`;
  });
}

interface Outcome {
  readonly exitCode: number | undefined;
  readonly said: string;
}

/** One command behind words such as `unshare … --`. */
async function runBehind(
  before: readonly string[],
  command: string,
  variables: Record<string, string>,
): Promise<Outcome> {
  const [file, ...args] = [...before, process.execPath, '--', launcher, command] as unknown as [
    string,
    ...string[],
  ];
  const env = { PATH: process.env['PATH'] ?? '', ...variables };
  const ended = await execa(file, args, { env, extendEnv: false, reject: false, all: true, timeout: 20_000 });
  return { exitCode: ended.exitCode, said: String(ended.all) };
}

/** What check and start say of the same, each on a stage of its own; the JVM would end with 6. */
async function both(
  prepare: (folder: string) => void,
  {
    before = [],
    more = {},
  }:
    | { before?: (folder: string) => readonly string[]; more?: Record<string, string> }
    | { before?: readonly string[]; more?: Record<string, string> } = {},
): Promise<{ checked: Outcome; started: Outcome }> {
  const outcomes = [];
  for (const command of ['check', 'start']) {
    const { folder } = stage();
    const variables = memberIn(folder, {
      ZK_USER: '4242:4343',
      JAVA_HOME: javaHome(folder, 'exit 6'),
      ...more,
    });
    prepare(folder);
    const words = typeof before === 'function' ? before(folder) : before;
    outcomes.push(await runBehind(words, command, variables));
  }
  const [checked, started] = outcomes as [Outcome, Outcome];
  expect(checked.said + started.said).not.toMatch(/\n\s+at |\bbug\b/);
  return { checked, started };
}

describe.skipIf(!isRoot)('started as root with ZK_USER', () => {
  const attacks: [string, (folder: string, decoy: string) => void][] = [
    [
      'a link in the place of the data directory',
      (folder, decoy) => {
        renameSync(join(folder, 'data'), join(folder, 'data.old'));
        symlinkSync(decoy, join(folder, 'data'));
      },
    ],
    ['a link in the place of the log directory', (folder, decoy) => symlinkSync(decoy, join(folder, 'log'))],
    [
      'a link in the place of the conf directory',
      (folder, decoy) => symlinkSync(decoy, join(folder, 'conf')),
    ],
    ['a link in the place of dataLogDir', (folder, decoy) => symlinkSync(decoy, join(folder, 'datalog'))],
    ['a hard link', (folder, decoy) => linkSync(join(decoy, 'passwd'), join(folder, 'data/mine'))],
    [
      'a myid that is a link',
      (folder, decoy) => {
        symlinkSync(join(decoy, 'passwd'), join(folder, 'data/myid'));
        chmodSync(join(folder, 'data'), 0o777);
      },
    ],
    [
      'a record that is a link',
      (folder, decoy) => {
        symlinkSync(join(decoy, 'passwd'), join(folder, 'data/zk-entrypoint.json'));
        chmodSync(join(folder, 'data'), 0o777);
      },
    ],
  ];

  it.each(attacks)(
    '%s is refused by check and start, and nothing of the system is touched',
    async (_, attack) => {
      for (const command of ['check', 'start']) {
        const { folder, decoy } = stage();
        attack(folder, decoy);
        const before = stateOf(decoy);
        const variables = memberIn(folder, { ZK_USER: '4242:4343' });
        const { exitCode, stdout, stderr } = await run([command], variables);
        expect(exitCode).toBe(78);
        expect(stdout + stderr).toMatch(/leads over the symbolic link|has 2 names \(hard links\)/);
        expect(stdout + stderr).not.toContain('secret');
        expect(stateOf(decoy)).toEqual(before);
      }
    },
  );

  it.each<[string, (folder: string, decoy: string) => void]>([
    ['a link inside the data', (folder, decoy) => symlinkSync(decoy, join(folder, 'data/inner'))],
    [
      'files of the conf directory that are links',
      (folder, decoy) => {
        mkdirSync(join(folder, 'conf'));
        for (const name of ['zoo.cfg', 'java.env'])
          symlinkSync(join(decoy, 'passwd'), join(folder, 'conf', name));
      },
    ],
    [
      'a termination log that is a link',
      (folder, decoy) => symlinkSync(join(decoy, 'passwd'), join(folder, 'termination-log')),
    ],
    [
      'a termination log with a second name',
      (folder, decoy) => linkSync(join(decoy, 'passwd'), join(folder, 'termination-log')),
    ],
  ])('%s is not followed', async (_, attack) => {
    const { folder, decoy } = stage();
    attack(folder, decoy);
    const variables = memberIn(folder, { ZK_USER: '4242:4343', JAVA_HOME: javaHome(folder, 'exit 6') });
    expect((await run(['start'], variables)).exitCode).toBe(6);
    expect(readFileSync(join(decoy, 'passwd'), 'utf8')).toBe('root:secret');
    expect(lstatSync(join(decoy, 'ssl')).uid).toBe(0);
    expect(lstatSync(join(decoy, 'passwd')).uid).toBe(0);
  });

  it('a link of the administrator’s is followed', async () => {
    const { folder } = stage();
    chmodSync(folder, 0o755);
    renameSync(join(folder, 'data'), join(folder, 'mounted'));
    symlinkSync(join(folder, 'mounted'), join(folder, 'data'));
    const variables = memberIn(folder, { ZK_USER: '4242:4343', JAVA_HOME: javaHome(folder, 'exit 6') });
    expect((await run(['start'], variables)).exitCode).toBe(6);
    expect(lstatSync(join(folder, 'mounted')).uid).toBe(4_242);
  });

  it('nothing is given away when the start is refused', async () => {
    const { folder } = stage();
    writeFileSync(join(folder, 'data/myid'), '7\n');
    const { exitCode } = await run(['start'], memberIn(folder, { ZK_USER: '4242:4343' }));
    expect(exitCode).toBe(78);
    expect(lstatSync(join(folder, 'data')).uid).toBe(0);
    expect(readdirSync(folder)).not.toContain('datalog');
  });

  it('write in place is done as that user', async () => {
    const { folder } = stage();
    expect((await run(['render', '--write'], memberIn(folder, { ZK_USER: '4242:4343' }))).exitCode).toBe(0);
    expect(lstatSync(join(folder, 'conf/zoo.cfg')).uid).toBe(4_242);
    expect(lstatSync(join(folder, 'data/myid')).uid).toBe(4_242);
  });

  /** Waits for peers that are not there. */
  async function waiting(): Promise<{ container: Container; token: string }> {
    const variables = { ...firstOf(await threeMembers()), ZK_USER: '4242:4343' };
    const container = startContainer(fakeJvm({ serve: true }), { variables });
    const [, token = ''] = await container.says(/or here: zk-entrypoint consent ([0-9a-f]{8})/);
    return { container, token };
  }

  it('is no longer root when peers are asked', async () => {
    const { container } = await waiting();
    const status = readFileSync(`/proc/${container.pid}/status`, 'utf8');
    expect(status).toMatch(/^Uid:\t4242\t4242\t4242\t4242$/m);
    expect(status).toMatch(/^Gid:\t4343\t4343\t4343\t4343$/m);
    expect(status).toMatch(/^Groups:\t4343\s*$/m);
    expect(status).toMatch(/^CapEff:\t0+$/m);
  });

  it('takes a consent that root gives', async () => {
    const { container, token } = await waiting();
    const { exitCode } = await run(['consent', token], container.variables);
    expect(exitCode).toBe(0);
    await container.says(/the JVM is started/);
  });
});

describe.skipIf(!isRoot)('check and start agree on ZK_USER', () => {
  it.each<[string, number, RegExp]>([
    ['2147483648', 0, /would start/],
    ['4294967294', 0, /would start/],
    ['4294967295', 78, /ZK-SETTING-001 ZK_USER: "4294967295" has a number above 4294967294/],
    ['99999999999', 78, /has a number above/],
    ['1000:4294967295', 78, /has a number above/],
    ['-1', 78, /is not a user/],
    ['1000:', 78, /is not a user/],
    [':1000', 78, /is not a user/],
    ['nobody-of-this-name', 78, /is not a user of this machine/],
    ['root', 0, /would start/],
  ])('%s', async (user, status, said) => {
    const { checked, started } = await both(() => undefined, { more: { ZK_USER: user } });
    expect(checked).toEqual({ exitCode: status, said: expect.stringMatching(said) });
    expect(started.exitCode).toBe(status === 0 ? 6 : status);
  });

  it.skipIf(!mayMount).each<[string, string, number, RegExp]>([
    ['4242:4343', 'no list of users', 0, /would start/],
    ['zookeeper', 'no list of users', 78, /\/etc\/passwd does not exist, so no name is known/],
  ])('%s where there is %s', async (user, _what, status, said) => {
    const empty = temporaryFolder();
    const before = ['unshare', '--mount', 'sh', '-c', `mount --bind ${empty} /etc && exec "$@"`, 'sh'];
    const { checked, started } = await both(() => undefined, { before, more: { ZK_USER: user } });
    expect(checked).toEqual({ exitCode: status, said: expect.stringMatching(said) });
    expect(started.exitCode).toBe(status === 0 ? 6 : status);
  });
});

describe.skipIf(!mayDrop)('root without capabilities', () => {
  const without = (names: string) => ['setpriv', `--bounding-set=${names}`, '--inh-caps=-all'];
  const forGroup = (folder: string) => {
    for (const name of ['data', 'datalog', 'conf', 'log']) {
      mkdirSync(join(folder, name), { recursive: true });
      chownSync(join(folder, name), 0, 4_343);
      chmodSync(join(folder, name), 0o775);
    }
  };

  it.each<[string, RegExp]>([
    ['-all', /without the capabilities SETUID, SETGID, CHOWN/],
    ['-setuid', /without the capabilities SETUID/],
    ['-setgid', /without the capabilities SETGID/],
    ['-chown', /without the capabilities CHOWN/],
  ])('(%s) is told to start as that user, by check as by start', async (names, said) => {
    const { checked, started } = await both(forGroup, { before: without(names) });
    for (const outcome of [checked, started]) {
      expect(outcome.said).toMatch(said);
      expect(outcome.said).toContain('set runAsUser: 4242');
      expect(outcome.said).not.toContain('fsGroup: 0');
    }
    expect([checked.exitCode, started.exitCode]).toEqual([78, 77]);
  });

  it('needs none to give away what is the user’s already', async () => {
    const own = (folder: string) => {
      forGroup(folder);
      for (const name of ['data', 'datalog', 'conf', 'log']) chownSync(join(folder, name), 4_242, 4_343);
    };
    const { checked, started } = await both(own, { before: without('-chown') });
    expect([checked.exitCode, started.exitCode]).toEqual([0, 6]);
  });

  it('that stays root is told whose the directory is', async () => {
    const foreign = (folder: string) => chownSync(join(folder, 'data'), 4_242, 4_343);
    const { checked, started } = await both(foreign, { before: without('-all'), more: { ZK_USER: 'root' } });
    for (const { said } of [checked, started]) expect(said).toContain('set runAsUser: 4242');
    expect([checked.exitCode, started.exitCode]).toEqual([78, 78]);
  });

  it.skipIf(!mayBeRootWithin)('in a user namespace that lacks the user is told so', async () => {
    const { checked, started } = await both(forGroup, { before: ['unshare', '--map-root-user'] });
    expect(checked.said).toContain('this user namespace has no uid 4242');
    expect([checked.exitCode, started.exitCode]).toEqual([78, 77]);
  });
});

describe.skipIf(!mayMount)('a conf directory', () => {
  const mounted =
    (options: string, then = 'true') =>
    (folder: string) => [
      'unshare',
      '--mount',
      'sh',
      '-c',
      `mkdir -p ${folder}/conf && mount -t tmpfs -o ${options} none ${folder}/conf && { ${then.replaceAll('CONF', `${folder}/conf`)}; } && exec "$@"`,
      'sh',
    ];

  it.each<[string, string, string, RegExp]>([
    [
      'that is full',
      'size=16k',
      'head -c 20000 /dev/zero > CONF/fill 2>/dev/null || true',
      /has 0 bytes free/,
    ],
    ['that is too small', 'size=4k', 'true', /has 4096 bytes free, too few to write/],
    ['without inodes', 'nr_inodes=1', 'true', /has no inode left/],
  ])('%s is refused by check and start', async (_, options, then, said) => {
    const { checked, started } = await both(() => undefined, { before: mounted(options, then) });
    expect([checked.exitCode, started.exitCode]).toEqual([78, 73]);
    for (const outcome of [checked, started]) expect(outcome.said).toMatch(said);
  });

  it('that is full and has the files already is none of anybody’s concern', async () => {
    const { folder } = stage();
    const variables = memberIn(folder, { ZK_USER: '4242:4343', JAVA_HOME: javaHome(folder, 'exit 6') });
    expect((await run(['start'], variables)).exitCode).toBe(6);
    renameSync(join(folder, 'conf'), join(folder, 'before'));
    const fill = `cp -p ${folder}/before/* CONF && chown 4242:4343 CONF && { head -c 99999 /dev/zero > CONF/fill 2>/dev/null || true; }`;
    for (const [command, status] of [
      ['check', 0],
      ['start', 6],
    ] as const) {
      const outcome = await runBehind(mounted('size=32k', fill)(folder), command, variables);
      expect(outcome.exitCode, outcome.said).toBe(status);
    }
  });

  it.each<[string, RegExp]>([
    ['echo a > CONF/zoo.cfg && mount --bind CONF/zoo.cfg CONF/zoo.cfg', /is a mount point, so/],
    ['echo a > CONF/zoo.cfg && mount --bind /dev/null CONF/zoo.cfg', /is a device, not a file/],
    ['mount -o remount,ro CONF', /is on a read-only file system/],
  ])('with a mount (%s) is refused by check and start', async (then, said) => {
    const { checked, started } = await both(() => undefined, { before: mounted('size=1m', then) });
    expect(checked.exitCode).toBe(78);
    expect([73, 78]).toContain(started.exitCode);
    for (const outcome of [checked, started]) expect(outcome.said).toMatch(said);
  });
});

describe('a limit on the size of files', () => {
  // --norc: with a socket as its input bash reads ~/.bashrc, as under rshd, and whatever that starts.
  it.each(['0', '1', '60', '1000'])('of %s KiB is refused before anything is written', async (kibibytes) => {
    for (const [command, status] of [
      ['check', 78],
      ['start', 73],
    ] as const) {
      const folder = temporaryFolder();
      const before = ['bash', '--norc', '-c', `ulimit -f ${kibibytes}; exec "$@"`, 'bash'];
      const { exitCode, said } = await runBehind(before, command, memberIn(folder));
      expect(said).toMatch(/ulimit -f: lets a file have|ulimit -f lets a file have/);
      expect(exitCode).toBe(status);
      expect(readdirSync(folder)).not.toContain('conf');
    }
  });

  it('is met by a write that ends early, and no half file is left', async () => {
    const folder = temporaryFolder();
    const script = join(folder, 'write.ts');
    writeFileSync(
      script,
      `import { writeRendered } from ${JSON.stringify(join(import.meta.dirname, '../../src/host/files/write-file.ts'))};
       try { writeRendered({ path: process.argv[2], mode: 0o644, content: 'x'.repeat(1500), onlyIfAbsent: false }); console.log('written'); }
       catch (error) { console.log(error.code); }`,
    );
    const target = join(folder, 'out/zoo.cfg');
    mkdirSync(join(folder, 'out'));
    const write = (limit: string) =>
      execa(
        'bash',
        ['--norc', '-c', `ulimit -f ${limit}; exec "$@"`, 'bash', process.execPath, script, target],
        {
          reject: false,
        },
      );
    expect((await write('1')).stdout).toBe('EFBIG');
    expect(readdirSync(join(folder, 'out'))).toEqual([]);
    expect((await write('2')).stdout).toBe('written');
    rmSync(target);
  });
});
