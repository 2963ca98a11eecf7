import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { health, recordOf, stop, write } from '../../scripts/local-ensemble/volumes.ts';
import { missingAt, Writer } from '../../scripts/local-ensemble/writer.ts';
import { connectMember } from '../../src/host/zookeeper-client/zookeeper-client.ts';
import { isLong } from '../long.ts';
import { run } from '../process/run.ts';
import { builtEntrypoint, testHome } from './members.ts';
import { Authority, type KeyForm, mountSecret, PASSWORD } from './mounted-secret.ts';

const SERVING = { timeoutMs: 60_000 };
const SECURE_PORT = 30_000 + (process.pid % 2_000);
/** 3.8 compares the address of whoever connects to the quorum. */
const CLIENT = 'DNS:client,IP:127.0.0.1';
/** Before 3.8.5 the port of clients shows what it was started with (client.certReload). */
const reloads = !testHome().includes('3.8.0');
const WORK = join('/dev/shm', `zk-tls-test-${process.pid}`);

let authority: Authority;
let ensemble: LocalEnsemble | undefined;
beforeAll(() => {
  authority = new Authority();
});
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
  rmSync(WORK, { recursive: true, force: true });
});
afterAll(() => authority.remove());

const FORMS: readonly KeyForm[] = ['pkcs1', 'ec', 'encrypted'];
const secretOf = (folder: string) => join(folder, 'secret');

/** The Secret of one member, with another form of key for each. */
function issued(id: number, by = authority, trusted = [by]): Record<string, string> {
  // Connections of this machine come from 127.0.0.1, whoever connects.
  const names = `IP:127.0.0.${id},IP:127.0.0.1,DNS:zk-${id - 1}.zk.svc`;
  return {
    ...by.issue(names, FORMS[id - 1]),
    'ca.crt': trusted.map(({ certificate }) => certificate).join(''),
  };
}

/** Members with their certificates mounted; `more` are variables of all. */
const withTls =
  (more: Readonly<Record<string, string>> = {}): Launch =>
  (spec) => {
    const { folder } = spec;
    const password = join(folder, 'password');
    const launch = builtEntrypoint({
      ZK_TLS_DIR: secretOf(folder),
      ZK_TLS_WORK_DIR: join(WORK, String(spec.id)),
      ZK_SECURE_CLIENT_PORT: String(SECURE_PORT),
      ...(spec.id === 3 ? { ZK_TLS_KEY_PASSWORD_FILE: password } : {}),
      ...more,
    });
    return launch(spec);
  };

async function three(more?: Readonly<Record<string, string>>) {
  ensemble = await makeEnsemble({ size: 3, launch: withTls(more) });
  for (const member of ensemble.members) {
    mkdirSync(secretOf(member.folder), { recursive: true });
    writeFileSync(join(member.folder, 'password'), `${PASSWORD}\n`);
    mountSecret(secretOf(member.folder), issued(member.id));
  }
  for (const member of ensemble.members) member.start();
  await ensemble.waitUntilServing(SERVING);
  return ensemble.members as unknown as readonly [LocalMember, LocalMember, LocalMember];
}

/** Says ruok over TLS: the answer, and the serial of the certificate that was shown. */
function overTls(
  { host }: LocalMember,
  {
    port = SECURE_PORT,
    client,
    ca = authority.certificate,
  }: { port?: number; client?: Record<string, string>; ca?: string } = {},
): Promise<{ answer: string; serial: string }> {
  return new Promise((resolve, reject) => {
    const pair = client === undefined ? {} : { cert: client['tls.crt'], key: client['tls.key'] };
    const socket = connect({ host, port, ca, ...pair, checkServerIdentity: () => undefined });
    let [answer, serial] = ['', ''];
    socket.setTimeout(5_000, () => socket.destroy(new Error('silence')));
    socket.once('secureConnect', () => {
      serial = (socket.getPeerCertificate() as PeerCertificate).serialNumber;
      socket.write('ruok');
    });
    socket.on('data', (chunk) => (answer += chunk));
    socket.once('error', reject);
    socket.once('close', () => resolve({ answer, serial }));
  });
}

/** The codes that its supervisor tells of. */
async function findingsOf({ host, healthPort }: LocalMember): Promise<string[]> {
  const response = await fetch(`http://${host}:${healthPort}/status`, { headers: { connection: 'close' } });
  const { findings } = (await response.json()) as { findings: { code: string }[] };
  return findings.map(({ code }) => code);
}

/** The serial that the port of the quorum shows, to a member. */
async function quorumSerial(
  member: LocalMember,
  port: number,
  client: Record<string, string>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: member.host,
      port,
      ca: authority.certificate,
      cert: client['tls.crt'],
      key: client['tls.key'],
      checkServerIdentity: () => undefined,
    });
    socket.setTimeout(5_000, () => socket.destroy(new Error('silence')));
    socket.once('secureConnect', () => {
      resolve((socket.getPeerCertificate() as PeerCertificate).serialNumber);
      socket.destroy();
    });
    socket.once('error', reject);
  });
}

