import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { namespaceNetwork, removeNetwork } from '../../scripts/torture/machine/network.ts';
import { testHome, testJavaHome } from './members.ts';

/**
 * Three servers with addresses of their own, as pods have, and TLS between them: what `check` says of a certificate is
 * what the servers of this release then do. No address leads back to a name, as before a pod is published.
 */
const IDS = [1, 2, 3];
const network = process.pid & 0xffff;
const folder = mkdtempSync(join(tmpdir(), 'quorum-tls-'));
const name = (id: number) => `zk-${id}.zk.svc`;
let net: ReturnType<typeof namespaceNetwork>;
let children: ChildProcess[] = [];

const openssl = (line: string) => execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'ignore' });

/** A store for each member, issued by the authority that all trust or by another, with the names that `of` gives. */
function issue(kind: string, of: (id: number) => string, by = 'ca'): void {
  for (const id of IDS) {
    const file = `${kind}-${id}`;
    writeFileSync(join(folder, `${file}.ext`), `subjectAltName=${of(id)}\n`);
    openssl(`req -new -newkey rsa:2048 -nodes -keyout ${file}.key -out ${file}.csr -subj /CN=zk`);
    openssl(
      `x509 -req -in ${file}.csr -CA ${by}.crt -CAkey ${by}.key -CAcreateserial -extfile ${file}.ext -days 90 -out ${file}.crt`,
    );
    const store = ['key', 'crt'].map((end) => readFileSync(join(folder, `${file}.${end}`), 'utf8'));
    writeFileSync(join(folder, `${file}.pem`), store.join(''));
  }
}

beforeAll(() => {
  net = namespaceNetwork(network, IDS.length);
  openssl('req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=ca -days 90');
  issue('names', (id) => `DNS:${name(id)}`);
  issue('both', (id) => `DNS:${name(id)},IP:${net.addressOf(id)}`);
  // Of the same name, as after an authority was made anew.
  openssl('req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.crt -subj /CN=ca -days 90');
  issue('foreign', (id) => `DNS:${name(id)},IP:${net.addressOf(id)}`, 'other');
  // The first line of an address is the name that it leads back to.
  const lines = IDS.flatMap((id) => [`${net.addressOf(id)} pod-${id}`, `${net.addressOf(id)} ${name(id)}`]);
  writeFileSync(join(folder, 'hosts'), `${lines.join('\n')}\n`);
});

afterEach(async () => {
  const left = children;
  children = [];
  await Promise.all(
    left.map(
      (child) =>
        new Promise((ended) =>
          child.exitCode === null ? child.once('exit', ended).kill('SIGKILL') : ended(0),
        ),
    ),
  );
});

afterAll(() => {
  removeNetwork(network);
  rmSync(folder, { recursive: true, force: true });
});

const tls = (kind: string, id: number, keys: readonly string[]) => [
  'sslQuorum=true',
  `ssl.quorum.keyStore.location=${join(folder, `${kind}-${id}.pem`)}`,
  `ssl.quorum.trustStore.location=${join(folder, 'ca.crt')}`,
  'ssl.quorum.trustStore.type=PEM',
  ...keys,
];

/** The codes that are about settings, as `check` finds them where member 1 runs. */
async function found(kind: string, keys: readonly string[]): Promise<string[]> {
  const [file, ...before] = net.inside(1, [process.execPath]) as [string, ...string[]];
  const program = join(import.meta.dirname, '../../bin/zk-entrypoint');
  const env = {
    PATH: process.env['PATH'] ?? '',
    ZK_HOME: testHome(),
    JAVA_HOME: testJavaHome(),
    ZK_ENSEMBLE: IDS.map(name).join(';'),
    ZK_MYID: '1',
    ZK_MYID_OFFSET: '0',
    ZK_USER: String(process.getuid?.() ?? 0),
    ZK_EXTRA_CONFIG: tls(kind, 1, keys).join('\n'),
  };
  const words = [...before, '--', program, 'check', '--output', 'json'];
  const child = spawn(file, words, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk));
  await new Promise((ended) => child.once('close', ended));
  const { findings } = JSON.parse(text) as { findings: { code: string; severity: string }[] };
  // Directories of this machine are no matter here.
  const told = findings.filter(({ code }) => !/^ZK-(VOLUME|SPACE|DISTRIBUTION|MEMORY)-/.test(code));
  return [...new Set(told.map(({ code }) => code))];
}

