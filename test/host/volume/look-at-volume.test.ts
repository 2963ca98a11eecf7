import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ConsentKind } from '../../../src/settings/kinds/consent-list.ts';
import { parseRelease, type Release } from '../../../src/zookeeper/release.ts';
import { type Judged, volumeFindings } from './judged.ts';

const SNAPSHOT = `ZKSN\0\0\0\u0002${'\u00ff'.repeat(8)}some nodes\0\0\0\u0001/`;
const HEADER = `ZKLG\0\0\0\u0002${'\0'.repeat(8)}`;
const LOG = `${HEADER}${'\0'.repeat(200)}`;
/** A transaction of that epoch as a log holds it: checksum, length, client, counter, zxid, time and type, and the end. */
const record = (epoch: number) =>
  `${'\0'.repeat(11)} ${'\0'.repeat(12)}${'\0'.repeat(3)}${String.fromCharCode(epoch)}\0\0\0\u0001${'\0'.repeat(12)}B`;
const PACKED = gzipSync(SNAPSHOT).toString('latin1');
type Files = Readonly<Record<string, string>>;
const whole: Files = {
  'data/version-2/snapshot.100000000': SNAPSHOT,
  'data/version-2/acceptedEpoch': '1',
  'data/version-2/currentEpoch': '1',
  'log/version-2/log.100000001': LOG,
};

/** A volume with these files; a value of undefined leaves out one of the whole volume's. */
function volumeOf(files: Readonly<Record<string, string | undefined>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'zk-volume-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const inner of ['data/version-2', 'log/version-2', 'old/version-2'])
    mkdirSync(join(folder, inner), { recursive: true });
  for (const [name, content] of Object.entries({ ...whole, ...files }))
    if (content !== undefined) writeFileSync(join(folder, name), content, 'latin1');
  return folder;
}

function judge(
  files: Readonly<Record<string, string | undefined>>,
  more: Partial<Omit<Judged, 'release'>> & { readonly release?: string } = {},
): string[] {
  return judgeFolder(volumeOf(files), more);
}

function judgeFolder(
  folder: string,
  { release = '3.9.6', members = 3, ...more }: Parameters<typeof judge>[1] & object,
): string[] {
  const input: Judged = {
    settings: {
      user: String(process.getuid?.() ?? 0),
      dataDir: join(folder, 'data'),
      dataLogDir: join(folder, 'log'),
      extraConfig: [],
    },
    release: parseRelease(release) as Release,
    members,
    ...more,
  };
  return volumeFindings(input)
    .filter(({ code }) => !MACHINES.test(code))
    .map(({ severity, code }) => `${severity} ${code}`);
}

/** What this machine's disks and mounts say; they have tests of their own. */
const MACHINES = /ZK-SPACE|ZK-VOLUME-01[789]/;

describe('a whole volume', () => {
  it.each(['3.4.13', '3.5.4', '3.8.0', '3.9.3', '3.9.6'])('is nothing to %s to speak of', (release) => {
    expect(judge({}, { release })).toEqual([]);
  });

  it('that is fresh has nothing to be judged', () => {
    expect(judge(Object.fromEntries(Object.keys(whole).map((name) => [name, undefined])))).toEqual([]);
  });

  it('may have the epochs of one that never had data', () => {
    const files = Object.fromEntries(Object.keys(whole).map((name) => [name, undefined]));
    const epochs = { 'data/version-2/acceptedEpoch': '-1', 'data/version-2/currentEpoch': '-1' };
    expect(judge({ ...files, ...epochs })).toEqual([]);
  });
});

const snapshot = 'data/version-2/snapshot.100000000';
const newer = 'data/version-2/snapshot.100000009';
const first = 'log/version-2/log.100000001';
const log = 'log/version-2/log.100000005';
const last = 'log/version-2/log.100000009';
const accepted = 'data/version-2/acceptedEpoch';
const current = 'data/version-2/currentEpoch';

