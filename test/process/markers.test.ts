import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { bitnami } from '../../src/dialects/bitnami.ts';
import { confluent } from '../../src/dialects/confluent.ts';
import { dockerLibrary } from '../../src/dialects/docker-library.ts';
import type { Dialect } from '../../src/dialects/row.ts';
import { COMMANDS } from '../../src/manifest/pods/command.ts';
import { rows } from '../../src/settings/table.ts';
import { Authority } from '../real-servers/mounted-secret.ts';
import { type Container, fakeJvm, freePort, processesOf, startContainer } from './container.ts';
import { memberIn, run, temporaryFolder } from './run.ts';

/** No text of ours holds it, in whatever case. */
const CORE = randomBytes(16).toString('hex');

/** A secret that tells where it was planted; long enough for a key, and of no form that a reader could take for something else. */
function marker(place: string): string {
  return `mArK${CORE}-${place.replaceAll('_', '-')}`;
}

/** Where a secret may stand in a setting that holds more than it; any other is nothing but the secret. */
const WITHIN: Readonly<Record<string, (secret: string) => string>> = {
  ZK_EXTRA_CONFIG: (secret) => `my.passwd=${secret}\nssl.trustStore.password=${secret}\nnio.hidden=${secret}`,
  JVMFLAGS: (secret) => `-Dmy.thing=${secret} -Djavax.net.ssl.keyStorePassword=${secret}`,
  SERVER_JVMFLAGS: (secret) => `-Dother.password=${secret}`,
  ZK_QUORUM_USERS: (secret) => `bob:${secret}`,
  ZK_CLIENT_USERS: (secret) => `alice:${secret}`,
  // Base64 of 32 bytes.
  ZK_SUPER_DIGEST: () => `super:${CORE}AAAAAAAAAAA=`,
};

/** Every setting that may hold a secret, by the table, with one in it that a start takes. */
const PLANTED = rows
  .filter(([, row]) => row.secret)
  .map(([, row]) => {
    const { variable } = row;
    return { variable, row, text: (WITHIN[variable] ?? String)(marker(variable)) };
  });

/** What is marked in a text, each by its place. */
function found(text: string): string[] {
  return [...new Set(text.toLowerCase().match(new RegExp(`.{0,40}${CORE}[\\w-]*`, 'g')) ?? [])];
}

/** The same in the codings that a tool might choose; Base64 has three forms, by what stands before. */
function foundIn(text: string): string[] {
  const base64 = ['', 'x', 'xx'].map((lead) =>
    Buffer.from(lead + CORE)
      .toString('base64')
      .slice(4, -4),
  );
  const coded = [...base64, Buffer.from(CORE).toString('hex')];
  return [...found(text), ...coded.filter((each) => text.includes(each))];
}

interface Mounted {
  /** The folder that holds the secrets, as Kubernetes mounts it. */
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The secrets in files of a folder of their own, named by NAME_FILE. */
function mounted(texts: readonly { variable: string; text: string | Buffer }[]): Mounted {
  const folder = temporaryFolder();
  const variables: Record<string, string> = {};
  for (const { variable, text } of texts) {
    const path = join(folder, variable.toLowerCase());
    writeFileSync(path, text);
    chmodSync(path, 0o400);
    variables[`${variable}_FILE`] = path;
  }
  return { folder, variables };
}

/** A folder with certificates whose key is encrypted with the password that was planted. */
function certificates(password: string): Record<string, string> {
  const authority = new Authority();
  onTestFinished(() => authority.remove());
  const [folder, work] = [temporaryFolder(), temporaryFolder()];
  const files = {
    ...authority.issue('DNS:localhost', 'encrypted', { password }),
    'ca.crt': authority.certificate,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o400);
  }
  return { ZK_CLIENT_TLS_DIR: folder, ZK_TLS_WORK_DIR: join(work, 'tls') };
}

/** What stands on the disk below a folder, path by path, that others than its owner may read, or that has no business there. */
function leftBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .filter((path) => foundIn(readFileSync(path, 'latin1')).length > 0)
    .filter((path) => !mayHold(path));
}

