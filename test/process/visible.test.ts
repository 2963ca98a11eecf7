import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answering } from '../host/servers.ts';
import { HIDDEN, nasty, nastyInJson } from '../text/nasty.ts';
import { fakeJvm, startContainer } from './container.ts';
import { elsewhere, emptyVolume, firstOf, peer, threeMembers, volumeWithData } from './members.ts';
import { memberIn, run, temporaryFolder } from './run.ts';

/** All at once: each way out starts a process. A path holds no slash within a name, and no line is endless. */
const NASTY = nasty.map(([, text]) => text.replaceAll('/', '')).join('');
const IN_JSON = nastyInJson.map(([, text]) => text).join('');
const FORGED = /^2026-01-01 00:00:00/m;

function expectClean(output: string): void {
  expect(output.match(HIDDEN)).toBeNull();
  expect(output).not.toMatch(FORGED);
  for (const line of output.split('\n')) expect(line.length).toBeLessThan(20_000);
}

type Way = readonly [what: string, output: () => Promise<string>];

async function both(words: readonly string[], variables: Record<string, string> = {}, input?: string) {
  const { stdout, stderr } = await run(words, variables, input === undefined ? {} : { input });
  return `${stdout}\n${stderr}`;
}

const member = (more: Record<string, string>) => memberIn(temporaryFolder(), more);

const manifest = (name: string) =>
  JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: {
      serviceName: name,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name,
              image: 'zk-entrypoint',
              command: ['zk-entrypoint', 'start'],
              env: [{ name: `ZK_${name}`, value: name }],
            },
          ],
        },
      },
    },
  });

const commands: Way[] = [
  ['a value, check', () => both(['check'], member({ ZK_CLIENT_PORT: NASTY }))],
  ['a value, check for programs', () => both(['check', '--output', 'json'], member({ ZK_DATA_DIR: NASTY }))],
  ['a list of members', () => both(['check'], member({ ZK_ENSEMBLE: `zk-0;${NASTY}` }))],
  ['an extra line', () => both(['render'], member({ ZK_EXTRA_CONFIG: `a=${NASTY}` }))],
  [
    'a value, explained',
    () => both(['render', '--explain'], member({ ZK_CLUSTER_NAME: 'x', JVMFLAGS: NASTY })),
  ],
  ['the name of a variable', () => both(['check'], member({ [`ZK_CLIENT_POR${NASTY}`]: '1' }))],
  ['a pod’s name', () => both(['check'], member({ POD_NAME: `${NASTY}-0`, ZK_REPLICAS: '3' }))],
  [
    'a file’s content',
    () => {
      const path = join(temporaryFolder(), 'port');
      writeFileSync(path, NASTY);
      return both(['check'], member({ ZK_CLIENT_PORT_FILE: path }));
    },
  ],
  ['a file’s name', () => both(['check'], member({ ZK_CLIENT_PORT_FILE: `/tmp/${NASTY}` }))],
  [
    'a file on the volume',
    () => {
      const variables = { ...elsewhere(), ...member({}), ...volumeWithData() };
      for (const name of [`snapshot.${NASTY.slice(0, 40)}`, `log.${NASTY.slice(0, 40)}`])
        writeFileSync(join(variables.ZK_DATA_DIR, 'version-2', name), '');
      writeFileSync(join(variables.ZK_DATA_DIR, 'myid'), NASTY);
      return both(['check'], variables);
    },
  ],
  [
    'a record',
    () => {
      const record = {
        format: 1,
        ensemble: { name: NASTY, domain: NASTY },
        id: 3,
        role: 'participant',
        members: [],
      };
      const more = {
        firstStart: NASTY,
        lastCleanStop: null,
        zookeeper: NASTY,
        dataLogDir: NASTY,
        consents: [],
      };
      const volume = volumeWithData(JSON.stringify({ ...record, ...more }));
      return both(['check'], { ...member({ ZK_CLUSTER_NAME: 'orders' }), ...volume });
    },
  ],
  [
    'a jar',
    () => {
      const variables = member({});
      mkdirSync(join(variables['ZK_HOME'] ?? '', 'lib'), { recursive: true });
      writeFileSync(join(variables['ZK_HOME'] ?? '', 'lib', `zookeeper-${NASTY.slice(0, 60)}.jar`), '');
      return both(['check'], variables);
    },
  ],
  ['a flag', () => both(['status', `--${NASTY}`])],
  ['a command', () => both([NASTY])],
  ['members by address', () => both(['status', '--connect', NASTY])],
  ['a time', () => both(['live', '--timeout', NASTY])],
  ['a code', () => both(['check', '--explain', NASTY])],
  ['a token', () => both(['consent', NASTY], member({}))],
  ['a node', () => both(['sanity', '--path', NASTY, '--connect', '127.0.0.1:1'])],
  ['a manifest’s path', () => both(['check', '--manifest', NASTY])],
  ['a manifest that is none', () => both(['check', '--manifest', '-'], {}, `kind: ${NASTY}\n: {`)],
  ['a manifest', () => both(['check', '--manifest', '-'], {}, manifest(NASTY))],
  [
    'a manifest, for programs',
    () => both(['check', '--manifest', '-', '--output', 'json'], {}, manifest(NASTY)),
  ],
  ['an env file', () => both(['render', '--env-file', NASTY])],
];