describe('a damaged volume', () => {
  it.each<[string, Record<string, string | undefined>, string, string[]]>([
    ['no snapshot', { [snapshot]: undefined }, '3.9.6', ['error ZK-VOLUME-004']],
    ['no snapshot, to 3.4', { [snapshot]: undefined }, '3.4.13', []],
    ['only an empty snapshot', { [snapshot]: '' }, '3.9.6', ['error ZK-VOLUME-005']],
    ['only an empty snapshot, to 3.4', { [snapshot]: '' }, '3.4.13', ['error ZK-VOLUME-005']],
    ['a snapshot of something else', { [snapshot]: 'x'.repeat(50) }, '3.9.6', ['error ZK-VOLUME-005']],
    ['a newest snapshot that was cut', { [newer]: SNAPSHOT.slice(0, -1) }, '3.9.6', ['note ZK-VOLUME-006']],
    ['a newest snapshot that is empty', { [newer]: '' }, '3.4.13', ['note ZK-VOLUME-006']],
    ['an empty newest log', { [log]: '' }, '3.9.6', ['note ZK-VOLUME-008']],
    ['an empty newest log, to the first that removes it', { [log]: '' }, '3.9.3', ['note ZK-VOLUME-008']],
    ['an empty newest log, to 3.8.0', { [log]: '' }, '3.8.0', ['error ZK-VOLUME-007']],
    ['an empty newest log, to 3.4', { [log]: '' }, '3.4.13', ['error ZK-VOLUME-007']],
    ['a log with half a header', { [log]: LOG.slice(0, 8) }, '3.9.6', ['error ZK-VOLUME-007']],
    ['a log of zeros', { [log]: '\0'.repeat(64) }, '3.9.6', ['error ZK-VOLUME-007']],
    ['a packed snapshot', { [`${newer}.gz`]: PACKED }, '3.9.6', []],
    [
      'a packed snapshot that was cut',
      { [`${newer}.gz`]: PACKED.slice(0, 20) },
      '3.9.6',
      ['note ZK-VOLUME-006'],
    ],
    [
      'a packed snapshot, to 3.4',
      { [`${newer}.gz`]: '\u001f\u008b more' },
      '3.4.13',
      ['error ZK-VOLUME-009'],
    ],
    ['an empty log before the newest', { [log]: '', [last]: LOG }, '3.9.6', ['error ZK-VOLUME-007']],
    [
      'an empty log after which one is empty too',
      { [log]: '', [last]: '' },
      '3.9.6',
      ['note ZK-VOLUME-008', 'error ZK-VOLUME-007'],
    ],
    [
      'an empty log that the snapshot makes needless',
      { [snapshot]: undefined, [newer]: SNAPSHOT, [first]: '', [log]: LOG },
      '3.9.6',
      [],
    ],
    ['an empty epoch', { [current]: '' }, '3.9.6', ['error ZK-VOLUME-010']],
    ['an epoch with a blank', { [current]: '1 ' }, '3.9.6', ['error ZK-VOLUME-010']],
    [
      'epochs of 19 digits',
      { [accepted]: '1000000000000000000', [current]: '1000000000000000000' },
      '3.9.6',
      [],
    ],
    ['an epoch beyond Long', { [current]: '9223372036854775808' }, '3.9.6', ['error ZK-VOLUME-010']],
    [
      'currentEpoch below a log',
      { [log]: HEADER + record(1) + record(2) + '\0'.repeat(99) },
      '3.9.6',
      ['error ZK-VOLUME-010'],
    ],
    ['currentEpoch below a log, to 3.4', { [log]: HEADER + record(2) }, '3.4.13', ['error ZK-VOLUME-010']],
    [
      'currentEpoch below what a log never finished',
      { [log]: `${HEADER + record(1) + record(2).slice(0, -1)}\0` },
      '3.9.6',
      [],
    ],
    [
      'currentEpoch below the name of a log without transactions',
      { 'log/version-2/log.200000001': LOG },
      '3.9.6',
      [],
    ],
    [
      'currentEpoch below a snapshot that is passed over',
      { 'data/version-2/snapshot.200000000': 'ZKSN' },
      '3.9.6',
      ['note ZK-VOLUME-006'],
    ],
    [
      'no acceptedEpoch, and currentEpoch above the data',
      { [accepted]: undefined, [current]: '2' },
      '3.9.6',
      ['error ZK-VOLUME-010'],
    ],
    ['no acceptedEpoch', { [accepted]: undefined }, '3.9.6', []],
    ['no currentEpoch', { [current]: undefined }, '3.9.6', []],
    [
      'no currentEpoch, and acceptedEpoch below the data',
      { [accepted]: '0', [current]: undefined },
      '3.9.6',
      ['error ZK-VOLUME-010'],
    ],
    [
      'an epoch that was being changed to nothing',
      { [`${current}.tmp`]: '', [current]: '0' },
      '3.8.0',
      ['error ZK-VOLUME-010'],
    ],
    [
      'an epoch that was being changed beyond acceptedEpoch',
      { [`${current}.tmp`]: '9', [current]: '0' },
      '3.8.0',
      ['error ZK-VOLUME-010'],
    ],
    ['what 3.4 goes on from', { 'data/version-2/updatingEpoch': '', [current]: '0' }, '3.4.13', []],
    [
      'what 3.4 goes on from, to 3.9',
      { 'data/version-2/updatingEpoch': '', [current]: '0' },
      '3.9.6',
      ['error ZK-VOLUME-010'],
    ],
    ['an epoch in words', { [accepted]: 'one' }, '3.9.6', ['error ZK-VOLUME-010']],
    [
      'acceptedEpoch below currentEpoch',
      { [accepted]: '1', [current]: '2' },
      '3.8.0',
      ['error ZK-VOLUME-010'],
    ],
    ['currentEpoch below the data', { [accepted]: '1', [current]: '0' }, '3.8.0', ['error ZK-VOLUME-010']],
    ['an epoch that was being changed', { [`${current}.tmp`]: '1', [current]: '0' }, '3.8.0', []],
    [
      'an epoch that was being changed, to 3.4',
      { [`${current}.tmp`]: '1' },
      '3.4.13',
      ['warning ZK-VOLUME-011'],
    ],
    ['initialize in the wrong place', { 'data/initialize': '' }, '3.9.6', ['warning ZK-VOLUME-012']],
    ['logs beside the snapshots', { 'data/version-2/log.100000001': LOG }, '3.9.6', ['error ZK-VOLUME-013']],
    ['snapshots beside the logs', { 'log/version-2/snapshot.1': SNAPSHOT }, '3.9.6', ['error ZK-VOLUME-013']],
  ])('%s', (_what, files, release, expected) => {
    expect(judge(files, { release })).toEqual(expected);
  });

  it('is not judged by its epochs where the server is alone', () => {
    expect(judge({ [current]: '' }, { members: 1 })).toEqual([]);
  });
});