/** ZooKeeper reads these files, so what is for it must stand there, for its owner alone. */
const OF_ZOOKEEPER: readonly (readonly [RegExp, RegExp])[] = [
  [/\/zoo\.cfg$/, /-(ZK-EXTRA-CONFIG|ZOO[A-Z-]*)$/i],
  [/\/jaas\.conf$/, /-ZK-(QUORUM-PASSWORD|QUORUM-USERS|CLIENT-USERS)$/i],
];

function mayHold(path: string): boolean {
  const isOwn = (statSync(path).mode & 0o077) === 0;
  const all = readFileSync(path, 'latin1').match(new RegExp(`${CORE}-[\\w-]+`, 'gi')) ?? [];
  const [, its] = OF_ZOOKEEPER.find(([name]) => name.test(path)) ?? [];
  return isOwn && its !== undefined && all.every((each) => its.test(each));
}

/** What of a process everybody may see, and what it hands on. */
function seenOf(pid: number, what: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'latin1').replaceAll('\0', '\n');
  } catch {
    return '';
  }
}

type Words = readonly (readonly string[])[];

/** Each command, in every form that tells something; a new one is missed here, and the test says so. */
function formsOf(folder: string): Readonly<Record<string, Words>> {
  const out = join(folder, 'out');
  const manifest = manifestIn(folder);
  return {
    // Started beside these, which look at it.
    start: [],
    render: [
      ['render'],
      ['render', '--explain'],
      ['render', '--output', 'json'],
      ['render', '--explain', '--output', 'json'],
      ['render', '--hostname', 'zk-1.zk.default.svc.cluster.local', '--explain'],
      ['render', '--zookeeper-version', '3.4', '--explain'],
      ['render', '--from', 'bitnami', '--explain'],
      ['render', '--out', out],
    ],
    check: [
      ['check'],
      ['check', '--output', 'json'],
      ['check', '--zookeeper-version', '3.8.0'],
      ['check', '--explain'],
      ['check', '--manifest', manifest],
      ['check', '--manifest', manifest, '--output', 'json'],
    ],
    settings: [['settings'], ['settings', '--output', 'json'], ['settings', '--output', 'markdown']],
    live: [['live']],
    ready: [['ready']],
    status: [['status'], ['status', '--output', 'json']],
    sanity: [
      ['sanity', '--timeout', '300ms'],
      ['sanity', '--output', 'json', '--timeout', '300ms'],
    ],
    scale: [['scale', '1', '--timeout', '1s']],
    consent: [['consent', '00000000']],
    release: [['release']],
    hold: [['hold', '--reason', 'a look', '--without-quorum']],
  };
}

/** A pod with every secret in it, in every way in which a pod gets one. */
function manifestIn(folder: string): string {
  const secrets = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'all' } };
  const stringData = Object.fromEntries(PLANTED.map(({ variable, text }) => [variable, text]));
  const pod = (name: string, env: object[], more: object = {}) => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      replicas: 1,
      serviceName: name,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'zk', image: 'zk-entrypoint', env, ...more }] },
      },
    },
  });
  const values = PLANTED.map(({ variable, text }) => ({ name: variable, value: text }));
  const wrong = PLANTED.map(({ variable }) => ({ name: variable, value: `${marker(variable)} \u0007=` }));
  const references = PLANTED.map(({ variable: name }) => ({
    name,
    valueFrom: { secretKeyRef: { name: 'all', key: name } },
  }));
  const files = PLANTED.map(({ variable }) => ({ name: `${variable}_FILE`, value: `/secrets/${variable}` }));
  const foreign = FOREIGN.map((name) => ({ name, value: foreignText(name) }));
  const objects = [
    { ...secrets, stringData },
    pod('plain', values),
    pod('wrong', wrong),
    pod('references', references),
    pod('files', files, { volumeMounts: [{ name: 'all', mountPath: '/secrets' }] }),
    pod('foreign', foreign, { image: 'bitnami/zookeeper:3.9' }),
  ];
  const mountsAll = objects[4] as ReturnType<typeof pod>;
  Object.assign(mountsAll.spec.template.spec, { volumes: [{ name: 'all', secret: { secretName: 'all' } }] });
  // Not below the folder that is searched.
  const path = join(temporaryFolder(), 'pods.yaml');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, objects.map((object) => stringify(object)).join('---\n'));
  return path;
}

