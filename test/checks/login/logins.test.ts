import { describe, expect, it } from 'vitest';
import { type Keytab, principalsIn } from '../../../src/checks/login/keytab.ts';
import { prepare } from '../../../src/preparation/prepare.ts';
import type { Variables } from '../../../src/settings/read-row.ts';
import { fakeMachine } from '../../preparation/fake-machine.ts';

const PASSWORD = 'between-members-1';
const QUORUM = { ZK_QUORUM_USER: 'zk', ZK_QUORUM_PASSWORD: PASSWORD };
const CLIENTS = { ZK_CLIENT_USERS: 'alice:of-clients-1\nbob:of-clients-2' };
const KEYTAB = { ZK_KERBEROS_KEYTAB: '/keytab', ZK_KERBEROS_PRINCIPAL: 'zookeeper/_HOST@E.COM' };
const OWN = 'zookeeper/zk-0.zk-headless.default.svc.cluster.local@E.COM';

async function prepared(variables: Variables, more: { release?: string; keytab?: Keytab } = {}) {
  const given = {
    ZK_REPLICAS: '3',
    ZK_IGNORE_FINDINGS: 'ZK-DISTRIBUTION-007,ZK-DISTRIBUTION-008',
    ...variables,
  };
  const machine = fakeMachine({ release: '3.9.6', variables: given, files: { '/krb5.conf': '' }, ...more });
  return prepare(machine, { assume: { kind: 'nothing' } });
}

async function found(...asked: Parameters<typeof prepared>) {
  const { findings } = await prepared(...asked);
  return findings.map(({ code, subject, problem }) => `${code} ${subject} ${problem}`);
}

async function linesOf(...asked: Parameters<typeof prepared>): Promise<string[]> {
  const { settings } = await prepared(...asked);
  return settings.extraConfig.map(([key, value]) => `${key}=${value}`);
}

describe('settings of logins', () => {
  it.each<[string, Variables]>([
    ['of members', QUORUM],
    ['of clients', CLIENTS],
    ['of both', { ...QUORUM, ...CLIENTS, ZK_SUPER_USER: 'bob' }],
    ['in steps', { ...QUORUM, ZK_QUORUM_LOGIN: 'accept' }],
    ['of nobody, although there is a user', { ...QUORUM, ZK_QUORUM_LOGIN: 'off' }],
  ])('%s are taken on every release', async (_what, variables) => {
    for (const release of ['3.8.0', '3.9.3', '3.9.6'])
      expect(await found(variables, { release })).toEqual([]);
  });

  it('come to lines of zoo.cfg, and turn FIPS mode off only where it would forbid them', async () => {
    expect(await linesOf({ ...QUORUM, ZK_QUORUM_LOGIN: 'both' }, { release: '3.9.3' })).toEqual([
      'quorum.auth.enableSasl=true',
      'quorum.auth.learnerRequireSasl=true',
      'quorum.auth.serverRequireSasl=false',
    ]);
    expect(await linesOf(CLIENTS, { release: '3.9.4' })).not.toContain('fips-mode=false');
    expect(await linesOf(QUORUM, { release: '3.9.4' })).toContain('fips-mode=false');
    expect(await linesOf(CLIENTS, { release: '3.9.6' })).toContain('fips-mode=false');
  });

  it.each<[string, Variables]>([
    ['ZK-LOGIN-001 ZK_QUORUM_USER is zk, but its password is not set', { ZK_QUORUM_USER: 'zk' }],
    ['ZK-LOGIN-001 ZK_QUORUM_PASSWORD is given without ZK_QUORUM_USER', { ZK_QUORUM_PASSWORD: PASSWORD }],
    [
      'ZK-LOGIN-001 ZK_QUORUM_PASSWORD is little more than the name of the user',
      { ZK_QUORUM_USER: 'zk-user', ZK_QUORUM_PASSWORD: 'zk-user-12' },
    ],
    [
      'ZK-LOGIN-001 ZK_QUORUM_USERS gives zk another password than ZK_QUORUM_PASSWORD',
      { ...QUORUM, ZK_QUORUM_USERS: 'zk:another-one-1' },
    ],
    [
      'ZK-LOGIN-001 ZK_QUORUM_LOGIN is accept, but ZK_QUORUM_USER and ZK_KERBEROS_KEYTAB are not set',
      { ZK_QUORUM_LOGIN: 'accept' },
    ],
    [
      'ZK-LOGIN-001 ZK_CLIENT_LOGIN is require, but no way to log in is set for clients',
      { ZK_CLIENT_LOGIN: 'require' },
    ],
    [
      'ZK-LOGIN-001 ZK_SUPER_USER is carol, which is not a user of ZK_CLIENT_USERS',
      { ...CLIENTS, ZK_SUPER_USER: 'carol' },
    ],
    ['ZK-LOGIN-001 ZK_SUPER_USER is carol, but clients do not log in with names', { ZK_SUPER_USER: 'carol' }],
    [
      'ZK-LOGIN-001 ZK_EXTRA_CONFIG has quorum.auth.enableSasl, which ZK_QUORUM_USER already sets',
      { ...QUORUM, ZK_EXTRA_CONFIG: 'quorum.auth.enableSasl=true' },
    ],
    [
      'ZK-LOGIN-001 SERVER_JVMFLAGS names a JAAS file, and the settings of logins make one already',
      { ...QUORUM, SERVER_JVMFLAGS: '-Djava.security.auth.login.config=/jaas' },
    ],
    [
      'ZK-CONFIG-009 ZK_EXTRA_CONFIG quorum.auth.enableSasl is true, and /dev/shm/zk-entrypoint/jaas.conf uses DIGEST-MD5, which fips-mode forbids: no quorum would form',
      { ...QUORUM, ZK_EXTRA_CONFIG: 'fips-mode=true' },
    ],
    [
      'ZK-LOGIN-001 ZK_KERBEROS_KEYTAB also applies to the members, and with ZK_MEMBERSHIP=dynamic the serving members would refuse every new member',
      { ...KEYTAB, ZK_MEMBERSHIP: 'dynamic', ZK_CLIENT_LOGIN: 'accept' },
    ],
  ])('%s', async (expected, variables) => {
    expect(await found(variables)).toContain(expected);
  });

  it('that a release cannot keep are refused with the one that can', async () => {
    const refused = await found(CLIENTS, { release: '3.4.13' });
    expect(refused.join('\n')).toMatch(/ZK-LOGIN-002 ZK_CLIENT_USERS wants every client to log in/);
    expect(await found({ ...CLIENTS, ZK_CLIENT_LOGIN: 'accept' }, { release: '3.4.13' })).toEqual(
      await found({}, { release: '3.4.13' }),
    );
  });
});

