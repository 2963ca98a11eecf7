import { describe, expect, it } from 'vitest';
import { explainExit } from '../../src/ending/exit-codes.ts';
import type { ExitFacts } from '../../src/ending/exit-facts.ts';
import { reasonLine } from '../../src/lifecycle/reason.ts';
import { signalNames } from '../../src/lifecycle/signals.ts';

const MIB = 1_024 ** 2;
const GIB = 1_024 ** 3;
const v34 = { major: 3, minor: 4, patch: 13 };
const v39 = { major: 3, minor: 9, patch: 6 };
const releases = [v34, { major: 3, minor: 5, patch: 10 }, { major: 3, minor: 8, patch: 0 }, v39];

/** What the reader gets, as one text. */
function told(
  status: number,
  { release = v39, facts = {} }: { release?: typeof v39; facts?: ExitFacts } = {},
): string {
  const { meaning, remedy } = explainExit({ exit: { status }, release, facts });
  return `${meaning}: ${remedy}`;
}

const rootsVolume: ExitFacts = {
  dataDir: '/var/lib/zookeeper/data',
  dataDirWritable: false,
  dataDirOwnerUid: 0,
  ourUid: 1_000,
  ourGid: 1_000,
};
const rootsVolumeTold =
  "data directory cannot be used: /var/lib/zookeeper/data belongs to root (uid 0), the start runs as uid 1000: set fsGroup: 1000 in the pod's securityContext";

