import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatRecord, type MemberRecord } from '../../src/admission/record.ts';
import { fakeJvm, startContainer } from './container.ts';
import { begunVolume, elsewhere, firstOf, recordText, threeMembers, volumeWithData } from './members.ts';
import { run } from './run.ts';

const STARTED = /the JVM is started/;

const record: MemberRecord = {
  format: 1,
  ensemble: { name: 'orders', domain: null },
  id: 1,
  role: 'participant',
  members: [1, 2, 3],
  firstStart: '2026-01-02T03:04:05.678Z',
  lastCleanStop: null,
  zookeeper: '3.9.6',
  dataLogDir: '',
  consents: [],
};

const text = (more: Record<string, unknown> = {}) => formatRecord({ ...record, ...more } as MemberRecord);

/** The first of three of the ensemble `orders` on this volume. */
async function memberOn(
  volume: ReturnType<typeof volumeWithData>,
  more: Readonly<Record<string, string>> = {},
) {
  return { ...firstOf(await threeMembers(), { ZK_CLUSTER_NAME: 'orders' }), ...volume, ...more };
}

/** Codes with severity, as they are said of the record. */
const codesIn = (output: string) =>
  [...output.matchAll(/((?:error|warning|note) ZK-VOLUME-02\d) /g)].map(([, code]) => code);

/** What start and check say of a volume with this record, which both leave as it is. */
async function judged(content: string, more: Readonly<Record<string, string>> = {}) {
  const volume = volumeWithData(content);
  const variables = await memberOn(volume, more);
  const container = startContainer(fakeJvm({ serve: true }), { variables });
  const { exitCode } = await container.ended();
  const { stdout, exitCode: checked } = await run(['check'], { ...elsewhere(), ...variables });
  expect(codesIn(stdout)).toEqual(codesIn(container.output()));
  expect(checked).toBe(78);
  expect(readFileSync(join(volume.ZK_DATA_DIR, 'zk-entrypoint.json'), 'utf8')).toBe(content);
  expect(container.output()).not.toMatch(STARTED);
  return { exitCode, codes: codesIn(stdout), said: container.terminationMessage() };
}

describe('a record that refuses the start', () => {
  it.each<[string, string, string, RegExp]>([
    ['is empty', '', 'ZK-VOLUME-023', /zk-entrypoint\.json: is empty/],
    ['is cut short', text().slice(0, 90), 'ZK-VOLUME-023', /is not a JSON object/],
    ['is a list', '[]\n', 'ZK-VOLUME-023', /is not a JSON object/],
    ['has no format', '{"id":1}\n', 'ZK-VOLUME-023', /has no format/],
    ['lacks a field', text({ members: undefined }), 'ZK-VOLUME-023', /has no usable "members"/],
    ['has ids that are none', text({ members: [1, 'two'] }), 'ZK-VOLUME-023', /has no usable "members"/],
    [
      'is of a later zk-entrypoint',
      '{"format":2,"kind":"x"}\n',
      'ZK-VOLUME-024',
      /has the format 2 .* reads format 1/,
    ],
    [
      'is another member’s',
      text({ id: 2 }),
      'ZK-VOLUME-020',
      /names the volume of member 2, but this server is 1/,
    ],
    [
      'is another ensemble’s',
      text({ ensemble: { name: 'payments', domain: null } }),
      'ZK-VOLUME-021',
      /of the ensemble payments, but this server is of orders.*ZK_CONSENT=other-ensemble:zk-0:[0-9a-f]{8}/,
    ],
    [
      'knows more voters than are left',
      text({ members: [1, 4, 5, 6, 7] }),
      'ZK-VOLUME-025',
      /has served with the voters 1, 4, 5, 6, 7, and the list now has 1, 2, 3.*ZK_CONSENT=shrink:zk-0:/,
    ],
  ])('since it %s', async (_what, content, code, words) => {
    const { exitCode, codes, said } = await judged(content);
    expect([exitCode, codes]).toEqual([78, [`error ${code}`]]);
    expect(said).toMatch(words);
  });

  it('is a directory', async () => {
    const volume = volumeWithData();
    mkdirSync(join(volume.ZK_DATA_DIR, 'zk-entrypoint.json'));
    const { stdout, exitCode } = await run(['check'], { ...elsewhere(), ...(await memberOn(volume)) });
    expect(stdout).toMatch(/error ZK-VOLUME-023 \S+: is a directory/);
    expect(exitCode).toBe(78);
  });

  // Otherwise one line that is copied from manifest to manifest would say yes for all volumes.
  it.each<[string, string]>([
    ['ZK-VOLUME-020', text({ id: 2 })],
    ['ZK-VOLUME-021', text({ ensemble: { name: 'payments', domain: null } })],
    ['ZK-VOLUME-023', ''],
    ['ZK-VOLUME-025', text({ members: [1, 4, 5, 6, 7] })],
  ])('is not silenced by ZK_IGNORE_FINDINGS=%s, which is refused itself', async (code, content) => {
    const volume = volumeWithData(content);
    const variables = await memberOn(volume, { ZK_IGNORE_FINDINGS: code });
    const container = startContainer(fakeJvm({ serve: true }), { variables });
    expect((await container.ended()).exitCode).toBe(78);
    expect(container.output()).toMatch(
      new RegExp(`error ZK-SETTING-001 ZK_IGNORE_FINDINGS: .*names ${code}, and an error cannot be silenced`),
    );
    expect(container.output()).not.toMatch(STARTED);
    const silenced = await run(['check'], {
      ...elsewhere(),
      ...variables,
      ZK_IGNORE_FINDINGS: 'ZK-VOLUME-022',
    });
    expect(codesIn(silenced.stdout)).toEqual([`error ${code}`]);
  });
});

