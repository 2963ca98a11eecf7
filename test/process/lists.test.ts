import { describe, expect, it } from 'vitest';
import { formatRecord } from '../../src/admission/record.ts';
import type { Status } from '../../src/health/status.ts';
import { fakeJvm, startContainer } from './container.ts';
import {
  elsewhere,
  emptyVolume,
  firstOf,
  peer,
  recordText,
  type Three,
  threeMembers,
  volumeWithData,
} from './members.ts';
import { run } from './run.ts';

const STARTED = /the JVM is started/;
const WAITS = /this member waits until the old list cannot form a second quorum/;

interface Before {
  /** The list that the server was last started with; undefined in a record of before there was such a field. */
  readonly begun?: readonly number[];
  readonly members?: readonly number[];
  readonly promised?: readonly (readonly number[])[];
  readonly hosts?: Readonly<Record<string, string>>;
}

/** A volume that has served with this list. */
function volumeOf({ begun, members = begun ?? [1, 2, 3], promised, hosts }: Before) {
  return volumeWithData(
    formatRecord({
      format: 1,
      ensemble: { name: null, domain: null },
      id: 1,
      role: 'participant',
      members,
      ...(begun === undefined ? {} : { begun: { voters: begun, epoch: 1, ...(hosts && { hosts }) } }),
      ...(promised && { promised }),
      firstStart: '2026-01-02T03:04:05.678Z',
      lastCleanStop: null,
      zookeeper: '3.9.6',
      dataLogDir: '',
      consents: [],
    }),
  );
}

/** The first of three, and what the other two tell where they tell anything; `told` is by id. */
async function firstBeside(
  before: Before,
  told: Readonly<Record<number, Parameters<typeof peer>[2]>> = {},
  more: Readonly<Record<string, string>> = {},
) {
  const three = await threeMembers();
  for (const id of [2, 3]) await tells(three, id, told[id]);
  const volume = volumeOf(before);
  return { three, volume, variables: { ...firstOf(three, more), ...volume } };
}

async function tells(three: Three, id: number, fact: Parameters<typeof peer>[2] | undefined): Promise<void> {
  if (fact === undefined) return;
  const host = three.hosts[id - 1] ?? '';
  await peer(host, three.healthPort, { id, known: fact.voters ?? [], ...fact });
}

const start = (variables: Readonly<Record<string, string>>) =>
  startContainer(fakeJvm({ serve: true }), { variables });

const statusOf = async ({ hosts, healthPort }: Three): Promise<Status> =>
  JSON.parse(
    await (
      await fetch(`http://${hosts[0]}:${healthPort}/status`, { headers: { connection: 'close' } })
    ).text(),
  );

const readiness = async ({ hosts, healthPort }: Three, path: string) =>
  (await fetch(`http://${hosts[0]}:${healthPort}${path}`, { headers: { connection: 'close' } })).status;

describe('a list that is as it was', () => {
  it.each<[string, Before]>([
    ['the record says so', { begun: [1, 2, 3] }],
    ['the record is of before there was such a field', { members: [1, 2, 3] }],
    ['it was told again since', { begun: [1, 2, 3], promised: [[3, 2, 1]] }],
  ])('is started with though nobody is heard, where %s', async (_where, before) => {
    const { variables } = await firstBeside(before);
    const container = start(variables);
    await container.says(STARTED);
    expect(container.output()).not.toMatch(/ZK-PEER-00[89]/);
  });

  it.each<[string, Parameters<typeof peer>[2]]>([
    ['serves alone', { voters: [2], mode: 'standalone' }],
    ['leads a list of nine', { voters: [2, 4, 5, 6, 7, 8, 9, 10, 11], mode: 'leader' }],
    ['waits with another list', { voters: [2, 3, 4, 5, 6], waiting: true }],
  ])('is started with beside one peer that %s: it may say what it likes', async (_that, fact) => {
    const { variables } = await firstBeside({ begun: [1, 2, 3] }, { 2: fact });
    const container = start(variables);
    await container.says(STARTED);
  });
});

describe('a list of five that is as it was', () => {
  it('is started with beside two peers that say they serve as an ensemble of their own', async () => {
    const five = [1, 2, 3, 4, 5];
    const alone = { voters: [2, 3], mode: 'follower' };
    const { three, variables } = await firstBeside({ begun: five }, { 2: alone, 3: alone });
    const list = `${three.list};127.0.0.1:2999:3999;127.0.0.1:2998:3998`;
    const container = start({ ...variables, ZK_ENSEMBLE: list });
    await container.says(STARTED);
    expect(container.output()).not.toMatch(/ZK-PEER-00[89]/);
  });
});

