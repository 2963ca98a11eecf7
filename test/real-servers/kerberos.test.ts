import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { health } from '../../scripts/local-ensemble/volumes.ts';
import { connectMember } from '../../src/host/zookeeper-client/zookeeper-client.ts';
import { run } from '../process/run.ts';
import { Kdc, REALM } from './kdc.ts';
import { builtEntrypoint, testHome, testJavaHome } from './members.ts';

const WORK = join('/dev/shm', `zk-kerberos-test-${process.pid}`);
const tool = krb5kdc();
/** 3.4 lets everybody in, whoever logs in (enforce.auth came with 3.7). */
const demands = !testHome().includes('3.4.');

/** undefined where no KDC can be had; the tests are then skipped, and counted as skipped. */
function krb5kdc(): string | undefined {
  try {
    const script = join(import.meta.dirname, '../../scripts/fetch-tool');
    return execFileSync(script, ['krb5kdc'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return undefined;
  }
}

let kdc: Kdc;
let ensemble: LocalEnsemble | undefined;
beforeAll(async () => {
  if (tool !== undefined) kdc = await Kdc.start(tool);
});
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
  rmSync(WORK, { recursive: true, force: true });
});
afterAll(() => kdc?.close());

const principalOf = (host: string) => `zookeeper/${host}@${REALM}`;

const withKerberos =
  (more: Readonly<Record<string, string>> = {}): Launch =>
  (spec) =>
    builtEntrypoint({
      ZK_KERBEROS_KEYTAB: join(kdc.folder, `keytab-${spec.id}`),
      ZK_KERBEROS_PRINCIPAL: `zookeeper/_HOST@${REALM}`,
      ZK_KERBEROS_CONF: kdc.conf,
      ZK_TLS_WORK_DIR: join(WORK, String(spec.id)),
      ...(demands ? {} : { ZK_CLIENT_LOGIN: 'accept' }),
      ...more,
    })(spec);

/** ZooKeeper's own client in a JVM of its own, with the flags that are given. */
async function zkCli({ host, port }: LocalMember, flags: readonly string[], ...words: readonly string[]) {
  const lib = join(testHome(), 'lib');
  const jars = readdirSync(lib).map((name) => join(lib, name));
  const java = join(testJavaHome(), 'bin/java');
  const own = ['-Dzookeeper.sasl.client.canonicalize.hostname=false', '-XX:TieredStopAtLevel=1'];
  const main = ['-cp', jars.join(':'), 'org.apache.zookeeper.ZooKeeperMain', '-server', `${host}:${port}`];
  const { stdout, stderr } = await execa(java, [...own, ...flags, ...main, ...words], {
    reject: false,
    timeout: 40_000,
  });
  return `${stdout}\n${stderr}`;
}

describe.runIf(tool !== undefined)('members and clients with keys of Kerberos', () => {
  it('form a quorum, and let in who has a ticket and nobody else', { timeout: 150_000 }, async () => {
    ensemble = await makeEnsemble({ size: 3, launch: withKerberos() });
    for (const { id, host } of ensemble.members) kdc.keytab(`keytab-${id}`, principalOf(host));
    for (const member of ensemble.members) member.start();
    await ensemble.waitUntilServing({ timeoutMs: 60_000 });
    const [first, second] = ensemble.members as unknown as readonly [LocalMember, LocalMember];
    for (const member of ensemble.members) expect(await health(member, '/readyz')).toMatch(/^200 /);
    const stranger = await connectMember({ host: first.host, port: first.port, timeoutMs: 10_000 });
    const made =
      stranger.kind === 'failed'
        ? stranger
        : await stranger.create({ path: '/stranger', value: '', ephemeral: false });
    if (stranger.kind === 'connected') await stranger.close();
    if (demands) expect(made).toMatchObject({ kind: 'failed', reason: 'not-allowed' });
    // The section Client of the member's own file is for whoever has a shell there. 3.4's client looks addresses up.
    const flags = [
      `-Djava.security.auth.login.config=${join(WORK, '1/jaas.conf')}`,
      `-Djava.security.krb5.conf=${kdc.conf}`,
    ];
    const created = await zkCli(second, flags, 'create', '/kerberos', 'x', `sasl:zookeeper:cdrwa`);
    if (demands) expect(created).toMatch(/Created \/kerberos/);
    const { env } = withKerberos()({ id: 1, folder: first.folder, all: ensemble.all });
    const refused = await run(['sanity'], env);
    if (demands)
      expect(refused).toMatchObject({
        exitCode: 78,
        stderr: expect.stringMatching(/must log in by Kerberos/),
      });
    expect(await run(['status'], env)).toMatchObject({ exitCode: 0 });
  });

  it('are refused before the JVM where the keytab is another member’s', async () => {
    ensemble = await makeEnsemble({ size: 3, launch: withKerberos() });
    const [first] = ensemble.members as unknown as readonly [LocalMember];
    const other = kdc.keytab('other', `zookeeper/another@${REALM}`);
    first.start({
      all: ensemble.all,
      launch: withKerberos({ ZK_KERBEROS_KEYTAB: other }),
    });
    expect((await first.exited).status).toBe(78);
    expect(first.log()).toMatch(
      /error ZK-LOGIN-004 ZK_KERBEROS_KEYTAB: is \S+, which has no key for zookeeper\/127\.0\.0\.1@ZK\.TEST; it has keys for zookeeper\/another@ZK\.TEST/,
    );
  });
});