describe('a volume on which a server began', () => {
  it('is held back like an empty one until it has served once', async () => {
    const variables = await memberOn(begunVolume(text({ members: [] })));
    const container = startContainer(fakeJvm({ serve: true }), { variables });
    await container.says(
      /without data this member waits until a quorum serves, or all members have answered/,
    );
    expect(container.output()).not.toMatch(STARTED);
  });

  it('is not, where it has the epoch of a quorum and was gone before that was written down', async () => {
    const volume = begunVolume(text({ members: [], begun: { voters: [1, 2, 3], epoch: 0 } }));
    writeFileSync(join(volume.ZK_DATA_DIR, 'version-2/currentEpoch'), '1');
    writeFileSync(join(volume.ZK_DATA_DIR, 'version-2/acceptedEpoch'), '1');
    const container = startContainer(fakeJvm({ serve: true }), { variables: await memberOn(volume) });
    await container.says(STARTED);
    expect(container.output()).not.toContain('this member waits');
    const alone = {
      ...elsewhere(),
      ...volume,
      POD_NAME: 'zk-0',
      ZK_CLUSTER_NAME: 'orders',
      ZK_REPLICAS: '1',
    };
    const { stdout, exitCode } = await run(['check'], alone);
    expect(stdout).toMatch(
      /error ZK-VOLUME-025 .*has served with the voters 1, 2, 3, and the list now has 1/,
    );
    expect(exitCode).toBe(78);
  });

  it('and has served, if only without a write, is not', async () => {
    const variables = await memberOn(begunVolume(text()));
    const container = startContainer(fakeJvm({ serve: true }), { variables });
    await container.says(STARTED);
    expect(container.output()).not.toContain('this member waits');
  });
});

describe('a record that fits', () => {
  it('is nothing to speak of', async () => {
    const volume = volumeWithData(text());
    const container = startContainer(fakeJvm({ serve: true }), { variables: await memberOn(volume) });
    await container.says(STARTED);
    expect(codesIn(container.output())).toEqual([]);
    expect(JSON.parse(recordText(volume))).toMatchObject({
      firstStart: record.firstStart,
      members: [1, 2, 3],
    });
  });

  it('may have fields that are not known here', async () => {
    const volume = volumeWithData(text({ colour: 'green' }));
    const { exitCode } = await run(['check'], { ...elsewhere(), ...(await memberOn(volume)) });
    expect(exitCode).toBe(0);
  });

  it('is made for data that has none, which is said once', async () => {
    const volume = volumeWithData();
    const variables = await memberOn(volume);
    const first = startContainer(fakeJvm({ mode: 'follower' }), { variables });
    await first.says(/ZooKeeper answers/);
    expect(codesIn(first.output())).toEqual(['note ZK-VOLUME-022']);
    first.process.kill('SIGTERM');
    await first.ended();
    expect(JSON.parse(recordText(volume)).lastCleanStop).toMatch(/^\d{4}-/);
    const second = startContainer(fakeJvm({ mode: 'follower' }), { variables });
    await second.says(STARTED);
    expect(codesIn(second.output())).toEqual([]);
  });

  it('is taken on with the consent that it asks for', async () => {
    const volume = volumeWithData(text({ ensemble: { name: 'payments', domain: null } }));
    const variables = await memberOn(volume);
    const refused = startContainer(fakeJvm({ serve: true }), { variables });
    await refused.ended();
    const [consent = ''] = /other-ensemble:zk-0:[0-9a-f]{8}/.exec(refused.terminationMessage()) ?? [];
    const container = startContainer(fakeJvm({ serve: true }), {
      variables: { ...variables, ZK_CONSENT: consent },
    });
    await container.says(STARTED);
    expect(codesIn(container.output())).toEqual(['note ZK-VOLUME-029']);
    expect(JSON.parse(recordText(volume)).ensemble).toEqual({ name: 'orders', domain: null });
    rmSync(volume.ZK_DATA_DIR, { recursive: true });
  });
});
