import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { read, recordOf, stop, write } from '../../scripts/local-ensemble/volumes.ts';
import { builtEntrypoint } from './members.ts';
import { Authority, mountSecret } from './mounted-secret.ts';

const SERVING = { timeoutMs: 60_000 };
const WORK = join('/dev/shm', `zk-markers-test-${process.pid}`);
const CORE = randomBytes(16).toString('hex');
const OLD = `old-${CORE}`;
const NEW = `new-${CORE}`;

let authority: Authority | undefined;
let ensemble: LocalEnsemble | undefined;
afterEach(async () => {
  await ensemble?.close();
  authority?.remove();
  [ensemble, authority] = [undefined, undefined];
  rmSync(WORK, { recursive: true, force: true });
});

/** A file that its owner alone reads, as a Secret that is mounted. */
function mounted(folder: string, name: string, text: string): string {
  const path = join(folder, 'secret-files', name);
  mkdirSync(join(folder, 'secret-files'), { recursive: true });
  rmSync(path, { force: true });
  writeFileSync(path, `${text}\n`);
  chmodSync(path, 0o400);
  return path;
}

function marked(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return files
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .filter((path) => readFileSync(path, 'latin1').includes(CORE));
}

function seenOf(pid: number | undefined, what: 'cmdline' | 'environ'): string {
  return readFileSync(`/proc/${pid}/${what}`, 'latin1');
}

const keyedMember = (more: Readonly<Record<string, string>>) => (spec: { folder: string; id: number }) => ({
  ...more,
  ZK_PEER_KEY_FILE: join(spec.folder, 'secret-files', 'peer-key'),
});

describe('secrets of real servers', () => {
  it('are in no log at any level, no process and no other file, and members know each other by theirs', async () => {
    authority = new Authority();
    const by = authority;
    const more = { ZK_LOG_LEVEL: 'TRACE', ZK_SECURE_CLIENT_PORT: String(32_000 + (process.pid % 500)) };
    ensemble = await makeEnsemble({
      size: 3,
      launch: (spec) =>
        builtEntrypoint({
          ...keyedMember(more)(spec),
          ZK_TLS_DIR: join(spec.folder, 'secret'),
          ZK_TLS_WORK_DIR: join(WORK, String(spec.id)),
          ZK_TLS_KEY_PASSWORD_FILE: join(spec.folder, 'secret-files', 'password'),
          ZK_EXTRA_CONFIG_FILE: join(spec.folder, 'secret-files', 'extra-config'),
          ZK_SUPER_DIGEST_FILE: join(spec.folder, 'secret-files', 'super-digest'),
          ZK_QUORUM_USER: 'zk',
          ZK_QUORUM_PASSWORD_FILE: join(spec.folder, 'secret-files', 'quorum-password'),
          ZK_CLIENT_USERS_FILE: join(spec.folder, 'secret-files', 'users'),
        })(spec),
    });
    for (const member of ensemble.members) {
      const { folder, id } = member;
      mounted(folder, 'password', `pass-${CORE}`);
      mounted(folder, 'peer-key', OLD);
      mounted(folder, 'extra-config', `my.passwd=${CORE}`);
      mounted(folder, 'super-digest', `super:${CORE}AAAAAAAAAAA=`);
      mounted(folder, 'quorum-password', `quorum-${CORE}`);
      mounted(folder, 'users', `alice:client-${CORE}`);
      const names = `IP:127.0.0.${id},IP:127.0.0.1,DNS:zk-${id - 1}.zk.svc`;
      const issued = by.issue(names, 'encrypted', { password: `pass-${CORE}` });
      mkdirSync(join(folder, 'secret'), { recursive: true });
      mountSecret(join(folder, 'secret'), { ...issued, 'ca.crt': by.certificate });
      member.start();
    }
    await ensemble.waitUntilServing(SERVING);
    for (const member of ensemble.members) {
      const jvm = member.jvmPid();
      expect(jvm).toBeGreaterThan(0);
      for (const pid of [jvm, member.pid]) expect(seenOf(pid, 'cmdline')).not.toContain(CORE);
      for (const pid of [jvm, member.pid]) expect(seenOf(pid, 'environ')).not.toContain(CORE);
      const answer = await fetch(`http://${member.host}:${member.healthPort}/status?verbose`);
      expect(await answer.text()).not.toContain(CORE);
      expect(member.log()).not.toMatch(/ZK-PEER-011/);
    }
    await stop(...ensemble.members);
    for (const { folder, logFile } of ensemble.members) {
      expect(readFileSync(logFile, 'utf8')).toMatch(/TRACE|DEBUG/);
      expect(readFileSync(logFile, 'utf8')).not.toContain(CORE);
      const left = marked(folder).filter((path) => !path.includes('/secret-files/'));
      // What ZooKeeper reads of ZK_EXTRA_CONFIG, for its owner alone.
      expect(left.map((path) => path.slice(path.lastIndexOf('/') + 1))).toEqual(['zoo.cfg']);
      expect(left.map((path) => statSync(path).mode & 0o777)).toEqual([0o600]);
    }
  });

  it('are changed by rolling restarts, in which the ensemble goes on', async () => {
    ensemble = await makeEnsemble({
      size: 3,
      launch: (spec) => builtEntrypoint(keyedMember({})(spec))(spec),
    });
    const { members } = ensemble;
    const give = (keys: string) => {
      for (const { folder } of members) mounted(folder, 'peer-key', keys);
    };
    give(OLD);
    for (const member of members) member.start();
    await ensemble.waitUntilServing(SERVING);
    const [first, , third] = members as unknown as readonly [LocalMember, LocalMember, LocalMember];
    await write(first, '/kept', 'yes');
    for (const keys of [`${OLD}\n${NEW}`, NEW]) {
      give(keys);
      for (const member of members) {
        await stop(member);
        member.start();
        await ensemble.waitUntilServing(SERVING);
      }
    }
    expect(await read(third, '/kept')).toBe('yes');
    for (const member of members) {
      expect(member.log()).not.toMatch(/ZK-PEER-011/);
      expect(recordOf(member)).toMatchObject({ members: [1, 2, 3] });
    }
  });
});
