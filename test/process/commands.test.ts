import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { memberIn, run, temporaryFolder } from './run.ts';

const HOST = ['--hostname', 'zk-1.zk-headless.default.svc.cluster.local'];

describe('render', () => {
  it('shows every file with path and mode, and the command, without Java, ZooKeeper or writing', async () => {
    const folder = temporaryFolder();
    const variables = {
      ZK_REPLICAS: '3',
      ZK_DATA_DIR: join(folder, 'data'),
      ZK_CONF_DIR: join(folder, 'conf'),
    };
    const { exitCode, stdout, stderr } = await run(['render', ...HOST], variables);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`=== ${folder}/conf/zoo.cfg (mode 0644)\n`);
    expect(stdout).toContain('server.2=zk-1.zk-headless.default.svc.cluster.local:2888:3888\n');
    expect(stdout).toContain(`=== ${folder}/data/myid (mode 0644)\n2\n`);
    expect(stdout).toContain('=== java command\n');
    expect(stderr).toContain('so 3.9.6 is assumed; choose with --zookeeper-version');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('renders for the release that is named', async () => {
    const { stdout } = await run(['render', ...HOST, '--zookeeper-version', '3.4.13'], { ZK_REPLICAS: '3' });
    expect(stdout).toContain('log4j.properties');
    expect(stdout).not.toContain('admin.enableServer');
  });

  it('takes variables from a file, under those of the environment', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'zk.env'), 'ZK_REPLICAS=3\nZK_CLIENT_PORT=1111\nZK_TICK_TIME=3000\n');
    const { stdout, stderr } = await run(['render', ...HOST, '--env-file', join(folder, 'zk.env')], {
      ZK_CLIENT_PORT: '2222',
    });
    expect(stdout).toContain('clientPort=2222\n');
    expect(stdout).toContain('tickTime=3000\n');
    expect(stderr).not.toContain('dotenv');
  });

  it('answers in JSON', async () => {
    const { stdout } = await run(['render', ...HOST, '--output', 'json'], { ZK_REPLICAS: '3' });
    const plan = JSON.parse(stdout) as { files: { path: string; mode: number }[]; java: { args: string[] } };
    expect(plan.files.map(({ path }) => path)).toContain('/opt/zookeeper/conf/zoo.cfg');
    expect(plan.java.args.at(-1)).toBe('/opt/zookeeper/conf/zoo.cfg');
  });

  it('explains where each value comes from and goes', async () => {
    const { stdout } = await run(['render', ...HOST, '--explain'], { ZK_REPLICAS: '3', ZK_TICK_TIME: '500' });
    expect(stdout).toMatch(/^ZK_TICK_TIME +500 +variable +zoo\.cfg tickTime$/m);
    expect(stdout).toMatch(
      /^ZK_MIN_SESSION_TIMEOUT +1000 +derived: 2 × ZK_TICK_TIME +zoo\.cfg minSessionTimeout$/m,
    );
    expect(stdout).toMatch(/^\(id\) +2 /m);
  });

  it('shows no secret, in no form', async () => {
    const secrets = {
      ZK_REPLICAS: '3',
      ZK_EXTRA_CONFIG: 'ssl.keyStore.password=hunter2',
      JVMFLAGS: '-Dmy.password=hunter2',
    };
    for (const form of [[], ['--explain'], ['--output', 'json'], ['--explain', '--output', 'json']]) {
      const { stdout, stderr, exitCode } = await run(['render', ...HOST, ...form], secrets);
      expect(exitCode).toBe(0);
      expect(stdout + stderr).not.toContain('hunter2');
      expect(stdout).toContain('********');
    }
  });

  it('writes where the files belong, then finds them unchanged, and keeps myid', async () => {
    const folder = temporaryFolder();
    const variables = memberIn(folder);
    const first = await run(['render', '--write'], variables);
    expect(first.exitCode).toBe(0);
    expect(first.stderr).toContain(`written ${folder}/conf/zoo.cfg`);
    expect(readFileSync(join(folder, 'data/myid'), 'utf8')).toBe('1\n');
    const before = statSync(join(folder, 'conf/zoo.cfg'));
    const second = await run(['render', '--write'], variables);
    expect(second.stderr).toContain(`unchanged ${folder}/conf/zoo.cfg`);
    expect(second.stderr).toContain(`kept ${folder}/data/myid`);
    expect(statSync(join(folder, 'conf/zoo.cfg')).ino).toBe(before.ino);
    expect(readdirSync(join(folder, 'conf')).toSorted()).toEqual(['java.env', 'logback.xml', 'zoo.cfg']);
  });

  it('refuses to write over another id, and writes nothing at all', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/myid'), '3\n');
    const { exitCode, stderr } = await run(['render', '--write'], memberIn(folder));
    expect(exitCode).toBe(78);
    expect(stderr).toContain('holds the id 3, but this server is 1');
    expect(readFileSync(join(folder, 'data/myid'), 'utf8')).toBe('3\n');
    expect(existsSync(join(folder, 'conf'))).toBe(false);
  });

  it('writes below another folder', async () => {
    const folder = temporaryFolder();
    const { exitCode } = await run(['render', ...HOST, '--out', join(folder, 'out')], { ZK_REPLICAS: '3' });
    expect(exitCode).toBe(0);
    expect(readFileSync(join(folder, 'out/var/lib/zookeeper/data/myid'), 'utf8')).toBe('2\n');
    expect(readFileSync(join(folder, 'out/opt/zookeeper/conf/zoo.cfg'), 'utf8')).toContain('server.3=');
  });

  it('gives a file with a secret to its owner alone, whatever the umask', async () => {
    const folder = temporaryFolder();
    await run(['render', '--write'], memberIn(folder, { ZK_EXTRA_CONFIG: 'ssl.keyStore.password=hunter2' }));
    expect(statSync(join(folder, 'conf/zoo.cfg')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'conf/zoo.cfg'), 'utf8')).toContain('hunter2');
  });

  it('ends with 73 and the path when a file cannot be written', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'conf/zoo.cfg'), { recursive: true });
    const { exitCode, stderr } = await run(['render', '--write'], memberIn(folder));
    expect(exitCode).toBe(73);
    expect(stderr).toContain(`cannot write: ${folder}/conf/zoo.cfg is a directory`);
    expect(stderr).not.toContain('    at ');
  });
});

