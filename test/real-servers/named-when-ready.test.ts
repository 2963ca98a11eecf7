import { join } from 'node:path';
import { execa, execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { isLong } from '../long.ts';
import { launcher, temporaryFolder } from '../process/run.ts';
import { testHome, testJavaHome } from './members.ts';

const here = import.meta.dirname;

const mayIsolate =
  execaSync('unshare', ['--mount', '--net', '--pid', '--fork', 'ip', 'link', 'set', 'lo', 'up'], {
    reject: false,
  }).exitCode === 0;
if (!mayIsolate) process.stderr.write('SKIPPED: unshare is not permitted, so no name was published late\n');

/** After how many milliseconds the first member serves: from its name's return on, or from the second's end. */
async function servesAfterMs(story: 'named late' | 'new address', jvmFlags = ''): Promise<number> {
  const folder = temporaryFolder();
  const script = `
    ip link set lo up
    printf 'nameserver 127.0.0.1\\noptions timeout:1 attempts:1\\n' >"$FOLDER/resolv.conf"
    mount --bind "$FOLDER/resolv.conf" /etc/resolv.conf
    echo '{}' >"$NAMES"
    "$NODE" '${join(here, '../container/cluster-dns.ts')}' &
    exec "$NODE" '${join(here, 'named-when-ready.stage.ts')}'`;
  const isolate = ['--mount', '--net', '--pid', '--fork', '--mount-proc', '--kill-child'];
  const { stdout } = await execa('unshare', [...isolate, 'bash', '--norc', '-c', script], {
    env: {
      PATH: `${join(process.execPath, '..')}:${process.env['PATH']}`,
      NODE: process.execPath,
      FOLDER: folder,
      NAMES: join(folder, 'names.json'),
      PROGRAM: launcher,
      ZK_HOME: testHome(),
      JAVA_HOME: testJavaHome(),
      JVMFLAGS: jvmFlags,
      STORY: story,
    },
    extendEnv: false,
    timeout: 200_000,
  });
  return Number(stdout);
}

/** The election's own bound, and the JVM's own keeping of failed look-ups. */
const AS_BEFORE = '-Dzookeeper.fastleader.maxNotificationInterval=60000 -Djava.security.properties=/dev/null';

describe.skipIf(!mayIsolate)('a member whose name is published only once it is ready', () => {
  it('serves soon after its name is back', async () => {
    expect(await servesAfterMs('named late')).toBeLessThan(9_000);
  });

  it('negative control: does not with what ZooKeeper and Java do by themselves', async () => {
    expect(await servesAfterMs('named late', AS_BEFORE)).toBeGreaterThan(9_000);
  });
});

describe.skipIf(!mayIsolate)('a leader that came back with another address, as every pod does', () => {
  it('is found there at once by whoever needs it for a quorum', async () => {
    expect(await servesAfterMs('new address')).toBeLessThan(9_000);
  });

  it.runIf(isLong)(
    'negative control: is not, while the others keep the old address as long as Java does',
    async () => {
      expect(await servesAfterMs('new address', '-Dsun.net.inetaddr.ttl=30')).toBeGreaterThan(9_000);
    },
  );
});