/** The names of an image that hold a secret, or may: by what they are called there. ALLOW_ is a yes or no. */
function namesOf({ rows, prefix }: Dialect): string[] {
  const named = Object.keys(rows).filter((name) =>
    /^(?!ALLOW_).*(PASS|SECRET|TOKEN|OPTS|FLAGS|EXTRA)/.test(name),
  );
  return [...named, ...(prefix === undefined ? [] : [`${prefix.text}ssl_keyStore_password`])];
}

const FOREIGN = [...new Set([bitnami, confluent, dockerLibrary].flatMap(namesOf))];

/** A marker in the form that such a name takes. */
function foreignText(name: string): string {
  if (/OPTS|FLAGS/.test(name)) return `-Dmy.password=${marker(name)}`;
  return /EXTRA$/.test(name) ? `my.passwd=${marker(name)}` : marker(name);
}

/** Whatever a person or a program may read of the container, and what its processes show. */
async function driven(container: Container, more: { readonly health: string }) {
  const told: string[] = [];
  for (const path of ['/status', '/status?verbose', '/metrics', '/livez?verbose', '/readyz?verbose', '/x'])
    told.push(await (await fetch(`http://127.0.0.1:${more.health}${path}`)).text());
  process.kill(container.pid, 'SIGUSR1');
  await container.says(/serving for/);
  for (const words of Object.values(formsOf(container.folder)).flat()) {
    const { stdout, stderr, exitCode } = await run(words, { ...container.variables });
    expect([words, exitCode]).not.toEqual([words, undefined]);
    told.push(stdout, stderr);
  }
  return told;
}

/** Some twenty processes, one after the other. */
const MANY = { timeout: 120_000 };

/** A distribution that can speak TLS, as far as names of jars go. */
function withNetty(folder: string): void {
  mkdirSync(join(folder, 'home/lib'), { recursive: true });
  for (const name of ['buffer', 'codec', 'common', 'handler', 'resolver', 'transport'])
    writeFileSync(join(folder, `home/lib/netty-${name}-4.1.119.Final.jar`), '');
}

/** What a start of all this shows; it serves, is driven by every command, and ends. */
async function life(variables: Readonly<Record<string, string>>) {
  const health = String(await freePort());
  const container = startContainer(fakeJvm({ serve: true, mode: 'standalone' }), {
    variables: {
      ZK_CLIENT_PORT: String(await freePort()),
      ZK_SECURE_CLIENT_PORT: String(await freePort()),
      ZK_HEALTH_PORT: health,
      ZK_HEALTH_ADDRESS: '127.0.0.1',
      ZK_LOG_LEVEL: 'DEBUG',
      ...variables,
    },
    prepare: withNetty,
  });
  await container.says(/ZooKeeper answers/);
  const pids = processesOf(container.folder);
  const jvm = pids.find((pid) => /QuorumPeerMain/.test(seenOf(pid, 'cmdline'))) ?? 0;
  const seen = {
    commandLines: pids
      .filter((pid) => pid !== jvm)
      .map((pid) => seenOf(pid, 'cmdline'))
      .join('\n'),
    ofJvm: seenOf(jvm, 'cmdline'),
    environment: seenOf(jvm, 'environ'),
  };
  const told = await driven(container, { health });
  await container.ended();
  const said = [...told, container.output(), container.terminationMessage()].join('\n');
  return { ...seen, jvm, said, left: leftBelow(container.folder) };
}

const password = () => PLANTED.find(({ variable }) => variable === 'ZK_TLS_KEY_PASSWORD')?.text ?? '';

