import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectTlsStore } from '../../src/host/tls/tls-store.ts';
import { prepare } from '../../src/preparation/prepare.ts';
import { watchCertificates } from '../../src/supervision/certificates.ts';
import { fakeMachine } from '../preparation/fake-machine.ts';

const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A key with its certificate, which ends after so many days. */
function store(name: string, { days, names: alternatives }: { days: number; names: string }): string {
  const path = join(folder, name);
  const to = ['-keyout', `${path}.key`, '-out', `${path}.crt`, '-days', String(days)];
  const names = ['-subj', '/CN=zk', '-addext', `subjectAltName=${alternatives}`];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...to, ...names], {
    stdio: 'ignore',
  });
  writeFileSync(path, readFileSync(`${path}.key`, 'utf8') + readFileSync(`${path}.crt`, 'utf8'));
  return path;
}
const DNS = 'DNS:*.zk-headless.default.svc.cluster.local';
// The old one names no address, so that something is found of it between members.
const old = store('old.pem', { days: 3, names: DNS });
const renewed = store('renewed.pem', { days: 300, names: `${DNS},IP:10.0.0.1` });
const trusted = join(folder, 'trusted.pem');
writeFileSync(trusted, readFileSync(old, 'utf8') + readFileSync(renewed, 'utf8'));
const damaged = join(folder, 'damaged.pem');
writeFileSync(damaged, 'nothing of use');

const NETTY = 'serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory';
const clients = (path: string, ...more: string[]) => [
  'secureClientPort=2281',
  NETTY,
  `ssl.keyStore.location=${path}`,
  ...more,
];
const quorum = (path: string, ...more: string[]) => [
  'sslQuorum=true',
  `ssl.quorum.keyStore.location=${path}`,
  `ssl.quorum.trustStore.location=${trusted}`,
  ...more,
];

/** Puts the old store where it belongs, as a plain file or as a Secret of Kubernetes, and says how to renew it. */
function place(how: How): { path: string; renew(from: string): void } {
  const home = mkdtempSync(join(folder, 'tls-'));
  const path = join(home, 'key.pem');
  if (how !== 'link') copyFileSync(old, path);
  else {
    mkdirSync(join(home, '..1'));
    copyFileSync(old, join(home, '..1/key.pem'));
    symlinkSync('..1', join(home, '..data'));
    symlinkSync('..data/key.pem', path);
  }
  return {
    path,
    renew(from) {
      if (how === 'write') writeFileSync(path, readFileSync(from));
      if (how === 'rename') {
        copyFileSync(from, join(home, 'new'));
        renameSync(join(home, 'new'), path);
      }
      if (how === 'link') {
        mkdirSync(join(home, '..2'));
        copyFileSync(from, join(home, '..2/key.pem'));
        symlinkSync('..2', join(home, '..new'));
        renameSync(join(home, '..new'), join(home, '..data'));
      }
    },
  };
}
type How = 'write' | 'rename' | 'link';

async function watched({ release, lines }: { release: string; lines: readonly string[] }) {
  const machine = {
    ...fakeMachine({
      release,
      jars: ['netty-codec.jar'],
      variables: {
        ZK_REPLICAS: '3',
        ZK_EXTRA_CONFIG: lines.join('\n'),
        ZK_IGNORE_FINDINGS: 'ZK-DISTRIBUTION-007,ZK-DISTRIBUTION-008',
      },
    }),
    inspectTlsStore: async (question: Parameters<typeof inspectTlsStore>[0]) => inspectTlsStore(question),
  };
  const { facts, ledger } = await prepare(machine, { assume: { kind: 'nothing' } });
  const clock = { ms: 0 };
  const startedAtMs = Date.now() - 60_000;
  const certificates = await watchCertificates({
    facts,
    ledger,
    jvmStartedAtMs: () => startedAtMs,
    clockMs: () => clock.ms,
  });
  return {
    ledger,
    later: (ms: number) => {
      clock.ms += ms;
    },
    days: () =>
      certificates()
        .filter(({ name }) => name.endsWith('keyStore'))
        .map(({ expiresAtMs }) => Math.round((expiresAtMs - Date.now()) / 86_400_000))
        .join(),
    codes: () => ledger.findings.map(({ code }) => code).join(),
  };
}

describe('the certificate in use after a renewal', () => {
  const reload = 'sslQuorumReloadCertFiles=true';
  const certReload = 'client.certReload=true';
  it.each<[string, 'quorum' | 'clients', string[], How, 'old' | 'renewed']>([
    ['3.9.6', 'quorum', [reload], 'write', 'renewed'],
    ['3.9.6', 'quorum', [reload], 'rename', 'renewed'],
    ['3.9.6', 'quorum', [reload], 'link', 'old'],
    ['3.9.6', 'quorum', [], 'rename', 'old'],
    ['3.9.6', 'clients', [], 'rename', 'renewed'],
    ['3.9.6', 'clients', [], 'link', 'renewed'],
    ['3.9.3', 'clients', [certReload], 'write', 'renewed'],
    ['3.8.0', 'quorum', [reload], 'rename', 'renewed'],
    ['3.8.0', 'quorum', [reload], 'link', 'old'],
    ['3.8.0', 'clients', [], 'rename', 'old'],
    ['3.8.5', 'clients', [certReload], 'rename', 'renewed'],
    ['3.8.5', 'clients', [certReload], 'link', 'old'],
    ['3.8.5', 'clients', [], 'write', 'old'],
  ])('%s, %s, %j, %s: the %s one', async (release, whose, more, how, inUse) => {
    const lines = whose === 'quorum' ? quorum : clients;
    const { path, renew } = place(how);
    const server = await watched({ release, lines: lines(path, ...more) });
    const before = server.codes();
    expect(server.days()).toBe('3');
    expect(before !== '').toBe(lines === quorum);
    renew(renewed);
    expect(server.days()).toBe('3');
    server.later(10_000);
    expect(server.days()).toBe(inUse === 'old' ? '3' : '300');
    expect(server.codes()).toBe(inUse === 'old' ? [before, 'ZK-TLS-011'].filter(Boolean).join() : '');
  });

  it('is not judged anew while nothing changes, nor more often than every ten seconds', async () => {
    const { path, renew } = place('rename');
    const server = await watched({ release: '3.9.6', lines: clients(path) });
    renew(renewed);
    server.later(9_999);
    expect(server.days()).toBe('3');
    server.later(1);
    expect(server.days()).toBe('300');
  });

  it('stays the old one when the new file cannot be used, which is said', async () => {
    const { path, renew } = place('rename');
    const server = await watched({ release: '3.9.6', lines: quorum(path, reload) });
    renew(damaged);
    server.later(10_000);
    expect(server.days()).toBe('3');
    expect(server.codes()).toContain('ZK-TLS-011');
    renew(renewed);
    server.later(10_000);
    expect(server.days()).toBe('300');
    expect(server.codes()).toBe('');
  });

  it('is gone with a file that clients are served from and that is damaged', async () => {
    const { path, renew } = place('rename');
    const server = await watched({ release: '3.9.6', lines: clients(path) });
    renew(damaged);
    server.later(10_000);
    expect(server.days()).toBe('');
    expect(server.codes()).toContain('ZK-TLS-004');
  });

  it('is unchanged while the file is away for a moment', async () => {
    const { path, renew } = place('rename');
    const server = await watched({ release: '3.9.6', lines: clients(path) });
    rmSync(path);
    server.later(10_000);
    expect(server.days()).toBe('3');
    renew(renewed);
    server.later(10_000);
    expect(server.days()).toBe('300');
  });
});
