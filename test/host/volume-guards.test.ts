import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseRelease, type Release } from '../../src/distribution/release.ts';
import { type GuardInput, volumeFindings } from '../../src/host/volume-guards.ts';
import type { ConsentKind } from '../../src/settings/consent-list.ts';

const SNAPSHOT = `ZKSN\0\0\0\u0002${'\u00ff'.repeat(8)}some nodes\0\0\0\u0001/`;
const LOG = `ZKLG\0\0\0\u0002${'\0'.repeat(200)}`;
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
  more: Partial<GuardInput> & { readonly release?: string; readonly members?: number } = {},
): string[] {
  return judgeFolder(volumeOf(files), more);
}

function judgeFolder(
  folder: string,
  { release = '3.9.6', members = 3, ...more }: Parameters<typeof judge>[1] & object,
): string[] {
  const input: GuardInput = {
    settings: {
      user: String(process.getuid?.() ?? 0),
      dataDir: join(folder, 'data'),
      dataLogDir: join(folder, 'log'),
      extraConfig: [],
    },
    distribution: { release: parseRelease(release) as Release },
    ensemble: { members: Array.from({ length: members }, (_, index) => member(index + 1)) },
    ...more,
  };
  return volumeFindings(input)
    .filter(({ code }) => !MACHINES.test(code))
    .map(({ severity, code }) => `${severity} ${code}`);
}

/** What this machine's disks and mounts say; they have tests of their own. */
const MACHINES = /ZK-SPACE|ZK-VOLUME-01[789]/;

function member(id: number): GuardInput['ensemble']['members'][number] {
  return { id, host: 'localhost', serverPort: 2888, electionPort: 3888, role: 'participant' } as never;
}

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
const log = 'log/version-2/log.100000005';
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
    ['a packed snapshot', { [`${newer}.gz`]: '\u001f\u008b more' }, '3.9.6', []],
    [
      'a packed snapshot, to 3.4',
      { [`${newer}.gz`]: '\u001f\u008b more' },
      '3.4.13',
      ['error ZK-VOLUME-009'],
    ],
    ['an empty epoch', { [current]: '' }, '3.9.6', ['error ZK-VOLUME-010']],
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
      consents: { take: (asked: ConsentKind) => asked === kind, how: String },
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
  const as = (folder: string): Partial<GuardInput> => ({
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