describe('snapshots of which none can be read', () => {
  const nothing = Object.fromEntries(Object.keys(whole).map((name) => [name, undefined]));
  const zero = 'data/version-2/snapshot.0';
  const synced = 'data/version-2/snapshot.200000005';
  const epochs = (epoch: string) => ({ [accepted]: '2', [current]: epoch });

  it.each<[string, Record<string, string | undefined>, { members?: number; release?: string }, string[]]>([
    ['the first of a server alone', { [zero]: '' }, { members: 1 }, ['note ZK-VOLUME-036']],
    ['with one byte', { [zero]: 'Z' }, { members: 1 }, ['note ZK-VOLUME-036']],
    ['cut in the middle', { [zero]: SNAPSHOT.slice(0, 20) }, { members: 1 }, ['note ZK-VOLUME-036']],
    [
      'of zeros, as a power cut leaves it',
      { [zero]: '\0'.repeat(478) },
      { members: 1 },
      ['note ZK-VOLUME-036'],
    ],
    ['packed', { [`${zero}.gz`]: '' }, { members: 1 }, ['note ZK-VOLUME-036']],
    [
      'packed, which ZooKeeper does not pass over',
      { [`${zero}.gz`]: PACKED.slice(0, 20) },
      { members: 1 },
      ['error ZK-VOLUME-005'],
    ],
    ['to 3.4', { [zero]: '' }, { members: 1, release: '3.4.13' }, ['note ZK-VOLUME-036']],
    [
      'to 3.4, which reads the logs without it',
      { [zero]: '', [first]: LOG },
      { members: 1, release: '3.4.13' },
      ['note ZK-VOLUME-036'],
    ],
    [
      'with logs, which nothing else reads without it',
      { [zero]: '', [first]: LOG },
      { members: 1 },
      ['error ZK-VOLUME-005'],
    ],
    [
      'of something else',
      { [zero]: `${'x'.repeat(60)}\0\0\0\u0001/` },
      { members: 1 },
      ['error ZK-VOLUME-005'],
    ],
    ['with transactions in it', { [synced]: '' }, { members: 1 }, ['error ZK-VOLUME-005']],
    ['of a member before its first quorum', { [zero]: '', ...epochs('0') }, {}, ['note ZK-VOLUME-036']],
    ['of a leader', { [zero]: '', ...epochs('2') }, {}, ['note ZK-VOLUME-036']],
    [
      'of a first copy of the leader’s data',
      { [synced]: 'ZKSN', ...epochs('-1') },
      {},
      ['note ZK-VOLUME-036'],
    ],
    ['of a member that has served', { [synced]: 'ZKSN', ...epochs('2') }, {}, ['error ZK-VOLUME-005']],
    ['without any epoch', { [synced]: 'ZKSN' }, {}, ['error ZK-VOLUME-005']],
  ])('%s', (_what, files, more, expected) => {
    expect(judge({ ...nothing, ...files }, more)).toEqual(expected);
  });
});