function start(kind: string, keys: readonly string[]): void {
  for (const id of IDS) {
    const home = join(folder, `member-${id}`);
    rmSync(home, { recursive: true, force: true });
    mkdirSync(join(home, 'data'), { recursive: true });
    writeFileSync(join(home, 'data/myid'), `${id}\n`);
    const servers = IDS.map((other) => `server.${other}=${name(other)}:2888:3888`);
    const times = [
      'tickTime=500',
      'initLimit=20',
      'syncLimit=10',
      'clientPort=2181',
      'admin.enableServer=false',
    ];
    const lines = [
      ...times,
      `dataDir=${join(home, 'data')}`,
      '4lw.commands.whitelist=srvr',
      ...tls(kind, id, keys),
    ];
    writeFileSync(join(home, 'zoo.cfg'), [...lines, ...servers].join('\n'));
    const flags = [
      '-Xmx96m',
      `-Djdk.net.hosts.file=${join(folder, 'hosts')}`,
      '-cp',
      join(testHome(), 'lib/*'),
    ];
    const java = [
      join(testJavaHome(), 'bin/java'),
      ...flags,
      'org.apache.zookeeper.server.quorum.QuorumPeerMain',
    ];
    const [file, ...words] = net.inside(id, [...java, join(home, 'zoo.cfg')]) as [string, ...string[]];
    const log = openSync(join(home, 'log'), 'w');
    children.push(spawn(file, words, { stdio: ['ignore', log, log] }));
  }
}

/** How many serve: all as soon as they do, or what it came to when the time is up. */
async function serving(withinMs: number): Promise<number> {
  const untilMs = performance.now() + withinMs;
  for (;;) {
    const modes = IDS.map(modeOf).filter((mode) => mode !== undefined);
    if (modes.length === IDS.length || performance.now() > untilMs) return modes.length;
    await sleep(500);
  }
}

function modeOf(id: number): string | undefined {
  const ask = 'exec 3<>/dev/tcp/127.0.0.1/2181 && printf srvr >&3 && timeout 2 cat <&3';
  const [file, ...words] = net.inside(id, ['bash', '-c', ask]) as [string, ...string[]];
  try {
    return /Mode: (\w+)/.exec(
      execFileSync(file, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    )?.[1];
  } catch {
    return undefined;
  }
}

const release = /zookeeper-(\d+\.\d+\.\d+)/.exec(testHome())?.[1] ?? '';
const OFF = 'ssl.quorum.hostnameVerification=false';
const ACCEPT = 'ssl.quorum.clientHostnameVerification=false';

/** Names alone: what is found of them, what the servers do, and what helps, on each release of these tests. */
const TOLD: Readonly<Record<string, { code: string[]; serve: boolean; remedy: string }>> = {
  '3.8.0': { code: ['ZK-TLS-010'], serve: false, remedy: OFF },
  '3.9.3': { code: [], serve: true, remedy: OFF },
  '3.9.6': { code: ['ZK-TLS-009'], serve: false, remedy: ACCEPT },
};

describe.runIf(Object.hasOwn(TOLD, release))(`TLS between members of ${release}`, () => {
  const told = TOLD[release] as (typeof TOLD)[string];

  it('with names and addresses in the certificates: nothing is found, and all serve', async () => {
    expect(await found('both', [])).toEqual([]);
    start('both', []);
    expect(await serving(60_000)).toBe(3);
  });

  it('with certificates of an authority that nobody trusts: it is found, and none serves', async () => {
    expect(await found('foreign', [])).toEqual(['ZK-TLS-014']);
    start('foreign', []);
    expect(await serving(15_000)).toBe(0);
  });

  it('with names alone: they serve only where nothing is found', async () => {
    expect(await found('names', [])).toEqual(told.code);
    start('names', []);
    // What serves, serves within a few seconds; what never will is given as long as an election takes twice over.
    expect(await serving(told.serve ? 60_000 : 15_000)).toBe(told.serve ? 3 : 0);
  });

  it('with names alone and the key that is advised: nothing is found, and all serve', async () => {
    expect(await found('names', [told.remedy])).toEqual([]);
    start('names', [told.remedy]);
    expect(await serving(60_000)).toBe(3);
  });
});
