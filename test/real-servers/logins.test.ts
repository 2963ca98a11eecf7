import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { health, recordOf, stop, write } from '../../scripts/local-ensemble/volumes.ts';
import { missingAt, Writer } from '../../scripts/local-ensemble/writer.ts';
import { connectMember } from '../../src/host/zookeeper-client/zookeeper-client.ts';
import type { User } from '../../src/settings/kinds/users.ts';
import { isLong } from '../long.ts';
import { run } from '../process/run.ts';
import { builtEntrypoint, testHome } from './members.ts';

const SERVING = { timeoutMs: 60_000 };
const WORK = join('/dev/shm', `zk-logins-test-${process.pid}`);
/** 3.4 lets everybody in, whoever logs in (enforce.auth came with 3.7). */
const demands = !testHome().includes('3.4.');
/** Each sign that a JAAS file, a shell or a properties file would take for something else. */
const QUORUM = 'q"uo\\rum $x {1}; =#ü';
const ALICE = { name: 'alice', password: 'a"li\\ce:{};=# 12$' };
const BOB = { name: 'bob.b_1-x', password: 'bob4711 ✓ äöü' };

let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  ensemble = undefined;
  rmSync(WORK, { recursive: true, force: true });
});

type Three = readonly [LocalMember, LocalMember, LocalMember];
type Variables = Readonly<Record<string, string>>;