describe('one directory under two names', () => {
  const named = (folder: string, dataDir: string, dataLogDir: string) => ({
    settings: {
      user: String(process.getuid?.() ?? 0),
      dataDir: join(folder, dataDir),
      dataLogDir: join(folder, dataLogDir),
      extraConfig: [],
    },
  });
  const ONE = ['error ZK-VOLUME-034'];

  it.each<[string, (folder: string) => void, string, string, string[]]>([
    ['a link', (at) => symlinkSync('data', join(at, 'link')), 'data', 'link', ONE],
    ['a link the other way', (at) => symlinkSync('data', join(at, 'link')), 'link', 'data', ONE],
    [
      'a link to a link',
      (at) => {
        symlinkSync('data', join(at, 'a'));
        symlinkSync(join(at, 'a'), join(at, 'b'));
      },
      'data',
      'b',
      ONE,
    ],
    ['a link above', (at) => symlinkSync('.', join(at, 'here')), 'data', 'here/data', ONE],
    [
      'a linked version-2',
      (at) => {
        rmSync(join(at, 'log/version-2'), { recursive: true });
        symlinkSync('../data/version-2', join(at, 'log/version-2'));
      },
      'data',
      'log',
      ONE,
    ],
    ['control: two directories', () => undefined, 'data', 'log', []],
    [
      'control: links to two',
      (at) => {
        symlinkSync('data', join(at, 'a'));
        symlinkSync('log', join(at, 'b'));
      },
      'a',
      'b',
      [],
    ],
  ])('%s is refused before there is anything, and after', (_what, make, data, log, expected) => {
    const fresh = mkdtempSync(join(tmpdir(), 'zk-volume-'));
    onTestFinished(() => rmSync(fresh, { recursive: true, force: true }));
    for (const inner of ['data', 'log/version-2']) mkdirSync(join(fresh, inner), { recursive: true });
    make(fresh);
    expect(judgeFolder(fresh, named(fresh, data, log))).toEqual(expected);
    const folder = volumeOf({});
    make(folder);
    if (data === 'data' || expected.length > 0 || data === 'a')
      expect(judgeFolder(folder, named(folder, data, log)).filter((found) => found.includes('034'))).toEqual(
        expected,
      );
  });

  it('is seen where nothing is yet but a link', () => {
    const folder = mkdtempSync(join(tmpdir(), 'zk-volume-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    symlinkSync('data', join(folder, 'link'));
    expect(judgeFolder(folder, named(folder, 'data', 'link'))).toEqual(ONE);
    const { settings } = named(folder, 'data', 'data');
    for (const spelled of ['./data', 'data/../data', 'link/../data']) {
      const input = { settings: { ...settings, dataLogDir: `${folder}/${spelled}` } };
      expect([spelled, ...judgeFolder(folder, input)]).toEqual([spelled, ...ONE]);
    }
    expect(judgeFolder(folder, named(folder, 'data', 'data/log'))).toEqual([]);
  });
});

describe('what the last start left', () => {
  const lastStart = (zookeeper: string, dataLogDir = '') => ({ lastStart: { zookeeper, dataLogDir } });

  it.each<[string, string, string[]]>([
    ['3.9.6', '3.9.6', []],
    ['3.8.0', '3.9.6', []],
    ['3.9.6', '3.8.0', ['warning ZK-VOLUME-015']],
    ['3.9.6', '3.4.13', ['error ZK-VOLUME-014']],
    ['3.5.9', '3.4.13', ['warning ZK-VOLUME-015']],
  ])('%s and then %s', (before, release, expected) => {
    expect(judge({}, { release, ...lastStart(before) })).toEqual(expected);
  });

  it('is looked for where the logs were', () => {
    const folder = volumeOf({ 'log/version-2/log.100000001': undefined, 'old/version-2/log.100000001': LOG });
    const moved = { ...lastStart('3.9.6', join(folder, 'old')) };
    expect(judgeFolder(folder, moved)).toEqual(['error ZK-VOLUME-013']);
    expect(judgeFolder(folder, {})).toEqual([]);
  });

  it('does not matter once the logs here are as new', () => {
    const folder = volumeOf({ 'old/version-2/log.100000001': LOG });
    expect(judgeFolder(folder, lastStart('3.9.6', join(folder, 'old')))).toEqual([]);
  });

  it('is let through by the consent that fits, which is said, and by no other', () => {
    const given = (kind: ConsentKind) => ({
      consents: { isGiven: (asked: ConsentKind) => asked === kind, how: String },
    });
    const files = { [snapshot]: undefined };
    expect(judge(files, given('trust-empty-snapshots'))).toEqual(['note ZK-VOLUME-029']);
    expect(judge(files, given('downgrade'))).toEqual(['error ZK-VOLUME-004']);
    const older = { release: '3.4.13', ...lastStart('3.9.6') };
    expect(judge({}, { ...older, ...given('downgrade') })).toEqual(['note ZK-VOLUME-029']);
  });
});

/** Only root can make files of others. */
describe.skipIf(process.getuid?.() !== 0)('files of another user', () => {
  const as = (folder: string): Partial<Omit<Judged, 'release'>> => ({
    settings: {
      user: '12345:12345',
      dataDir: join(folder, 'data'),
      dataLogDir: join(folder, 'log'),
      extraConfig: [],
    },
  });

  it('inside a directory of ZooKeeper’s own are refused', () => {
    const folder = volumeOf({});
    for (const name of ['data', 'log']) chownSync(join(folder, name), 12_345, 12_345);
    expect(judgeFolder(folder, as(folder))).toEqual(['error ZK-VOLUME-016']);
    for (const name of ['data/version-2', 'log/version-2', ...Object.keys(whole)])
      chownSync(join(folder, name), 12_345, 12_345);
    expect(judgeFolder(folder, as(folder))).toEqual([]);
    chmodSync(join(folder, snapshot), 0o200);
    expect(judgeFolder(folder, as(folder))).toEqual(['error ZK-VOLUME-016']);
  });

  it('are handed over with a directory that is another’s too', () => {
    const folder = volumeOf({});
    expect(judgeFolder(folder, as(folder))).toEqual([]);
  });
});