/** Root may write anywhere, so these run as somebody else. */
describe.skipIf(process.getuid?.() !== 0)('as another user than root', () => {
  it('names the owner, us, and fsGroup for a directory that cannot be written', async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o755);
    const variables = memberIn(folder);
    for (const name of ['conf', 'datalog', 'log']) mkdirSync(join(folder, name), { mode: 0o777 });
    for (const name of ['conf', 'datalog', 'log']) chmodSync(join(folder, name), 0o777);
    mkdirSync(join(folder, 'data'), { mode: 0o755 });
    const { exitCode, stdout } = await run(['check'], variables, { uid: 12_345, gid: 23_456 });
    expect(stdout).toContain(
      `ZK-VOLUME-003 ${folder}/data: cannot be written: it belongs to root (uid 0, gid 0), we are uid 12345, gid 23456`,
    );
    expect(stdout).toContain('set fsGroup: 23456');
    expect(exitCode).toBe(78);
  });
});

describe('check', () => {
  it('ends with 0 when start would start', async () => {
    const { exitCode, stdout } = await run(['check'], memberIn(temporaryFolder()));
    expect(stdout).toBe('server 1 of 1: would start (0 errors, 0 warnings)');
    expect(exitCode).toBe(0);
  });

  it('says every problem at once and ends with 78', async () => {
    const variables = memberIn(temporaryFolder(), {
      ZK_CLIENT_PORT: 'x',
      ZK_TICK_TIME: '2s',
      ZK_REPLICA: '3',
      ZK_PURGE_INTERVAL: '0',
    });
    const { exitCode, stdout } = await run(['check'], variables);
    expect(exitCode).toBe(78);
    for (const name of ['ZK_CLIENT_PORT', 'ZK_TICK_TIME', 'ZK_REPLICA:', 'ZK_PURGE_INTERVAL'])
      expect(stdout).toContain(name);
    expect(stdout).toContain('would be refused (2 errors, 2 warnings)');
  });

  it('answers in JSON', async () => {
    const { stdout } = await run(
      ['check', '--output', 'json'],
      memberIn(temporaryFolder(), { ZK_PURGE_INTERVAL: '0' }),
    );
    expect(JSON.parse(stdout)).toEqual({
      findings: [
        {
          code: 'ZK-PURGE-001',
          severity: 'warning',
          subject: 'ZK_PURGE_INTERVAL',
          problem: expect.any(String),
          remedy: expect.any(String),
          link: expect.stringMatching(/^https:/),
        },
      ],
      summary: { errors: 0, warnings: 1, notes: 0, silenced: 0, wouldStart: true },
    });
  });

  it('silences what ZK_IGNORE_FINDINGS names, under ZK_STRICT too, and says how many', async () => {
    const variables = { ZK_PURGE_INTERVAL: '0', ZK_STRICT: 'true', ZK_IGNORE_FINDINGS: 'zk-purge-001' };
    const { exitCode, stdout } = await run(['check'], memberIn(temporaryFolder(), variables));
    expect(stdout).toBe(
      'server 1 of 1: would start (0 errors, 0 warnings, 1 silenced by ZK_IGNORE_FINDINGS)',
    );
    expect(exitCode).toBe(0);
  });

  it('silences no error', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/myid'), '2\n');
    const variables = memberIn(folder, { ZK_IGNORE_FINDINGS: 'ZK-VOLUME-001' });
    const { exitCode, stdout } = await run(['check'], variables);
    expect(stdout).toContain('error ZK-SETTING-001 ZK_IGNORE_FINDINGS: ');
    expect(stdout).toContain('ZK_CONSENT');
    expect(exitCode).toBe(78);
  });

  it.each<[string[], number, string]>([
    [['zk-volume-001'], 0, 'ZK-VOLUME-001 (error)'],
    [['list'], 0, 'ZK-PURGE-002'],
    [[], 0, 'ZK-PURGE-002'],
    [['ZK-VOLUM-001'], 64, 'did you mean ZK-VOLUME-001?'],
    [['nonsense'], 64, '--explain without a code lists them all'],
  ])('explains %j', async (code, status, words) => {
    const { exitCode, stdout, stderr } = await run(['check', '--explain', ...code], {});
    expect(stdout + stderr).toContain(words);
    expect(exitCode).toBe(status);
  });

  it.each<[string, string]>([
    ['', 'holds nothing'],
    [' 1\n', 'holds " 1\\n"'],
    ['1\n2\n', 'holds "1\\n2\\n"'],
    ['2\n', 'holds the id 2, but this server is 1'],
  ])('sees a myid of %j', async (content, words) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/myid'), content);
    const { exitCode, stdout } = await run(['check'], memberIn(folder));
    expect(stdout).toContain(words);
    expect(exitCode).toBe(78);
  });

  it('goes on to settings and volume when it does not even know who it is', async () => {
    const folder = temporaryFolder();
    const variables = memberIn(folder, {
      POD_NAME: 'laptop',
      ZK_MIN_SESSION_TIMEOUT: '90000',
      ZK_EXTRA_CONFIG: 'tickTime=1',
    });
    const { stdout } = await run(['check'], variables);
    for (const code of ['ZK-IDENTITY-001', 'ZK-TIMING-002', 'ZK-SETTING-007']) expect(stdout).toContain(code);
  });

  it('goes on to the volume when a setting is refused', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/myid'), '2\n');
    const { stdout } = await run(['check'], memberIn(folder, { ZK_MIN_SESSION_TIMEOUT: '90000' }));
    for (const code of ['ZK-TIMING-002', 'ZK-VOLUME-001']) expect(stdout).toContain(code);
  });

  it('sees a myid that is a directory', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data/myid'), { recursive: true });
    const { exitCode, stdout } = await run(['check'], memberIn(folder));
    expect(stdout).toContain('data/myid: is a directory');
    expect(exitCode).toBe(78);
  });

  it('says nothing of this machine’s volume when asked about another pod', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/myid'), '2\n');
    const variables = memberIn(folder, { POD_NAME: '' });
    expect((await run(['check', '--hostname', 'zk-0'], variables)).exitCode).toBe(0);
  });
});
