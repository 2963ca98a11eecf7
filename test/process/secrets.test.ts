import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeJvm, freePort, startContainer } from './container.ts';
import { memberIn, run, temporaryFolder } from './run.ts';

const SECRET = `pLant-${Math.random().toString(36).slice(2)}-9xK`;

/** A secret wherever something stands that is not known to be harmless, and nothing that refuses the start. */
const PLANTED = {
  ZK_EXTRA_CONFIG: `my.passwd=${SECRET}\nssl.keyStore.password=${SECRET}\nnio.hidden=${SECRET}`,
  JVMFLAGS: `-Dmy.thing=${SECRET} -Dzookeeper.my=${SECRET} -Djavax.net.ssl.keyStorePassword=${SECRET}`,
  SERVER_JVMFLAGS: `-Dother=${SECRET}`,
  ZK_SUPER_DIGETS: SECRET,
  SOMETHING_ELSE: SECRET,
};

/** Files that hold the secret and that others than their owner may read. */
function openFiles(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    join(folder, name),
  );
  return entries.filter((path) => {
    const { mode } = statSync(path);
    return statSync(path).isFile() && (mode & 0o077) !== 0 && readFileSync(path, 'utf8').includes(SECRET);
  });
}

describe('a secret', () => {
  it.each([
    ['render'],
    ['render', '--explain'],
    ['render', '--output', 'json'],
    ['render', '--explain', '--output', 'json'],
    ['check'],
    ['check', '--output', 'json'],
    ['render', '--write'],
  ])('is not told by %s %s %s', async (...words) => {
    const folder = temporaryFolder();
    const { exitCode, stdout, stderr } = await run(words.filter(Boolean), memberIn(folder, PLANTED));
    expect([exitCode, stdout + stderr]).toEqual([0, expect.not.stringContaining(SECRET)]);
    expect(openFiles(folder)).toEqual([]);
  });

  it('is for the owner alone in what was open before, here and below --out', async () => {
    const folder = temporaryFolder();
    for (const place of ['conf', 'out']) {
      const path = join(folder, place === 'conf' ? 'conf' : `out${folder}/conf`);
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'zoo.cfg'), 'old\n');
      chmodSync(join(path, 'zoo.cfg'), 0o644);
    }
    await run(['render', '--write'], memberIn(folder, PLANTED));
    await run(['render', '--out', join(folder, 'out')], memberIn(folder, PLANTED));
    for (const path of [join(folder, 'conf/zoo.cfg'), join(folder, `out${folder}/conf/zoo.cfg`)]) {
      expect([readFileSync(path, 'utf8').includes(SECRET), statSync(path).mode & 0o777]).toEqual([
        true,
        0o600,
      ]);
    }
    expect(openFiles(folder)).toEqual([]);
  });

  it('is not told by a start, its endpoints and its end, nor left where others read', async () => {
    const port = String(await freePort());
    const health = String(await freePort());
    const container = startContainer(fakeJvm({ serve: true }), {
      variables: { ...PLANTED, ZK_CLIENT_PORT: port, ZK_HEALTH_PORT: health, ZK_HEALTH_ADDRESS: '127.0.0.1' },
    });
    await container.says(/ZooKeeper answers/);
    const answers = await Promise.all(
      ['/status', '/metrics', '/livez?verbose', '/readyz?verbose'].map(async (path) =>
        (await fetch(`http://127.0.0.1:${health}${path}`)).text(),
      ),
    );
    const explained = await run(['render', '--explain'], { ...container.variables });
    process.kill(container.pid, 'SIGUSR1');
    await container.says(/serving for/);
    process.kill(container.pid, 'SIGTERM');
    await container.ended();
    const told = [container.output(), container.terminationMessage(), explained.stdout, ...answers].join(
      '\n',
    );
    expect(told).toContain('ZK-SETTING-004 ZK_SUPER_DIGETS');
    expect(told).not.toContain(SECRET);
    expect(openFiles(container.folder)).toEqual([]);
  });

  it('is not told by a start that is refused for the values of its files and lines', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'secret'), `${SECRET}\n`);
    writeFileSync(join(folder, 'zk.env'), `ZK_REPLICAS=1\n${SECRET}\nA=${SECRET}#x\n`);
    const variables = { ZK_SERVER_PORT_FILE: join(folder, 'secret'), ZK_EXTRA_CONFIG: `a=1\n${SECRET}` };
    const container = startContainer('exit 0', { variables });
    expect((await container.ended()).exitCode).toBe(78);
    const checked = await run(['check', '--env-file', join(folder, 'zk.env')], memberIn(folder));
    expect(checked.stdout).toContain('zk.env: line 2 is not NAME=value');
    expect(container.terminationMessage()).toContain('ZK-SETTING-001');
    const told = [container.output(), container.terminationMessage(), checked.stdout, checked.stderr].join(
      '\n',
    );
    expect(told).not.toContain(SECRET);
  });

  // Without this, a secret that is nowhere at all would pass.
  it('stands in what ZooKeeper reads, as a control', async () => {
    const folder = temporaryFolder();
    await run(['render', '--write'], memberIn(folder, PLANTED));
    expect(readFileSync(join(folder, 'conf/zoo.cfg'), 'utf8')).toContain(`my.passwd=${SECRET}`);
  });
});
