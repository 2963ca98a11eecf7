import { chmodSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MemberFact } from '../../src/health/facts.ts';
import { type Container, fakeJvm, freePort, startContainer } from './container.ts';
import { emptyVolume, firstOf, memberOf, peer, type Three, threeMembers, volumeWithData } from './members.ts';
import { run, temporaryFolder } from './run.ts';

const STARTED = /the JVM is started/;
const WAITS = /without data this member waits/;
const OLD = 'old-0123456789abcdef0123456789abcdef';
const NEW = 'new-fedcba9876543210fedcba9876543210';
const CLUSTER = { ZK_CLUSTER_NAME: 'orders' };

/** A mounted key, or none. */
function keyed(...keys: string[]): Record<string, string> {
  if (keys.length === 0) return {};
  const path = join(temporaryFolder(), 'peer-key');
  writeFileSync(path, `${keys.join('\n')}\n`);
  chmodSync(path, 0o400);
  return { ZK_PEER_KEY_FILE: path };
}

/** The hosts of peers that are said to have no key of ours. */
function unmarked(output: string): string[] {
  return [...output.matchAll(/ZK-PEER-011 (\S+):/g)].map(([, host]) => host as string);
}

const servers = ({ hosts }: Three) =>
  hosts.map((host, place) => `${place + 1}=${host}:${2888 + place}:${3888 + place}`);

type Lie = Partial<MemberFact> & { readonly mode?: string | null };

/** Strangers at the addresses of both peers, who both say the same. */
async function besideLiars(lie: Lie): Promise<Three> {
  const three = await threeMembers();
  for (const [place, host] of three.hosts.slice(1).entries())
    await peer(host, three.healthPort, { id: place + 2, servers: servers(three), ...lie });
  return three;
}

describe('strangers at the addresses of all peers', () => {
  it.each<[string, Lie, RegExp]>([
    ['say that they hold nothing', { volume: 'empty', known: [] }, /this member begins with nothing/],
    ['say that they serve', { mode: 'follower' }, /this member joins it without a vote/],
  ])('who %s let no empty member start where there is a key', async (_what, lie, without) => {
    const three = await besideLiars(lie);
    const start = (key: Record<string, string>) =>
      startContainer(fakeJvm({ serve: true }), { variables: { ...firstOf(three, key), ...emptyVolume() } });
    const container = start(keyed(OLD));
    await container.says(WAITS);
    const [, second, third] = three.hosts;
    expect(unmarked(container.output())).toEqual([second, third]);
    expect(container.output()).toContain(`${second} answers without a mark, so it has no ZK_PEER_KEY`);
    expect(container.output()).not.toMatch(STARTED);
    container.process.kill('SIGTERM');
    await container.ended();
    // A control: without a key they are believed.
    await start({}).says(without);
  });

  it.each<[string, (three: Three) => Lie, string]>([
    ['are of another ensemble', () => ({ ensemble: 'payments' }), 'ZK-PEER-010'],
    [
      'serve with another list',
      (three) => ({
        mode: 'follower',
        voters: [2, 3, 4, 5, 6],
        known: [2, 3, 4, 5, 6],
        servers: servers(three).slice(1),
      }),
      'ZK-PEER-009',
    ],
  ])('who %s neither refuse nor hold a member where there is a key', async (_what, lie, code) => {
    const three = await threeMembers();
    for (const [place, host] of three.hosts.slice(1).entries())
      await peer(host, three.healthPort, { id: place + 2, ensemble: 'orders', ...lie(three) });
    const start = (key: Record<string, string>) =>
      startContainer(fakeJvm({ serve: true }), {
        variables: { ...firstOf(three, { ...CLUSTER, ...key }), ...volumeWithData() },
      });
    const container = start(keyed(OLD));
    await container.says(STARTED);
    expect(unmarked(container.output())).toEqual(three.hosts.slice(1));
    expect(container.output()).not.toMatch(/ZK-PEER-0(0\d|10)/);
    container.process.kill('SIGTERM');
    await container.ended();
    // A control: without a key one lie refuses the start, and the other holds it.
    const believing = start({});
    await believing.says(new RegExp(code));
    expect(believing.output()).not.toMatch(STARTED);
  });

  it('who hand on what a member says speak for nobody else', async () => {
    const three = await threeMembers();
    const [, second, third] = three.hosts;
    const key = keyed(OLD);
    const start = (ordinal: 0 | 1) =>
      startContainer(fakeJvm({ serve: true }), {
        variables: { ...memberOf(three, ordinal, key), ...emptyVolume() },
      });
    await start(1).says(WAITS);
    await relay(third, three.healthPort, second);
    const first = start(0);
    await first.says(new RegExp(`${third} answers as member 2`));
    expect(first.output()).not.toMatch(STARTED);
    // Its mark is right: it is what the second member says of itself.
    expect(unmarked(first.output())).toEqual([]);
  });
});