describe('certificates as Kubernetes mounts them', () => {
  it('encrypt clients and quorum, whatever the form of the key, and are renewed under a writer', async () => {
    const [first, second, third] = await three();
    const client = authority.issue(CLIENT);
    for (const member of [first, second, third]) {
      expect((await overTls(member, { client })).answer).toBe('imok');
      // None is asked for twice, and nobody comes in without one.
      await expect(overTls(member)).rejects.toThrow(/certificate|handshake|ECONNRESET/i);
      expect(await health(member, '/readyz')).toMatch(/^200 /);
      const work = join(WORK, String(member.id));
      for (const name of readdirSync(work)) expect(statSync(join(work, name)).mode & 0o777).toBe(0o600);
      expect(member.log()).toMatch(/Creating TLS-only quorum server socket|TLS-enabled quorum communication/);
    }
    await write(first, '/writes', '');
    const writer = new Writer([first, second, third], '/writes');
    const before = (await overTls(first, { client })).serial;
    const election = (ensemble?.all ?? []).find(({ id }) => id === first.id)?.electionPort ?? 0;
    const quorumBefore = await quorumSerial(first, election, client);
    mountSecret(secretOf(first.folder), issued(first.id));
    if (reloads)
      await expect
        .poll(async () => (await overTls(first, { client })).serial, { timeout: 10_000 })
        .not.toBe(before);
    else await expect.poll(() => findingsOf(first), { timeout: 20_000 }).toContain('ZK-TLS-011');
    await expect
      .poll(async () => quorumSerial(first, election, client), { timeout: 10_000 })
      .not.toBe(quorumBefore);
    expect(first.log()).toMatch(/has changed: clients now get the certificate of zk/);
    const { acknowledged } = await writer.end();
    for (const member of [first, second, third])
      expect(await missingAt(member, '/writes', acknowledged)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0);
  });

  it.runIf(reloads)(
    'go on with what they have while a renewed Secret cannot be used, and say why',
    async () => {
      const [first] = await three();
      const client = authority.issue(CLIENT);
      const { serial } = await overTls(first, { client });
      const half = issued(first.id);
      mountSecret(secretOf(first.folder), { ...half, 'tls.key': authority.issue('DNS:other')['tls.key'] });
      await expect
        .poll(() => first.log(), { timeout: 10_000 })
        .toMatch(/warning ZK-TLS-020 [^\n]*does not match the key next to it/);
      expect((await overTls(first, { client })).serial).toBe(serial);
      mountSecret(secretOf(first.folder), half);
      await expect
        .poll(async () => (await overTls(first, { client })).serial, { timeout: 10_000 })
        .not.toBe(serial);
    },
  );
});

describe('an authority that is made anew', () => {
  it.runIf(isLong && reloads)(
    'is brought in in two steps, by its old name, and no member is restarted',
    async () => {
      const members = await three();
      const [first] = members;
      await write(first, '/writes', '');
      const writer = new Writer(members, '/writes');
      const anew = new Authority();
      try {
        const pids = members.map((member) => member.jvmPid());
        const says = (member: LocalMember, times: number) =>
          expect
            .poll(() => member.log().match(/the other members now get the certificate/g)?.length, {
              timeout: 10_000,
            })
            .toBe(times);
        // First trusted beside the old one by all, then used, then alone.
        for (const [step, by, trusted] of [
          [1, authority, [authority, anew]],
          [2, anew, [authority, anew]],
          [3, anew, [anew]],
        ] as const)
          for (const member of members) {
            mountSecret(secretOf(member.folder), issued(member.id, by, [...trusted]));
            await says(member, step);
          }
        const client = anew.issue(CLIENT);
        for (const member of members)
          await expect
            .poll(async () => (await overTls(member, { client, ca: anew.certificate })).answer, {
              timeout: 10_000,
            })
            .toBe('imok');
        // A member that comes back finds the others by the new authority alone.
        const third = members[2];
        await stop(third);
        await third.restart();
        await ensemble?.waitUntilServing(SERVING);
        expect(members.slice(0, 2).map((member) => member.jvmPid())).toEqual(pids.slice(0, 2));
        const { acknowledged } = await writer.end();
        for (const member of members) expect(await missingAt(member, '/writes', acknowledged)).toEqual([]);
        const old = authority.issue(CLIENT);
        await expect(overTls(first, { client: old, ca: anew.certificate })).rejects.toThrow(
          /alert|ECONNRESET|unknown/i,
        );
      } finally {
        await writer.end();
        anew.remove();
      }
    },
  );
});

