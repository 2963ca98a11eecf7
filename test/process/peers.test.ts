import { describe, expect, it } from 'vitest';
import type { MemberFact } from '../../src/health/facts.ts';
import { serverThat, type TestServer } from '../host/servers.ts';
import { fakeJvm, startContainer } from './container.ts';
import {
  elsewhere,
  emptyVolume,
  firstOf,
  peer,
  type Three,
  threeMembers,
  volumeWithData,
} from './members.ts';
import { run } from './run.ts';

const STARTED = /the JVM is started/;
const CLUSTER = { ZK_CLUSTER_NAME: 'orders' };
/** What ZK_STRICT finds in every test: a distribution without its real files. */
const OTHERS = 'ZK-DISTRIBUTION-005,ZK-DISTRIBUTION-007';

/** What a peer of ours is told by its own list. */
const serversOf = ({ hosts }: Three) =>
  hosts.map((host, place) => `${place + 1}=${host}:${2888 + place}:${3888 + place}`);

/** The first of three with data, beside a second that tells this. */
async function beside(fact: (three: Three) => Partial<MemberFact>) {
  const three = await threeMembers();
  await peer(three.hosts[1], three.healthPort, { servers: serversOf(three), ...fact(three) });
  return { ...firstOf(three, CLUSTER), ...volumeWithData() };
}

/** The findings about peers, each without the address it is about. */
function aboutPeers(output: string): string[] {
  return [...output.matchAll(/(\w+ ZK-PEER-\d{3}) \S+: (.*)/g)].map(([, code, words]) => `${code} ${words}`);
}

describe('a peer that fits', () => {
  it('is no word worth', async () => {
    const variables = await beside(() => ({ ensemble: 'orders' }));
    const container = startContainer(fakeJvm({ serve: true }), { variables });
    await container.says(STARTED);
    expect(aboutPeers(container.output())).toEqual([]);
  });
});

