import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
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

  it('reads the names of another image, and explains them by their owner', async () => {
    const variables = {
      ZOO_SERVER_ID: '2',
      ZOO_SERVERS: 'zk-0.zk:2888:3888,zk-1.zk:2888:3888',
      ZOO_TICK_TIME: '2500',
    };
    const { stdout, stderr } = await run(['render', '--explain', ...HOST], variables);
    expect(stdout).toMatch(/^ZK_TICK_TIME +2500 +ZOO_TICK_TIME \(Bitnami's name\)/m);
    expect(stderr).toContain('ZK-DIALECT-007');
  });

  it('reads them as those of the image that --from names', async () => {
    const variables = { ZOO_SERVER_ID: '2', ZOO_MY_ID: '1' };
    const mixed = await run(['render', ...HOST], variables);
    expect(mixed.exitCode).toBe(78);
    expect(mixed.stderr).toContain('error ZK-DIALECT-001 ');
    const told = await run(['render', ...HOST, '--from', 'docker-library'], variables);
    expect(told.exitCode).toBe(0);
    expect(told.stdout).toMatch(/\/myid \(mode 0644\)\n1\n/);
    expect((await run(['render', '--from', 'pravega'], variables)).exitCode).toBe(64);
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
    expect(stderr).toContain(`ZK-FILE-004 ${folder}/conf/zoo.cfg: is a directory`);
    expect(stderr).not.toContain('    at ');
  });
});