describe('from plain text to TLS and back', () => {
  it('takes one step after the other under a writer, and refuses to skip one', {
    timeout: 400_000,
  }, async () => {
    const [first, second, third] = await three({ ZK_CLIENT_TLS: 'plain', ZK_QUORUM_TLS: 'plain' });
    const all = ensemble?.all ?? [];
    await write(first, '/writes', '');
    const roll = async (step: string) => {
      for (const member of [third, second, first]) {
        await stop(member);
        await member.restart({ all, launch: withTls({ ZK_CLIENT_TLS: 'plain', ZK_QUORUM_TLS: step }) });
        await ensemble?.waitUntilServing(SERVING);
      }
    };
    await expect.poll(() => recordOf(third).members, { timeout: 10_000 }).toHaveLength(3);
    await stop(third);
    await third.restart({ all, launch: withTls({ ZK_CLIENT_TLS: 'plain', ZK_QUORUM_TLS: 'both' }) });
    expect((await third.exited).status).toBe(78);
    expect(third.log()).toMatch(/error ZK-TLS-017 ZK_QUORUM_TLS: goes from plain to both in one step/);
    await third.restart({ all, launch: withTls({ ZK_CLIENT_TLS: 'plain', ZK_QUORUM_TLS: 'plain' }) });
    await ensemble?.waitUntilServing(SERVING);
    const writer = new Writer([first, second, third], '/writes');
    const back = isLong ? ['both', 'accept', 'plain'] : [];
    for (const step of ['accept', 'both', 'tls', ...back]) await roll(step);
    const { acknowledged } = await writer.end();
    for (const member of [first, second, third])
      expect(await missingAt(member, '/writes', acknowledged)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0);
  });
});

/** An older release beside the one that is tested; undefined where that is old itself, or none is at hand. */
const olderHome = testHome().includes('3.9.') ? fetched('3.8') : undefined;

function fetched(release: string): string | undefined {
  const script = join(import.meta.dirname, '../../scripts/fetch-zookeeper');
  const { status, stdout } = spawnSync(script, ['--release', release, '--print'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

describe.runIf(olderHome !== undefined)('an upgrade', () => {
  it('has both releases in one quorum with TLS, member by member under a writer', {
    timeout: 240_000,
  }, async () => {
    const older = { ZK_HOME: olderHome ?? '', ZK_CLIENT_TLS: 'plain' };
    const [first, second, third] = await three(older);
    const all = ensemble?.all ?? [];
    await write(first, '/writes', '');
    const writer = new Writer([first, second, third], '/writes');
    for (const member of [third, second, first]) {
      await stop(member);
      await member.restart({ all, launch: withTls({ ZK_CLIENT_TLS: 'plain' }) });
      await ensemble?.waitUntilServing(SERVING);
    }
    const { acknowledged } = await writer.end();
    for (const member of [first, second, third]) {
      expect(await missingAt(member, '/writes', acknowledged)).toEqual([]);
      expect(member.log()).toMatch(/starting ZooKeeper 3\.8\.[\s\S]*starting ZooKeeper 3\.9\./);
    }
    expect(acknowledged.length).toBeGreaterThan(0);
  });
});

describe('a dynamic membership where clients must use TLS', () => {
  it.each([
    ['certificates alone', {}],
    [
      'logins of members and clients',
      {
        ZK_QUORUM_USER: 'zk',
        ZK_QUORUM_PASSWORD: 'between-members-1',
        ZK_CLIENT_USERS: 'alice:of-clients-1',
      },
    ],
    ['a plain port where nobody is let in', { ZK_CLIENT_TLS: 'both', ZK_CLIENT_LOGIN: 'require' }],
  ])('lets members in, scales, and is checked by sanity and status with %s', async (_what, more) => {
    const dynamic = { ZK_MEMBERSHIP: 'dynamic', ...more };
    ensemble = await makeEnsemble({ size: 3, launch: withTls(dynamic) });
    for (const member of ensemble.members) {
      mkdirSync(secretOf(member.folder), { recursive: true });
      writeFileSync(join(member.folder, 'password'), `${PASSWORD}\n`);
      mountSecret(secretOf(member.folder), issued(member.id));
      member.start();
    }
    await ensemble.waitUntilServing(SERVING);
    const [first, , third] = ensemble.members as unknown as readonly [LocalMember, LocalMember, LocalMember];
    const stranger = await connectMember({ host: first.host, port: first.port, timeoutMs: 10_000 });
    const made = stranger.kind === 'failed' ? stranger : await stranger.create(STRANGER);
    if (stranger.kind === 'connected') await stranger.close();
    // The plain port of the test is the supervisor's own; in a pod it is on loopback.
    if (Object.keys(more).length > 0) expect(made).toMatchObject({ kind: 'failed', reason: 'not-allowed' });
    const { env } = withTls(dynamic)({ id: first.id, folder: first.folder, all: ensemble.all });
    const asked = (...words: string[]) => run(words, env);
    expect(await asked('status')).toMatchObject({ exitCode: 0 });
    expect(await asked('sanity')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(third.host) });
    expect(await asked('scale', '2', '--timeout', '30s')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/the members are 1, 2/),
    });
  });
});

const STRANGER = { path: '/stranger', value: '', ephemeral: false };
