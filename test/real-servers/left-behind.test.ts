import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LocalEnsemble, makeEnsemble, startEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import type { LocalMember } from '../../scripts/local-ensemble/member.ts';
import { cutPower, read, recordOf, stop, write } from '../../scripts/local-ensemble/volumes.ts';
import { findDistribution } from '../../src/host/machine/distribution.ts';
import { askFourLetter } from '../../src/host/network/four-letter.ts';
import { isAtLeast, parseRelease, type Release } from '../../src/zookeeper/release.ts';
import { volumeFindings } from '../host/volume/judged.ts';
import { builtEntrypoint, plainZooKeeper, testHome } from './members.ts';

const SERVING = { timeoutMs: 60_000 };
const found = findDistribution(testHome());
const release = (found.kind === 'found' ? found.distribution.release : parseRelease('3.9')) as Release;
const since = (first: Parameters<typeof isAtLeast>[1]) => isAtLeast(release, first);

/** A plain ZooKeeper, without this program, on the directories that it uses. */
const plain: Launch = (spec) => {
  const command = plainZooKeeper()(spec);
  mkdirSync(join(spec.folder, 'datalog'), { recursive: true });
  appendFileSync(join(spec.folder, 'zoo.cfg'), `dataLogDir=${join(spec.folder, 'datalog')}\n`);
  return command;
};

/** What a plain server does with a volume. */
type Outcome = 'goes on' | 'ends';
/** What this program says of it: an error, or nothing that keeps it from starting. */
interface Row {
  readonly what: string;
  /** Written into `version-2`, which of the two the name tells; undefined removes. */
  readonly files: Readonly<Record<string, string | undefined>>;
  readonly plain: Outcome;
  /** The finding that says it, and nothing else of a volume's content. */
  readonly says?: string;
}

const SEALED = `${'x'.repeat(60)}\0\0\0\u0001/`;
const HEADER = `ZKLG\0\0\0\u0002${'\0'.repeat(8)}`;
const CUT = gzipSync('ZKSN and more than that').toString('latin1').slice(0, 20);
const ZEROS = '\0'.repeat(478);
/** 3.5.4 and later start from no log without a snapshot; 3.9.3 and later remove a newest log that is empty. */
const needsSnapshot = since('3.5.4');
const emptyLog: Pick<Row, 'plain' | 'says'> = since('3.9.3')
  ? { plain: 'goes on', says: 'note ZK-VOLUME-008' }
  : { plain: 'ends', says: 'error ZK-VOLUME-007' };

const row = (what: string, files: Row['files'], does: Outcome, says?: string): Row => ({
  what,
  files,
  plain: does,
  ...(says === undefined ? {} : { says }),
});
const UNFINISHED = 'note ZK-VOLUME-036';
const NONE_LEFT = 'error ZK-VOLUME-005';
const NO_LOG = 'error ZK-VOLUME-007';
const EPOCHS = 'error ZK-VOLUME-010';

/** A server alone that was never written to. */
const aloneUnused: readonly Row[] = [
  row('as it was left', {}, 'goes on'),
  row('the first snapshot of 0 bytes', { 'snapshot.0': '' }, 'goes on', UNFINISHED),
  row('of 1 byte', { 'snapshot.0': 'Z' }, 'goes on', UNFINISHED),
  row('of 9 bytes', { 'snapshot.0': 'ZKSN\0\0\0\u0002\0' }, 'goes on', UNFINISHED),
  row('cut in the middle', { 'snapshot.0': `ZKSN\0\0\0\u0002${'\0'.repeat(99)}` }, 'goes on', UNFINISHED),
  row('of zeros', { 'snapshot.0': ZEROS }, 'goes on', UNFINISHED),
  row('of something else', { 'snapshot.0': SEALED }, 'ends', NONE_LEFT),
  ...(since('3.6.0')
    ? [
        row('packed, of 0 bytes', { 'snapshot.0': undefined, 'snapshot.0.gz': '' }, 'goes on', UNFINISHED),
        row('packed and cut', { 'snapshot.0': undefined, 'snapshot.0.gz': CUT }, 'ends', NONE_LEFT),
      ]
    : []),
  { what: 'an empty log beside it', files: { 'log.1': '' }, ...emptyLog },
  row(
    'of 0 bytes beside a log without transactions',
    { 'snapshot.0': '', 'log.1': HEADER + ZEROS },
    needsSnapshot ? 'ends' : 'goes on',
    needsSnapshot ? NONE_LEFT : UNFINISHED,
  ),
];