describe('a marker in every setting that takes a secret', () => {
  it('is taken by its setting, and there is one for each way of other images', () => {
    expect(PLANTED.length).toBeGreaterThan(4);
    const refused = PLANTED.filter(({ row, text }) => !row.kind.parse(text).ok).map(
      ({ variable }) => variable,
    );
    // A setting of another form needs a line in WITHIN.
    expect(refused).toEqual([]);
    expect(FOREIGN.length).toBeGreaterThan(10);
    expect(Object.keys(formsOf(temporaryFolder())).toSorted()).toEqual([...COMMANDS].toSorted());
  });

  it.each(['variables', 'files'] as const)(
    'by %s is in nothing that is said, shown or left',
    MANY,
    async (way) => {
      const given = way === 'files' ? mounted(PLANTED).variables : undefined;
      const variables = given ?? Object.fromEntries(PLANTED.map(({ variable, text }) => [variable, text]));
      const { said, left, commandLines, ofJvm, environment, jvm } = await life({
        ...variables,
        ...certificates(password()),
        ZK_QUORUM_USER: 'zk',
      });
      expect(foundIn(said)).toEqual([]);
      expect(left).toEqual([]);
      expect(jvm).toBeGreaterThan(0);
      expect(foundIn(commandLines)).toEqual([]);
      expect(foundIn(environment)).toEqual([]);
      // What is given as a flag of the JVM is on its command line, and check says so.
      const onCommandLine = (ofJvm.match(new RegExp(`${CORE}-[\\w-]+`, 'gi')) ?? []).map((each) =>
        each.split('-').at(-1),
      );
      expect([...new Set(onCommandLine)]).toEqual(['JVMFLAGS']);
      expect(said).toMatch(/ZK-SETTING-013 JVMFLAGS: -Djavax\.net\.ssl\.keyStorePassword holds a secret/);
    },
  );

  it.each([bitnami, confluent, dockerLibrary])(
    'in the names of $owner image is in nothing that is told',
    async (dialect) => {
      const folder = temporaryFolder();
      const variables = memberIn(
        folder,
        Object.fromEntries(namesOf(dialect).map((name) => [name, foreignText(name)])),
      );
      const forms = [
        ['render'],
        ['render', '--explain'],
        ['render', '--output', 'json'],
        ['render', '--write'],
        ['check'],
      ];
      for (const words of forms) {
        const from = words[0] === 'render' ? ['--from', dialect.id] : [];
        const { stdout, stderr } = await run([...words, ...from], variables);
        expect(foundIn(stdout + stderr)).toEqual([]);
      }
      expect(leftBelow(folder)).toEqual([]);
    },
  );

  it('in the names of other images is not handed on to the JVM, nor left by a start', MANY, async () => {
    let served = 0;
    for (const name of FOREIGN) {
      const container = startContainer(fakeJvm({ serve: true }), {
        variables: { [name]: foreignText(name) },
      });
      const [said] = await container.says(/ZooKeeper answers|refused to start/);
      if (said === 'ZooKeeper answers') {
        served += 1;
        const pids = processesOf(container.folder);
        const jvm = pids.find((pid) => /QuorumPeerMain/.test(seenOf(pid, 'cmdline'))) ?? 0;
        expect([name, foundIn(seenOf(jvm, 'environ'))]).toEqual([name, []]);
        expect(seenOf(jvm, 'environ')).toContain('ZK_CONF_DIR');
        container.process.kill('SIGTERM');
      }
      await container.ended();
      expect([name, foundIn(container.output() + container.terminationMessage())]).toEqual([name, []]);
      expect(leftBelow(container.folder)).toEqual([]);
    }
    expect(served).toBeGreaterThan(FOREIGN.length / 2);
  });
});

/** What a file of a secret may hold by mistake. */
const MISTAKES: readonly (readonly [string, (secret: string) => string | Buffer])[] = [
  ['with a control character', (secret) => `${secret}\u0007`],
  ['on two lines', (secret) => `${secret}\n${secret}`],
  ['after a sign', (secret) => `=${secret}`],
  ['of a key twice', (secret) => `x=${secret}\nx=${secret}`],
  ['with blanks', (secret) => `x ${secret} ${secret} %`],
  ['in UTF-16', (secret) => Buffer.from(secret, 'utf16le')],
  ['in two megabytes', (secret) => secret.repeat(40_000)],
  ['as a certificate', (secret) => `-----BEGIN CERTIFICATE-----\n${secret}\n-----END CERTIFICATE-----\n`],
];