describe('a peer with another list', () => {
  it.each<[string, (three: Three) => Partial<MemberFact>]>([
    [
      'of other ports',
      (three) => ({ servers: serversOf(three).map((line) => line.replace('2888', '2999')) }),
    ],
    [
      'of more members',
      (three) => ({ servers: [...serversOf(three), '4=zk-3:2888:3888'], voters: [1, 2, 3, 4] }),
    ],
    [
      'with an observer',
      (three) => ({ servers: serversOf(three).map((line) => line.replace(/$/, ':observer')) }),
    ],
  ])('%s is said with both lists, and the server started', async (_what, fact) => {
    const variables = await beside(fact);
    const container = startContainer(fakeJvm({ serve: true }), { variables });
    await container.says(STARTED);
    const [found, ...others] = aboutPeers(container.output());
    expect(found).toMatch(/^warning ZK-PEER-003 was started with 1=127\..*, this server with 1=127\./);
    expect(others).toEqual([]);
  });

  it('whose list is the same in another order is one that fits', async () => {
    const variables = await beside((three) => ({
      servers: serversOf(three).toReversed(),
      voters: [3, 2, 1],
    }));
    const { stdout, exitCode } = await run(['check'], { ...elsewhere(), ...variables });
    expect(aboutPeers(stdout)).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it('refuses nothing under ZK_STRICT, since anybody may have said it', async () => {
    const variables = await beside((three) => ({ servers: serversOf(three).slice(1), voters: [2, 3] }));
    const strict = { ...elsewhere(), ...variables, ZK_STRICT: 'true', ZK_IGNORE_FINDINGS: OTHERS };
    const { stdout, exitCode } = await run(['check'], strict);
    expect(aboutPeers(stdout)).toEqual([expect.stringMatching(/^warning ZK-PEER-003/)]);
    expect(exitCode).toBe(0);
  });
});

describe('a peer that has served without us', () => {
  const without = (three: Three) => ({ servers: serversOf(three), known: [2, 3], voters: [1, 2, 3] });

  it('is said where we hold data, which is old then', async () => {
    const { stdout, exitCode } = await run(['check'], { ...elsewhere(), ...(await beside(without)) });
    expect(aboutPeers(stdout)).toEqual([
      expect.stringMatching(/^warning ZK-PEER-007 has served with the voters 2, 3, without this member/),
    ]);
    expect(exitCode).toBe(0);
  });

  it.each<[string, Partial<MemberFact>, () => object]>([
    ['we hold nothing', {}, emptyVolume],
    ['it holds nothing itself', { volume: 'empty' }, volumeWithData],
    ['it has not served yet', { known: [] }, volumeWithData],
    ['it knows us', { known: [1, 2, 3, 4] }, volumeWithData],
  ])('is no matter where %s', async (_when, fact, volume) => {
    const variables = { ...(await beside((three) => ({ ...without(three), ...fact }))), ...volume() };
    const { stdout } = await run(['check'], { ...elsewhere(), ...variables });
    expect(aboutPeers(stdout)).toEqual([]);
  });
});

describe('a peer that cannot be one', () => {
  it.each<[string, Partial<MemberFact>, RegExp]>([
    ['with our id', { id: 1 }, /^warning ZK-PEER-001 runs with the id 1, the id of this member/],
    [
      'of another ensemble',
      { ensemble: 'payments' },
      /^warning ZK-PEER-002 is a member of the ensemble payments, this server is of orders/,
    ],
  ])(
    '%s is said and refuses nothing, though ZK_STRICT is set, and check says the same',
    async (_what, fact, words) => {
      const variables = { ...(await beside(() => fact)), ZK_STRICT: 'true', ZK_IGNORE_FINDINGS: OTHERS };
      const container = startContainer(fakeJvm({ serve: true }), { variables });
      await container.says(STARTED);
      expect(aboutPeers(container.output())).toEqual([expect.stringMatching(words)]);
      const { stdout, exitCode } = await run(['check'], {
        ...elsewhere(),
        ...variables,
        ...volumeWithData(),
      });
      expect(aboutPeers(stdout)).toEqual([expect.stringMatching(words)]);
      expect(exitCode).toBe(0);
    },
  );

  it('holds back a member without data, which does not count its answer', async () => {
    const three = await threeMembers();
    const empty = { volume: 'empty', known: [], servers: serversOf(three) } as const;
    await peer(three.hosts[1], three.healthPort, empty);
    await peer(three.hosts[2], three.healthPort, { ...empty, id: 1 });
    const container = startContainer(fakeJvm({ serve: true }), { variables: firstOf(three) });
    await container.says(new RegExp(`all members have answered: ${three.hosts[2]} answers as member 1;`));
    expect(container.output()).not.toMatch(STARTED);
  });

  it('is refused where most voters are of another ensemble', async () => {
    const three = await threeMembers();
    for (const [place, host] of three.hosts.slice(1).entries())
      await peer(host, three.healthPort, { id: place + 2, ensemble: 'payments' });
    const variables = { ...firstOf(three, CLUSTER), ...volumeWithData() };
    const container = startContainer(fakeJvm({ serve: true }), { variables });
    expect((await container.ended()).exitCode).toBe(78);
    expect(container.terminationMessage()).toMatch(
      /ZK-PEER-010 .*2 of 3 voters are members of another ensemble/,
    );
    expect(container.output()).not.toMatch(STARTED);
  });

  it('says alone that a quorum serves, which is not enough to join it', async () => {
    const three = await threeMembers();
    await peer(three.hosts[1], three.healthPort, { servers: serversOf(three), mode: 'leader' });
    const container = startContainer(fakeJvm({ serve: true }), { variables: firstOf(three) });
    await container.says(/without data this member waits|has vanished; it waits/);
    expect(container.output()).not.toMatch(STARTED);
    await peer(three.hosts[2], three.healthPort, { id: 3, servers: serversOf(three), mode: 'follower' });
    await container.says(/serves in a quorum, which holds the data/);
    await container.says(STARTED);
  });

  it('is not heard by one that waits: it would be counted twice', async () => {
    const three = await threeMembers();
    await peer(three.hosts[1], three.healthPort, {
      id: 3,
      volume: 'empty',
      known: [],
      servers: serversOf(three),
    });
    await peer(three.hosts[2], three.healthPort, {
      id: 3,
      volume: 'empty',
      known: [],
      servers: serversOf(three),
    });
    const container = startContainer(fakeJvm({ serve: true }), { variables: firstOf(three) });
    await container.says(new RegExp(`all members have answered: ${three.hosts[1]} answers as member 3;`));
    expect(container.output()).not.toMatch(STARTED);
  });
});

describe('a peer that says nothing of use', () => {
  it.each<[string, (host: string, port: number) => Promise<TestServer>]>([
    ['takes the question and never answers', (host, port) => serverThat(() => undefined, { host, port })],
    ['closes the connection', (host, port) => serverThat((socket) => socket.end(), { host, port })],
    [
      'is another program',
      (host, port) =>
        serverThat((socket) => socket.end('HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n'), { host, port }),
    ],
  ])('since it %s is no reason to hang for a member with data', async (_what, start) => {
    const three = await threeMembers();
    await using stranger = await start(three.hosts[1], three.healthPort);
    const variables = { ...firstOf(three), ...volumeWithData() };
    const container = startContainer(fakeJvm({ serve: true }), { variables });
    await container.says(STARTED);
    expect(aboutPeers(container.output())).toEqual([]);
    expect(stranger.taken).toBe(1);
  });

  it.each<[string, string]>([
    ['no JSON', 'well'],
    ['another program’s JSON', '{"status":"UP"}'],
    ['a member of the wrong kind', '{"entrypoint":{},"member":{"id":"2","voters":"all"}}'],
  ])('%s is passed over by check too', async (_what, body) => {
    const three = await threeMembers();
    const head = `HTTP/1.1 200 OK\r\nServer: zk-entrypoint\r\nContent-Length: ${body.length}\r\n\r\n`;
    await using other = await serverThat((socket) => socket.end(head + body), {
      host: three.hosts[1],
      port: three.healthPort,
    });
    const { stdout, exitCode } = await run(['check'], {
      ...elsewhere(),
      ...firstOf(three),
      ...volumeWithData(),
    });
    expect(aboutPeers(stdout)).toEqual([]);
    expect([exitCode, other.taken]).toEqual([0, 1]);
  });
});