/** A server alone with two logs and, but for 3.4, two snapshots. */
const aloneUsed: readonly Row[] = [
  row('as it was left', {}, 'goes on'),
  // 3.4 has written no snapshot yet, and goes on from the logs alone; what a lost snapshot held is not known then.
  ...(since('3.5.0')
    ? [
        row('a newest snapshot of 0 bytes', { 'snapshot.ffff': '' }, 'goes on', 'note ZK-VOLUME-006'),
        row('a newest snapshot of zeros', { 'snapshot.ffff': ZEROS }, 'goes on', 'note ZK-VOLUME-006'),
      ]
    : []),
  { what: 'a newest log of 0 bytes', files: { 'log.ffff': '' }, ...emptyLog },
  row('a newest log of 1 byte', { 'log.ffff': 'Z' }, 'ends', NO_LOG),
  row('a newest log of 15 bytes', { 'log.ffff': HEADER.slice(0, 15) }, 'ends', NO_LOG),
  row('a newest log of zeros', { 'log.ffff': ZEROS }, 'ends', NO_LOG),
  row('a newest log that is a header', { 'log.ffff': HEADER }, 'goes on'),
  row('a newest log that was only filled up', { 'log.ffff': HEADER + ZEROS }, 'goes on'),
  row('a transaction that was begun', { 'log.ffff': `${HEADER}${'\0'.repeat(11)} 1234` }, 'goes on'),
  row('an empty log before the newest', { 'log.fffe': '', 'log.ffff': HEADER }, 'ends', NO_LOG),
];

/** The same, without any snapshot that could be read. */
const aloneBereft: readonly Row[] = [
  row(
    'the only snapshot of 0 bytes, and logs',
    { 'snapshot.0': '' },
    needsSnapshot ? 'ends' : 'goes on',
    needsSnapshot ? NONE_LEFT : UNFINISHED,
  ),
];

/** One of three whose logs are of its third epoch. */
const memberUsed: readonly Row[] = [
  row('as it was left', {}, 'goes on'),
  row('currentEpoch of 0 bytes', { currentEpoch: '' }, 'ends', EPOCHS),
  row('currentEpoch with an empty line', { currentEpoch: '\n' }, 'ends', EPOCHS),
  row('currentEpoch with a blank', { currentEpoch: '3 ' }, 'ends', EPOCHS),
  row('currentEpoch in zeros', { currentEpoch: '\0' }, 'ends', EPOCHS),
  row('acceptedEpoch of 0 bytes', { acceptedEpoch: '' }, 'ends', EPOCHS),
  row('acceptedEpoch in words', { acceptedEpoch: 'one' }, 'ends', EPOCHS),
  row('no currentEpoch', { currentEpoch: undefined }, 'goes on'),
  row('no acceptedEpoch', { acceptedEpoch: undefined }, 'goes on'),
  row('no epochs', { acceptedEpoch: undefined, currentEpoch: undefined }, 'goes on'),
  row('currentEpoch below the logs', { currentEpoch: '0' }, 'ends', EPOCHS),
  row('currentEpoch one below the logs', { currentEpoch: '2' }, 'ends', EPOCHS),
  row('both below the logs', { acceptedEpoch: '1', currentEpoch: '1' }, 'ends', EPOCHS),
  row('acceptedEpoch below currentEpoch', { acceptedEpoch: '2' }, 'ends', EPOCHS),
  row('acceptedEpoch above', { acceptedEpoch: '9' }, 'goes on'),
  row('both above', { acceptedEpoch: '9', currentEpoch: '9' }, 'goes on'),
  row(
    'currentEpoch above, no acceptedEpoch',
    { acceptedEpoch: undefined, currentEpoch: '9' },
    'ends',
    EPOCHS,
  ),
  row(
    'no currentEpoch, acceptedEpoch below',
    { acceptedEpoch: '2', currentEpoch: undefined },
    'ends',
    EPOCHS,
  ),
  row('epochs of 19 digits', { acceptedEpoch: '1'.repeat(19), currentEpoch: '1'.repeat(19) }, 'goes on'),
  row('an acceptedEpoch.tmp of 0 bytes', { 'acceptedEpoch.tmp': '' }, 'goes on'),
  ...(since('3.5.0')
    ? [
        row('currentEpoch.tmp beside an old one', { currentEpoch: '2', 'currentEpoch.tmp': '3' }, 'goes on'),
        row('currentEpoch.tmp of 0 bytes', { currentEpoch: '2', 'currentEpoch.tmp': '' }, 'ends', EPOCHS),
        row('currentEpoch.tmp beyond', { currentEpoch: '2', 'currentEpoch.tmp': '9' }, 'ends', EPOCHS),
        row('currentEpoch.tmp beside a right one', { 'currentEpoch.tmp': '' }, 'goes on'),
        row('updatingEpoch, which 3.4 left', { currentEpoch: '2', updatingEpoch: '' }, 'ends', EPOCHS),
      ]
    : [row('updatingEpoch beside an old one', { currentEpoch: '2', updatingEpoch: '' }, 'goes on')]),
  row('updatingEpoch beside a right one', { updatingEpoch: '' }, 'goes on'),
];