/** A Secret as a file in the member's own folder. */
function fileIn(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

/** Members whose variables may hold files, made by what is given. */
const withLogins =
  (variablesOf: (folder: string) => Variables): Launch =>
  (spec) =>
    builtEntrypoint({
      ZK_TLS_WORK_DIR: join(WORK, String(spec.id)),
      ...variablesOf(spec.folder),
    })(spec);

const quorumUser =
  (user: string, password: string, others: readonly User[] = []) =>
  (folder: string): Variables => ({
    ZK_QUORUM_USER: user,
    ZK_QUORUM_PASSWORD_FILE: fileIn(folder, 'quorum-password', `${password}\n`),
    ...(others.length === 0 ? {} : { ZK_QUORUM_USERS_FILE: fileIn(folder, 'quorum-users', listOf(others)) }),
  });

const clientUsers = (folder: string): Variables => ({
  ...(demands ? {} : { ZK_CLIENT_LOGIN: 'accept' }),
  ZK_CLIENT_USERS_FILE: fileIn(folder, 'users', `# clients\n${listOf([ALICE, BOB])}`),
});

function listOf(users: readonly User[]): string {
  return users.map(({ name, password }) => `${name}:${password}\n`).join('');
}

async function three(variablesOf: (folder: string) => Variables): Promise<Three> {
  ensemble = await makeEnsemble({ size: 3, launch: withLogins(variablesOf) });
  for (const member of ensemble.members) member.start();
  await ensemble.waitUntilServing(SERVING);
  return ensemble.members as unknown as Three;
}

const sessionOf = ({ host, port }: LocalMember, user?: User) =>
  connectMember({ host, port, timeoutMs: 10_000, way: { user } });

/** Makes a node and reads it, or says why not. */
async function writes(member: LocalMember, path: string, user?: User): Promise<string> {
  const session = await sessionOf(member, user);
  if (session.kind === 'failed') return session.sentence;
  const made = await session.create({ path, value: 'x', ephemeral: false });
  await session.close();
  return made.kind === 'done' ? 'done' : made.sentence;
}

const digestOf = (password: string) =>
  `super:${createHash('sha1').update(`super:${password}`).digest('base64')}`;

/** Everything that other processes, or a person with a shell, may see of the running member. */
function seenOf(member: LocalMember): string {
  const pids = [member.pid, member.jvmPid()].filter((pid) => pid !== undefined);
  const files = pids.flatMap((pid) => [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`]);
  return [...files.map((path) => readFileSync(path, 'latin1')), member.log()].join('\n');
}

describe('logins of members and clients by passwords', () => {
  it('let in who knows one, for every sign in it, and show it nowhere', async () => {
    const superPassword = 'super4711secret';
    const all = await three((folder) => ({
      ...quorumUser('zk', QUORUM)(folder),
      ...clientUsers(folder),
      ZK_SUPER_DIGEST_FILE: fileIn(folder, 'super', digestOf(superPassword)),
      ZK_SUPER_USER: ALICE.name,
    }));
    const [first, second, third] = all;
    for (const member of all) {
      expect(await health(member, '/readyz')).toMatch(/^200 /);
      expect(member.log()).toMatch(
        /Successfully completed the authentication|QuorumPeer communication is secured|sasl/i,
      );
    }
    expect(await writes(first, '/alice', ALICE)).toBe('done');
    expect(await writes(second, '/bob', BOB)).toBe('done');
    expect(await writes(third, '/nobody')).toMatch(demands ? /do not authenticate/ : /^done$/);
    expect(await writes(third, '/alice2', { ...ALICE, password: 'another-one-1' })).toMatch(
      /refuses the login of alice/,
    );
    expect(await writes(third, '/stranger', { name: 'stranger', password: 'another-one-1' })).toMatch(
      /refuses the login of stranger/,
    );
    const { env } = withLogins((folder) => ({ ...quorumUser('zk', QUORUM)(folder), ...clientUsers(folder) }))(
      {
        id: first.id,
        folder: first.folder,
        all: ensemble?.all ?? [],
      },
    );
    expect(await run(['sanity'], env)).toMatchObject({ exitCode: 0 });
    expect(await run(['status'], env)).toMatchObject({ exitCode: 0 });
    const shown = await run(['render'], env);
    for (const member of all)
      for (const secret of [QUORUM, ALICE.password, BOB.password, digestOf(superPassword)]) {
        expect(seenOf(member)).not.toContain(secret);
        expect(shown.stdout).not.toContain(secret);
      }
  });

  it('keep a member out that has another password, and the others serve', async () => {
    const [first, , third] = await three(quorumUser('zk', QUORUM));
    await write(first, '/kept', '');
    await stop(third);
    await third.restart({ all: ensemble?.all ?? [], launch: withLogins(quorumUser('zk', 'another-one-1')) });
    await expect
      .poll(() => third.log(), { timeout: 20_000 })
      .toMatch(/SaslException|authentication fail|DIGEST-MD5/i);
    expect(await health(third, '/readyz')).not.toMatch(/^200 /);
    expect(await health(first, '/readyz')).toMatch(/^200 /);
    await stop(third);
    await third.restart({ all: ensemble?.all ?? [], launch: withLogins(quorumUser('zk', QUORUM)) });
    await ensemble?.waitUntilServing(SERVING);
  });
});

describe('rolling restarts under a writer', () => {
  const rollWith = async ([first, second, third]: Three, variablesOf: (folder: string) => Variables) => {
    for (const member of [third, second, first]) {
      await stop(member);
      await member.restart({ all: ensemble?.all ?? [], launch: withLogins(variablesOf) });
      await ensemble?.waitUntilServing(SERVING);
    }
  };

  it('go from no logins to logins that are required, one step after the other, and refuse to skip one', {
    timeout: 300_000,
  }, async () => {
    const all = await three(() => ({}));
    const [first, , third] = all;
    await write(first, '/writes', '');
    await expect.poll(() => recordOf(third).members, { timeout: 10_000 }).toHaveLength(3);
    await stop(third);
    await third.restart({ all: ensemble?.all ?? [], launch: withLogins(quorumUser('zk', QUORUM)) });
    expect((await third.exited).status).toBe(78);
    expect(third.log()).toMatch(/error ZK-LOGIN-003 ZK_QUORUM_LOGIN: goes from off to require in one step/);
    await third.restart({ all: ensemble?.all ?? [], launch: withLogins(() => ({})) });
    await ensemble?.waitUntilServing(SERVING);
    const writer = new Writer(all, '/writes');
    for (const step of ['accept', 'both', 'require'])
      await rollWith(all, (folder) => ({ ...quorumUser('zk', QUORUM)(folder), ZK_QUORUM_LOGIN: step }));
    const { acknowledged } = await writer.end();
    for (const member of all) expect(await missingAt(member, '/writes', acknowledged)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0);
  });

  it.runIf(isLong)('change the password between members', { timeout: 300_000 }, async () => {
    const all = await three(quorumUser('zk', QUORUM));
    await write(all[0], '/writes', '');
    const writer = new Writer(all, '/writes');
    const [old, fresh] = [
      { name: 'zk', password: QUORUM },
      { name: 'zk2', password: 'the-next-one 2' },
    ];
    await rollWith(all, quorumUser('zk', QUORUM, [fresh]));
    await rollWith(all, quorumUser('zk2', fresh.password, [old]));
    await rollWith(all, quorumUser('zk2', fresh.password));
    const { acknowledged } = await writer.end();
    for (const member of all) expect(await missingAt(member, '/writes', acknowledged)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0);
  });
});