/** Listens as a stranger, and hands on each question and its answer. */
async function relay(host: string, port: number, to: string): Promise<void> {
  const server = createServer((socket) => {
    const onward = connect({ host: to, port });
    socket.pipe(onward).pipe(socket);
    for (const each of [socket, onward]) each.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  onTestFinished(() => void server.close());
}

/** Three members with data that serve, each of which can be started anew with other variables. */
async function ensemble() {
  const three = await threeMembers();
  const clientPort = String(await freePort());
  const volumes = [volumeWithData(), volumeWithData(), volumeWithData()] as const;
  const running: Container[] = [];
  const restart = async (ordinal: 0 | 1 | 2, more: Readonly<Record<string, string>>) => {
    const before = running[ordinal];
    before?.process.kill('SIGTERM');
    await before?.ended();
    const mode = ordinal === 0 ? 'leader' : 'follower';
    const variables = { ZK_CLIENT_PORT: clientPort, ZK_STOP_WAIT: '0', ...more, ...volumes[ordinal] };
    const started = startContainer(fakeJvm({ serve: true, mode }), {
      variables: memberOf(three, ordinal, variables),
    });
    running[ordinal] = started;
    await started.says(/ZooKeeper answers/);
    return unmarked(started.output());
  };
  /** One after the other; who was found without a right mark by each. */
  const roll = async (more: Readonly<Record<string, string>>) => {
    const found: string[][] = [];
    for (const ordinal of [0, 1, 2] as const) found.push(await restart(ordinal, more));
    return found;
  };
  return { three, roll, restart, running };
}

const NOBODY = [[], [], []];

describe('a key', () => {
  it('is changed in two rolling restarts, in which every member hears every other', async () => {
    const { three, roll, restart, running } = await ensemble();
    await roll(keyed(OLD));
    expect(await roll(keyed(OLD, NEW))).toEqual(NOBODY);
    expect(await roll(keyed(NEW))).toEqual(NOBODY);
    // A control: with one step left out the others are not heard, and a member with data starts all the same.
    expect(await restart(0, keyed(OLD))).toEqual(three.hosts.slice(1));
    const [first] = running as [Container];
    const shown = await run(['status', '--timeout', '2s'], first.variables);
    expect(shown.stdout).toContain('leader');
  });

  it('is introduced in two rolling restarts, and none of them holds a member', async () => {
    const { three, roll } = await ensemble();
    const [, second, third] = three.hosts;
    expect(await roll({})).toEqual(NOBODY);
    const key = keyed(OLD);
    // Each is told of those that have not got it yet.
    expect(await roll({ ...key, ZK_PEER_AUTH: 'want' })).toEqual([[second, third], [third], []]);
    expect(await roll(key)).toEqual(NOBODY);
  });

  it('is in no answer, and an answer has a mark for the number it was asked with alone', async () => {
    const { three, roll } = await ensemble();
    await roll(keyed(OLD, NEW));
    const ask = async (path: string) => {
      const response = await fetch(`http://${three.hosts[0]}:${three.healthPort}${path}`);
      return { marks: response.headers.get('zk-entrypoint-marks'), text: await response.text() };
    };
    const nonce = 'ab'.repeat(16);
    const marked = await ask(`/status?nonce=${nonce}`);
    expect(marked.marks).toMatch(/^[0-9a-f]{64},[0-9a-f]{64}$/);
    const others = await Promise.all(
      ['/status', '/status?nonce=1', `/metrics?nonce=${nonce}`, `/livez?nonce=${nonce}`].map(ask),
    );
    expect(others.map(({ marks }) => marks)).toEqual([null, null, null, null]);
    const told = [marked, ...others].map(({ text }) => text).join();
    for (const secret of [OLD, NEW, OLD.slice(4), NEW.slice(4)]) expect(told).not.toContain(secret);
  });
});