describe('every end is explained, in every release, without facts', () => {
  const exits = [
    ...Array.from({ length: 256 }, (_, status) => ({ status })),
    ...[...signalNames, 'SIGRTMIN', ''].map((signal) => ({ signal })),
  ];
  it.each(exits)('%j', (exit) => {
    for (const release of releases) {
      const { meaning, remedy } = explainExit({ exit, release, facts: {} });
      expect(meaning).toMatch(/\S/);
      expect(remedy).toMatch(/\S/);
      expect(`${meaning}${remedy}`).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

describe('ZooKeeper’s own names, since 3.5', () => {
  it.each([
    [0, 'EXECUTION_FINISHED'],
    [1, 'UNEXPECTED_ERROR'],
    [2, 'INVALID_INVOCATION'],
    [3, 'UNABLE_TO_ACCESS_DATADIR'],
    [4, 'ERROR_STARTING_ADMIN_SERVER'],
    [10, 'TXNLOG_ERROR_TAKING_SNAPSHOT'],
    [12, 'UNMATCHED_TXN_COMMIT'],
    [13, 'QUORUM_PACKET_ERROR'],
    [14, 'UNABLE_TO_BIND_QUORUM_PORT'],
  ])('%i is %s, and has no name in 3.4', (status, name) => {
    expect(explainExit({ exit: { status }, release: v39, facts: {} }).name).toBe(name);
    expect(explainExit({ exit: { status }, release: { ...v39, minor: 5 }, facts: {} }).name).toBe(name);
    expect(explainExit({ exit: { status }, release: v34, facts: {} }).name).toBeUndefined();
  });

  it.each([5, 9, 11, 15, 42, 126, 127, 200, 255])('%i is none of them', (status) => {
    expect(explainExit({ exit: { status }, release: v39, facts: {} }).name).toBeUndefined();
  });

  it('a later major release has them too', () => {
    expect(
      explainExit({ exit: { status: 2 }, release: { major: 4, minor: 0, patch: 0 }, facts: {} }).name,
    ).toBe('INVALID_INVOCATION');
  });
});

describe('3.4 and later releases differ', () => {
  it.each([
    [
      '1 where the data directory cannot be written',
      1,
      rootsVolume,
      rootsVolumeTold,
      /could not be brought up/,
    ],
    [
      '3, which is the JVM’s alone in 3.4',
      3,
      {},
      /^the JVM's heap is used up/,
      /or the JVM's heap is used up/,
    ],
    ['4', 4, {}, /UDP socket.*electionAlg/, /AdminServer.*8080.*ZK_ADMIN_PORT/],
    ['14, unknown to 3.4', 14, {}, /neither ZooKeeper nor the JVM/, /election port 3888/],
  ] as [string, number, ExitFacts, string | RegExp, RegExp][])('%s', (_, status, facts, old, recent) => {
    expect(told(status, { release: v34, facts })).toMatch(old);
    expect(told(status, { facts })).toMatch(recent);
  });
});

describe('3 is a data directory or a heap', () => {
  it.each<[string, ExitFacts, string | RegExp]>([
    ['not writable, all known', rootsVolume, rootsVolumeTold],
    [
      'not writable, another user’s',
      { ...rootsVolume, dataDirOwnerUid: 999 },
      /data belongs to uid 999, the start runs as uid 1000: set fsGroup: 1000/,
    ],
    [
      'not writable, little known',
      { dataDirWritable: false },
      /cannot be used: the directory cannot be written: set fsGroup in/,
    ],
    [
      'not writable, though ours',
      { ...rootsVolume, dataDirOwnerUid: 1_000 },
      /though it belongs to this user \(uid 1000\): check its mode/,
    ],
    ['not writable, our group is root', { ...rootsVolume, ourGid: 0 }, /set fsGroup in/],
    ['writable, and it had served', { served: true, heapBytes: GIB }, /^the JVM's heap of 1 GiB is used up/],
    ['writable, before it served', { dataDirWritable: true }, /ZK_DATA_LOG_DIR\).*OutOfMemoryError/],
    [
      'with a directory for logs',
      { dataDirWritable: true, dataLogDir: '/logs' },
      /ZK_DATA_LOG_DIR, now \/logs\)/,
    ],
    ['nothing known', {}, /^the data directory cannot be used, or the JVM's heap is used up/],
  ])('%s', (_, facts, text) => {
    expect(told(3, { facts })).toMatch(text);
  });
});

describe('137 by the memory that is known', () => {
  const sizes = { memoryLimitBytes: 512 * MIB, heapBytes: GIB };
  it.each<[string, ExitFacts, RegExp]>([
    ['nothing known', {}, /^killed, most often out of memory: raise resources/],
    [
      'sizes known',
      sizes,
      /^killed, most often out of memory: limit 512 MiB, heap 1 GiB: lower ZK_HEAP_SIZE to at most 363m, or raise resources\.limits\.memory to 1280Mi/,
    ],
    [
      'the cgroup counted it',
      { ...sizes, oomKilled: true },
      /^killed, because there is not enough memory: limit 512 MiB, heap 1 GiB/,
    ],
    ['the cgroup counted none', { ...sizes, oomKilled: false }, /^killed from outside, not for memory/],
    [
      'a heap that fits',
      { memoryLimitBytes: GIB, heapBytes: 512 * MIB },
      /limit 1 GiB, heap 512 MiB: raise resources\.limits\.memory/,
    ],
  ])('%s', (_, facts, text) => {
    expect(told(137, { facts })).toMatch(text);
    expect(explainExit({ exit: { signal: 'SIGKILL' }, release: v39, facts }).meaning).toMatch(/^killed/);
  });
});

describe('signals, as a death or as 128 + n', () => {
  it.each([
    [129, 'SIGHUP', /sent SIGHUP directly to the JVM/],
    [130, 'SIGINT', /sent SIGINT directly to the JVM/],
    [131, 'SIGQUIT', /before the JVM could answer/],
    [132, 'SIGILL', /native code/],
    [134, 'SIGABRT', /hs_err_pid/],
    [135, 'SIGBUS', /native code/],
    [139, 'SIGSEGV', /native code/],
    [143, 'SIGTERM', /sent SIGTERM directly to the JVM/],
    [152, 'SIGXCPU', /CPU time/],
    [153, 'SIGXFSZ', /file size/],
    [159, 'SIGSYS', /seccomp/],
  ])('%i is %s', (status, signal, text) => {
    expect(told(status)).toMatch(text);
    expect(explainExit({ exit: { signal }, release: v39, facts: {} })).toEqual(
      explainExit({ exit: { status }, release: v39, facts: {} }),
    );
  });
});

describe('facts that say more', () => {
  it.each<[number, ExitFacts, RegExp]>([
    [0, { dataDir: '/data', dataDirFreeBytes: 0 }, /disk is full \(0 bytes are left in \/data\)/],
    [0, { dataDir: '/data', dataDirFreeBytes: 10 * GIB }, /disk is full, a peer/],
    [1, { served: true }, /ended a server that had answered/],
    [1, { clientPort: 2_181 }, /client port 2181 is taken/],
    [2, { configFile: '/conf/zoo.cfg' }, /refuses \/conf\/zoo\.cfg/],
    [4, { adminPort: 9_090 }, /port 9090/],
    [14, { electionPort: 4_888 }, /election port 4888/],
  ])('%i with %j', (status, facts, text) => {
    expect(told(status, { facts })).toMatch(text);
  });
});

it('makes the one line a person reads', () => {
  const { meaning, remedy } = explainExit({ exit: { status: 3 }, release: v39, facts: rootsVolume });
  const what = 'ZooKeeper ended before it had answered';
  expect(reasonLine({ what, status: 3, meaning, remedy })).toBe(`${what}, status 3: ${rootsVolumeTold}`);
});