/** One of three that were never written to, in the first epoch. */
const memberUnused: readonly Row[] = [
  row('as it was left', {}, 'goes on'),
  row('a leader’s snapshot of 0 bytes', { 'snapshot.0': '' }, 'goes on', UNFINISHED),
  row('a leader’s snapshot of zeros', { 'snapshot.0': ZEROS }, 'goes on', UNFINISHED),
  row(
    'a first copy that was not finished',
    { 'snapshot.0': undefined, 'snapshot.200000005': 'ZKSN', currentEpoch: '0', acceptedEpoch: '2' },
    'goes on',
    UNFINISHED,
  ),
  row('no acceptedEpoch', { acceptedEpoch: undefined }, 'ends', EPOCHS),
];

interface Bench {
  readonly ensemble: LocalEnsemble;
  readonly member: LocalMember;
  /** The volume as it was left, to begin each row with. */
  readonly left: string;
}

const benches: Bench[] = [];
afterAll(async () => {
  for (const { ensemble } of benches) await ensemble.close();
});

/** Members that a plain server has used so often, a value at each, and their power cut. */
async function leave(size: number, values: number): Promise<Bench> {
  const ensemble = await makeEnsemble({ size, launch: plain });
  const { members } = ensemble;
  const [member] = members as [LocalMember];
  for (let start = 0; start < Math.max(1, values); start += 1) {
    for (const each of members) each.start();
    await ensemble.waitUntilServing(SERVING);
    if (start < values) await write(member, `/kept${start}`, 'x');
    await cutPower(...members);
  }
  const bench = { ensemble, member, left: join(member.folder, 'left') };
  benches.push(bench);
  mkdirSync(bench.left);
  for (const name of ['data', 'datalog']) cpSync(join(member.folder, name), join(bench.left, name), COPY);
  return bench;
}

/** Logs are mostly holes. */
const COPY = { recursive: true } as const;

function lay({ member: { folder }, left }: Bench, files: Row['files']): void {
  for (const name of ['data', 'datalog']) {
    rmSync(join(folder, name), { recursive: true, force: true });
    cpSync(join(left, name), join(folder, name), COPY);
  }
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name.startsWith('log.') ? 'datalog' : 'data', 'version-2', name);
    if (content === undefined) rmSync(path, { force: true });
    else writeFileSync(path, content, 'latin1');
  }
}

/** What this program says of the content of a volume; space and mounts are this machine's. */
function said({ ensemble, member: { folder } }: Bench): string[] {
  const settings = {
    user: 'root',
    dataDir: join(folder, 'data'),
    dataLogDir: join(folder, 'datalog'),
    extraConfig: [],
  };
  return volumeFindings({ settings, release, members: ensemble.all.length })
    .filter(({ code }) => !/SPACE|VOLUME-01[1789]/.test(code))
    .map(({ severity, code }) => `${severity} ${code}`);
}

/**
 * Starts a plain server: it has ended, or has read its volume. One that is alone says imok before, and serves after; one
 * of three cannot serve without the others, but answers only after.
 */
async function outcomeOf({ ensemble, member }: Bench): Promise<Outcome> {
  const [word, well] =
    ensemble.all.length === 1 ? (['srvr', 'Mode: '] as const) : (['ruok', 'imok'] as const);
  let ended = false;
  member.start();
  void member.exited.then(() => {
    ended = true;
  });
  while (!ended) {
    const { host, port } = member;
    const answer = await askFourLetter({ host, port, word, timeoutMs: 1_000, maxBytes: 4_096 });
    if (JSON.stringify(answer).includes(well)) return 'goes on';
    await sleep(50);
  }
  expect((await member.exited).status).toBe(1);
  return 'ends';
}