describe('a keytab', () => {
  const held = (...principals: string[]): Keytab => ({ ok: true, principals, isReadableByAll: false });

  it('holds the key of this member, with or without the realm, or is refused by what it holds', async () => {
    expect(await found(KEYTAB, { keytab: held('x/y@E.COM', OWN) })).toEqual([]);
    const bare = { ...KEYTAB, ZK_KERBEROS_PRINCIPAL: 'zookeeper/_HOST' };
    expect(await found(bare, { keytab: held(OWN) })).toEqual([]);
    expect(await found(KEYTAB, { keytab: held('zookeeper/zk-1@E.COM') })).toEqual([
      `ZK-LOGIN-004 ZK_KERBEROS_KEYTAB is /keytab, which has no key for ${OWN}; it has keys for zookeeper/zk-1@E.COM`,
    ]);
  });

  it('and krb5.conf are named where they cannot be read, both at once', async () => {
    const all = await found(
      { ...KEYTAB, ZK_KERBEROS_CONF: '/none' },
      { keytab: { ok: false, problem: 'is not a whole keytab' } },
    );
    expect(all).toEqual([
      'ZK-LOGIN-004 ZK_KERBEROS_CONF is /none, which does not exist',
      'ZK-LOGIN-004 ZK_KERBEROS_KEYTAB is /keytab, which is not a whole keytab',
    ]);
    const open: Keytab = { ok: true, principals: [OWN], isReadableByAll: true };
    expect(await found(KEYTAB, { keytab: open })).toEqual([
      'ZK-LOGIN-005 ZK_KERBEROS_KEYTAB is /keytab, which can be read by every user of the container',
    ]);
  });

  // Written by ktutil of MIT Kerberos: one key of zookeeper/zk-0@E.COM, behind a hole of 8 bytes.
  it('is read as Kerberos writes it, holes and all, and cut anywhere it is none', () => {
    const entry = Buffer.concat([
      Buffer.from([0, 2]),
      ...['E.COM', 'zookeeper', 'zk-0'].map((text) =>
        Buffer.concat([Buffer.from([0, text.length]), Buffer.from(text)]),
      ),
      Buffer.from([0, 0, 0, 1, 0, 0, 0, 0, 2, 0, 18, 0, 4, 1, 2, 3, 4]),
    ]);
    const size = Buffer.alloc(4);
    size.writeInt32BE(entry.length);
    const hole = Buffer.from([0xff, 0xff, 0xff, 0xf8, 0, 0, 0, 0, 0, 0, 0, 0]);
    const whole = Buffer.concat([Buffer.from([5, 2]), hole, size, entry]);
    expect(principalsIn(whole)).toEqual(['zookeeper/zk-0@E.COM']);
    for (let end = 19; end < whole.length; end++)
      expect(principalsIn(whole.subarray(0, end))).toBeUndefined();
    expect(principalsIn(Buffer.from('not a keytab'))).toBeUndefined();
    expect(principalsIn(Buffer.from([5, 2]))).toEqual([]);
  });
});