describe('a list of one voter more or less', () => {
  it.each<[string, readonly number[]]>([
    ['less', [1, 2, 3, 4]],
    ['more', [1, 2]],
  ])('%s than an even one is started with when all are heard', async (_what, begun) => {
    const { three, variables } = await firstBeside({ begun });
    const container = start(variables);
    await container.says(WAITS);
    expect(container.output()).not.toMatch(STARTED);
    for (const id of [2, 3]) await tells(three, id, { voters: [1, 2, 3], known: begun });
    await container.says(STARTED);
  });

  it('more than an odd one is started with though nobody is heard', async () => {
    const three = await threeMembers();
    const list = `${three.list};127.0.0.1:2999:3999`;
    const volume = volumeOf({ begun: [1, 2, 3] });
    const container = start({ ...firstOf(three), ZK_ENSEMBLE: list, ...volume });
    await container.says(STARTED);
    expect(JSON.parse(recordText(volume))).toMatchObject({ begun: { voters: [1, 2, 3, 4] }, promised: [] });
  });
});

describe('a list that could make a second quorum', () => {
  const serving = { voters: [2, 3, 9], mode: 'follower' };

  it('is refused where the others serve with theirs, and check says the same', async () => {
    const { variables } = await firstBeside(
      { begun: [1, 2, 3] },
      { 2: serving, 3: { ...serving, mode: 'leader' } },
    );
    const container = start(variables);
    expect((await container.ended()).exitCode).toBe(78);
    expect(container.terminationMessage()).toMatch(
      /ZK-PEER-008 .* serve with the voters 2, 3, 9, and there would be two quorums/,
    );
    expect(container.output()).not.toMatch(STARTED);
    const { stdout, exitCode } = await run(['check'], { ...elsewhere(), ...variables });
    expect(stdout).toMatch(/error ZK-PEER-008/);
    expect(exitCode).toBe(78);
  });

  it('waits where only one says so, and is refused when a second does', async () => {
    const { three, variables } = await firstBeside({ begun: [1, 2, 3, 4, 5] }, { 2: serving });
    const container = start(variables);
    await container.says(WAITS);
    await tells(three, 3, serving);
    expect((await container.ended()).exitCode).toBe(78);
    expect(container.output()).not.toMatch(STARTED);
  });

  it('waits alive and not ready, says for whom, and has written down what it tells', async () => {
    const { three, volume, variables } = await firstBeside(
      { begun: [1, 2, 3, 4, 5] },
      { 2: { voters: [1, 2, 3, 4, 5] } },
    );
    const container = start(variables);
    await container.says(WAITS);
    expect(await readiness(three, '/livez')).toBe(200);
    expect(await readiness(three, '/startupz')).toBe(200);
    expect(await readiness(three, '/readyz')).toBe(503);
    expect(await readiness(three, '/ruok')).toBe(503);
    const status = await statusOf(three);
    expect(status.member).toMatchObject({ voters: [1, 2, 3], waiting: true });
    expect(status.entrypoint.waiting).toMatchObject({
      for: expect.stringMatching(
        `${three.hosts[2]} does not listen .*${three.hosts[1]} still has the voters 1, 2, 3, 4, 5`,
      ),
      remedy: expect.stringMatching(
        /from 5 to 3 go over 4 \(next: the voters 1, 2, 3, 4\).*zk-entrypoint consent/,
      ),
    });
    expect(status.findings).toContainEqual(
      expect.objectContaining({ code: 'ZK-PEER-009', severity: 'note' }),
    );
    expect(JSON.parse(recordText(volume))).toMatchObject({
      begun: { voters: [1, 2, 3, 4, 5] },
      promised: [[1, 2, 3]],
    });
    container.process.kill('SIGTERM');
    expect(await container.ended()).toMatchObject({ exitCode: 0 });
  });

  it('goes on when all of the new list wait with it, and those that go are gone for good', async () => {
    const told = { voters: [1, 2, 3], known: [1, 2, 3, 4, 5], waiting: true };
    const { volume, variables } = await firstBeside({ begun: [1, 2, 3, 4, 5] }, { 2: told, 3: told });
    const container = start(variables);
    await container.says(STARTED);
    expect(JSON.parse(recordText(volume))).toMatchObject({ begun: { voters: [1, 2, 3] }, promised: [] });
  });

  it('waits for one that was to go and still runs, where the last start has left its address', async () => {
    const told = { voters: [1, 2, 3], known: [1, 2, 3, 4], waiting: true };
    const three = await threeMembers();
    const fourth = three.hosts[0].replace(/\d+$/, '4');
    await peer(fourth, three.healthPort, { id: 4, voters: [1, 2, 3, 4, 5], known: [1, 2, 3, 4] });
    for (const id of [2, 3]) await tells(three, id, { ...told, voters: id === 2 ? [1, 2, 3, 4] : [1, 2, 3] });
    const volume = volumeOf({ begun: [1, 2, 3, 4], hosts: { 4: fourth } });
    const container = start({ ...firstOf(three), ...volume });
    await container.says(new RegExp(`${WAITS.source}: ${fourth} still has the voters 1, 2, 3, 4, 5;`));
    expect(container.output()).not.toMatch(STARTED);
  });

  it('is not started with after it was told, where the list before is wanted again and nobody is heard', async () => {
    const { variables } = await firstBeside({ begun: [1, 2, 3], promised: [[1, 2, 3, 4, 5]] });
    const container = start(variables);
    await container.says(WAITS);
    expect(container.output()).not.toMatch(STARTED);
  });

  it('is started with by a consent that fits once', async () => {
    const { volume, variables } = await firstBeside({ begun: [1, 2, 3, 4, 5] });
    const container = start(variables);
    const [, token = ''] = await container.says(/zk-entrypoint consent ([0-9a-f]{8})/);
    const wrong = await run(['consent', '00000000'], container.variables);
    expect(wrong.exitCode).toBe(64);
    const { stdout, exitCode } = await run(['consent', token], container.variables);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('the waiting start continues')]);
    await container.says(/note ZK-VOLUME-029 ZK_CONSENT: other-list was consented to/);
    await container.says(STARTED);
    expect(JSON.parse(recordText(volume)).consents).toMatchObject([{ kind: 'other-list', token }]);
  });

  it('is started with by the ZK_CONSENT that the log has shown', async () => {
    const { variables } = await firstBeside({ begun: [1, 2, 3, 4, 5] });
    const first = start(variables);
    const [, consent = ''] = await first.says(/ZK_CONSENT=(other-list:zk-0:[0-9a-f]{8})/);
    first.process.kill('SIGTERM');
    await first.ended();
    const second = start({ ...variables, ZK_CONSENT: consent });
    await second.says(STARTED);
  });

  it('is refused too where an empty volume has waited for those who serve with another', async () => {
    const three = await threeMembers();
    const container = start({ ...firstOf(three), ...emptyVolume() });
    await container.says(/without data this member waits/);
    for (const id of [2, 3]) await tells(three, id, serving);
    expect((await container.ended()).exitCode).toBe(78);
    expect(container.terminationMessage()).toMatch(/ZK-PEER-008/);
    expect(container.output()).not.toMatch(STARTED);
  });

  it('is refused beside a quorum of the old list, though its shortness was consented to', async () => {
    const seven = [1, 2, 3, 4, 5, 6, 7];
    const serving = { voters: seven, known: seven, mode: 'follower' };
    const { three, variables } = await firstBeside({ begun: seven }, { 2: serving, 3: serving });
    const gone = [4, 5].map((id) => [id, three.hosts[0].replace(/\d+$/, `${id}`)] as const);
    for (const [id, host] of gone) await peer(host, three.healthPort, { id, ...serving });
    const volume = volumeOf({ begun: seven, hosts: Object.fromEntries(gone) });
    const first = start({ ...variables, ...volume });
    expect((await first.ended()).exitCode).toBe(78);
    const [, consent = ''] = /ZK_CONSENT=(shrink:\S+?:[0-9a-f]{8})/.exec(first.output()) ?? [];
    const second = start({ ...variables, ...volume, ZK_CONSENT: consent });
    expect((await second.ended()).exitCode).toBe(78);
    expect(second.output()).toMatch(/ZK-VOLUME-029 .*shrink was consented to/);
    expect(second.output()).toMatch(/error ZK-PEER-008/);
  });

  // Refused starts would never hear each other.
  it('waits under ZK_STRICT too', async () => {
    const { variables } = await firstBeside({ begun: [1, 2, 3, 4] }, {}, { ZK_STRICT: 'true' });
    const container = start(variables);
    await container.says(/note ZK-PEER-009/);
    await container.says(WAITS);
  });
});