describe.each<[string, readonly Row[], { size: number; values: number }]>([
  ['a server alone, never written to', aloneUnused, { size: 1, values: 0 }],
  ['a server alone', aloneUsed, { size: 1, values: 2 }],
  ['a server alone without a snapshot', aloneBereft, { size: 1, values: 1 }],
  ['one of three', memberUsed, { size: 3, values: 3 }],
  ['one of three, never written to', memberUnused, { size: 3, values: 0 }],
])('what was left of %s', (_what, rows, { size, values }) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await leave(size, values);
  });

  it.each(rows.map((each) => [each.what, each] as const))(
    '%s',
    async (_name, { files, plain: does, says }) => {
      lay(bench, files);
      expect(said(bench)).toEqual(says === undefined ? [] : [says]);
      try {
        expect(await outcomeOf(bench)).toBe(does);
        // What goes on and has lost something is not what may be passed.
        if (size > 1 || does === 'ends') return;
        await bench.ensemble.waitUntilServing(SERVING);
        for (let value = 0; value < values; value += 1)
          expect(await read(bench.member, `/kept${value}`)).toBe('x');
      } finally {
        await cutPower(bench.member);
      }
    },
  );

  it('is refused wherever a plain server ends, and nowhere else', () => {
    for (const { what, plain: does, says } of rows)
      expect([what, says?.startsWith('error') ?? false]).toEqual([what, does === 'ends']);
  });
});

describe('with this program', () => {
  let ensemble: LocalEnsemble | undefined;
  afterEach(async () => {
    await ensemble?.close();
    ensemble = undefined;
  });

  it('a server alone whose first snapshot was never finished starts, as often as it likes', async () => {
    const started = await startEnsemble({ size: 1, launch: builtEntrypoint() });
    ensemble = started;
    const [member] = started.members as [LocalMember];
    for (const content of ['', 'ZKSN', ZEROS]) {
      await started.waitUntilServing(SERVING);
      await stop(member);
      writeFileSync(join(member.folder, 'data/version-2/snapshot.0'), content);
      await member.restart();
    }
    await started.waitUntilServing(SERVING);
    expect(member.log()).toContain('note ZK-VOLUME-036');
    expect(member.log()).not.toContain('error ZK-');
  });

  // 3.4 leaves nothing on the volumes of the others before the first write, so there is nobody to get it from.
  it.skipIf(!since('3.5.0'))(
    'a leader whose first snapshot was never finished gets it from the others',
    async () => {
      const started = await startEnsemble({ size: 3, launch: builtEntrypoint() });
      ensemble = started;
      const { members } = started;
      await started.waitUntilServing(SERVING);
      const leader = await started.leader();
      await expect.poll(() => recordOf(leader).members, { timeout: 10_000 }).toEqual([1, 2, 3]);
      await stop(...members);
      writeFileSync(join(leader.folder, 'data/version-2/snapshot.0'), '');
      await Promise.all(members.map((member) => member.restart()));
      await started.waitUntilServing(SERVING);
      expect(leader.log()).toContain('note ZK-VOLUME-036');
      expect(leader.log()).not.toContain('error ZK-');
      await write(leader, '/written', 'x');
    },
  );

  it('one directory under two names is refused at the first start, where a plain server ends at the second', async () => {
    const made = await makeEnsemble({ size: 1, launch: builtEntrypoint() });
    ensemble = made;
    const [member] = made.members as [LocalMember];
    mkdirSync(join(member.folder, 'data'));
    symlinkSync('data', join(member.folder, 'datalog'));
    member.start();
    expect(await member.exited).toMatchObject({ status: 78 });
    expect(member.log()).toMatch(/error ZK-VOLUME-034 .*set ZK_DATA_LOG_DIR to \S+\/data,/);
    expect(existsSync(join(member.folder, 'data/version-2'))).toBe(false);
    const launched = { all: made.all, launch: plain };
    await member.restart(launched);
    await made.waitUntilServing(SERVING);
    await write(member, '/written', 'x');
    await cutPower(member);
    await member.restart(launched);
    expect((await member.exited).status).toBe(since('3.5.0') ? 3 : 1);
    expect(readdirSync(join(member.folder, 'data/version-2')).length).toBeGreaterThan(0);
    expect(readFileSync(member.logFile, 'utf8')).toContain('ContentCheckException');
  });
});