/** A start that is refused, and what is said of it; the files are those of `variables`. */
async function refusal(variables: Readonly<Record<string, string>>) {
  const container = startContainer('exit 3', { variables });
  const { exitCode } = await container.ended();
  const told = [container.output(), container.terminationMessage()];
  for (const words of [['check'], ['check', '--output', 'json'], ['render', '--explain'], ['render']]) {
    const { stdout, stderr } = await run(words, { ...container.variables });
    told.push(stdout, stderr);
  }
  return { exitCode, said: told.join('\n'), left: leftBelow(container.folder) };
}

describe('a secret that is wrong', () => {
  it.each(MISTAKES)('%s refuses the start and is told by nobody', async (_what, mistake) => {
    const wrong = PLANTED.map(({ variable }) => ({ variable, text: mistake(marker(variable)) }));
    const byFile = await refusal(mounted(wrong).variables);
    expect(byFile.exitCode).toBe(78);
    expect([foundIn(byFile.said), byFile.left]).toEqual([[], []]);
    // As variables where a variable can hold it.
    const texts = wrong.filter(({ text }) => typeof text === 'string' && text.length < 100_000);
    if (texts.length === 0) return;
    const byName = await refusal(
      Object.fromEntries(texts.map(({ variable, text }) => [variable, String(text)])),
    );
    expect([foundIn(byName.said), byName.left]).toEqual([[], []]);
  });

  it('is told by nobody where it is given twice, is a folder, or is not there', async () => {
    const { variables, folder } = mounted(PLANTED);
    const both = {
      ...variables,
      ...Object.fromEntries(PLANTED.map(({ variable, text }) => [variable, text])),
    };
    const twice = await refusal(both);
    expect(twice.said).toContain('ZK-SETTING-002');
    expect([twice.exitCode, foundIn(twice.said), twice.left]).toEqual([78, [], []]);
    for (const { variable } of PLANTED) rmSync(join(folder, variable.toLowerCase()));
    for (const { variable } of PLANTED.slice(1))
      mkdirSync(join(folder, variable.toLowerCase(), marker(variable)), { recursive: true });
    const gone = await refusal(variables);
    expect(gone.said).toContain('ZK-SETTING-003');
    expect([gone.exitCode, foundIn(gone.said), gone.left]).toEqual([78, [], []]);
  });

  it('is told by nobody where it is the password of another key', async () => {
    const variables = { ...certificates('another password'), ZK_TLS_KEY_PASSWORD: password() };
    const { exitCode, said, left } = await refusal(variables);
    expect(said).toMatch(/tls\.key/);
    expect([exitCode, foundIn(said), left]).toEqual([78, [], []]);
  });

  it('in the lines of --env-file is told by nobody', async () => {
    const folder = temporaryFolder();
    const path = join(temporaryFolder(), 'zk.env');
    const lines = PLANTED.map(({ variable, text }) => `${variable}=${JSON.stringify(text)}`);
    writeFileSync(path, [...lines, marker('alone'), `A=${marker('a')}#x`].join('\n'));
    for (const command of ['check', 'render', 'start']) {
      const { stdout, stderr } = await run([command, '--env-file', path], memberIn(folder));
      expect(foundIn(stdout + stderr)).toEqual([]);
    }
    expect(leftBelow(folder)).toEqual([]);
  });
});

describe('the search', () => {
  it('finds what is there, as a control', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'zoo.cfg'), marker('ZK_EXTRA_CONFIG'), { mode: 0o644 });
    writeFileSync(join(folder, 'other'), Buffer.from(marker('x')).toString('base64'), { mode: 0o600 });
    expect(leftBelow(folder)).toHaveLength(2);
    chmodSync(join(folder, 'zoo.cfg'), 0o600);
    expect(leftBelow(folder)).toEqual([join(folder, 'other')]);
    const variables = memberIn(folder, { ZK_EXTRA_CONFIG: `my.passwd=${marker('ZK_EXTRA_CONFIG')}` });
    await run(['render', '--write'], variables);
    expect(readFileSync(join(folder, 'conf/zoo.cfg'), 'utf8')).toContain(CORE);
  });
});