describe('nothing hidden comes out of', () => {
  it.each(commands)('%s', async (_what, output) => {
    const text = await output();
    expect(text.trim()).not.toBe('');
    expectClean(text);
  });

  it.each(['status', 'live', 'ready', 'sanity'])('what a server answers to %s', async (command) => {
    await using server = await answering(() => `Zookeeper version: ${IN_JSON}\nMode: ${IN_JSON}\n`);
    const where = { ZK_CLIENT_PORT: String(server.port), ZK_HEALTH_PORT: '0', ZK_READINESS: 'serving' };
    const members =
      command === 'status' || command === 'sanity' ? ['--connect', `127.0.0.1:${server.port}`] : [];
    expectClean(await both([command, ...members, '--timeout', '1s'], where));
  });
});

/** What a peer may tell, everywhere that it is shown. */
const told = {
  servers: [`1=${NASTY}`, IN_JSON.slice(0, 900)],
  ensemble: NASTY,
  domain: NASTY,
  instance: NASTY,
};

describe('nothing hidden of a peer comes out of', () => {
  it('the log, /status and /metrics of a member that starts', async () => {
    const three = await threeMembers();
    await peer(three.hosts[1], three.healthPort, { servers: told.servers });
    await peer(three.hosts[2], three.healthPort, { ...told, id: 3 });
    const variables = { ...firstOf(three, { ZK_CLUSTER_NAME: 'orders' }), ...volumeWithData() };
    const container = startContainer(fakeJvm({ serve: true }), { variables });
    await container.says(/the JVM is started/);
    expect(container.output()).toMatch(/ZK-PEER-002 .*all is well/);
    expect(container.output()).toMatch(/ZK-PEER-003 .*all is well/);
    expectClean(container.output());
    for (const path of ['status', 'metrics', 'livez?verbose']) {
      const response = await fetch(`http://${three.hosts[0]}:${three.healthPort}/${path}`);
      expectClean(await response.text());
    }
    expectClean(
      await both(['check'], { ...elsewhere(), ...variables, ZK_HEALTH_PORT: String(three.healthPort) }),
    );
  });

  it('what a member that waits says to log, probes and peers', async () => {
    const three = await threeMembers();
    await peer(three.hosts[1], three.healthPort, { ...told, volume: 'empty', known: [] });
    const variables = { ...firstOf(three, { ZK_CLUSTER_NAME: 'orders' }), ...emptyVolume() };
    const container = startContainer(fakeJvm({ serve: true }), { variables });
    await container.says(/is of the ensemble .*all is well/);
    expectClean(container.output());
    for (const path of ['status', 'startupz', 'readyz?verbose']) {
      const response = await fetch(`http://${three.hosts[0]}:${three.healthPort}/${path}`);
      expectClean(await response.text());
    }
    const health = { ZK_HEALTH_ADDRESS: three.hosts[0], ZK_HEALTH_PORT: String(three.healthPort) };
    expectClean(await both(['ready'], health));
  });

  it('the termination message of a start that is refused', async () => {
    const container = startContainer('exit 0', { variables: { ZK_CLIENT_PORT: NASTY } });
    expect((await container.ended()).exitCode).toBe(78);
    expectClean(container.output() + container.terminationMessage());
    expect(container.terminationMessage()).toMatch(/ZK_CLIENT_PORT/);
  });
});
