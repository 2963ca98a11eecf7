import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Ledger } from '../../src/findings/ledger.ts';
import type { Log } from '../../src/host/output/log.ts';
import type { Ready } from '../../src/preparation/prepare.ts';
import { readSettings } from '../../src/settings/read.ts';
import { Resources } from '../../src/supervision/resources.ts';

const room = vi.hoisted(() => ({ freeBytes: 0, sizeBytes: 0 }));
vi.mock('../../src/host/volume/room.ts', async (original) => ({
  ...(await original<typeof import('../../src/host/volume/room.ts')>()),
  sampleVolume: async () => ({ ...room }),
}));

const kernel = vi.hoisted(() => ({ highBytes: undefined as number | undefined, throttles: 0 }));
vi.mock('../../src/host/machine/cgroup.ts', async (original) => ({
  ...(await original<typeof import('../../src/host/machine/cgroup.ts')>()),
  readMemory: () => ({
    memoryBytes: 1_073_741_824,
    memoryIs: 'limit',
    ...(kernel.highBytes === undefined ? {} : { highBytes: kernel.highBytes }),
  }),
  countThrottles: () => kernel.throttles,
}));

const MIB = 1_048_576;
const memory = { memoryBytes: 1_024 * MIB, memoryIs: 'limit' } as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zk-resources-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  Object.assign(kernel, { highBytes: undefined, throttles: 0 });
  vi.useRealTimers();
});

/** The watch of a member whose volume is as `room` says, and every line that its ledger has told. */
function watched() {
  const variables = { ZK_DATA_DIR: folder, ZK_DATA_LOG_DIR: folder };
  const { settings } = readSettings({ variables, files: new Map(), memory });
  const ledger = new Ledger(settings);
  const told: string[] = [];
  ledger.tellTo(({ code }) => told.push(code));
  let nowMs = 0;
  const ready = {
    settings,
    ensemble: { myid: 1, members: [{ id: 1 }] },
    heapBytes: 512 * MIB,
  } as unknown as Ready;
  const resources = new Resources({
    ready,
    ledger,
    log: { write: () => undefined } as unknown as Log,
    signal: new AbortController().signal,
    nowMs: () => nowMs,
  });
  const look = (freeMib: number, afterMs: number) => {
    room.freeBytes = freeMib * MIB;
    room.sizeBytes = 1_000 * MIB;
    nowMs += afterMs;
    return resources.look();
  };
  return { look, told, ledger, resources };
}

describe('the watch over a volume', () => {
  it('tells once that room is short, however often it looks, and again when it is worse', async () => {
    const { look, told, ledger } = watched();
    await look(900, 0);
    expect(told).toEqual([]);
    for (let free = 90; free > 60; free -= 1) await look(free, 500);
    expect(told).toEqual(['ZK-SPACE-005']);
    await look(5, 500);
    await look(4, 500);
    expect(told).toEqual(['ZK-SPACE-005', 'ZK-SPACE-005']);
    expect(ledger.findings).toHaveLength(1);
    await look(900, 500);
    expect(ledger.findings).toEqual([]);
  });

  it('foretells when it will be full', async () => {
    const { look, resources } = watched();
    await look(1_000, 0);
    await look(900, 50_000);
    await look(800, 50_000);
    expect(resources.facts.volumes).toEqual([
      { name: 'data', freeBytes: 800 * MIB, sizeBytes: 1_000 * MIB, fullInMs: 800_000 },
    ]);
  });
});

describe('the watch over memory.high', () => {
  /** What is told after each of these changes, each with a look. */
  function toldAfter(...changes: readonly Partial<typeof kernel>[]) {
    vi.useFakeTimers();
    const watch = watched();
    watch.resources.begin();
    return changes.map((change) => {
      Object.assign(kernel, change);
      vi.advanceTimersByTime(8_000);
      return watch.ledger.findings.map(({ code, problem }) => `${code} ${problem.slice(0, 40)}`);
    });
  }
  const reached = 'ZK-MEMORY-007 is 512 MiB, and the container has reache';

  it('tells of one that is set while the JVM runs, and no more once it is gone', () => {
    const [before, set, gone] = toldAfter({}, { highBytes: 512 * MIB }, { highBytes: undefined });
    expect(before).toEqual([]);
    expect(set).toEqual([expect.stringMatching(/^ZK-MEMORY-007 is 512m, and the JVM can use 668m/)]);
    expect(gone).toEqual([]);
  });

  it('leaves one that was there at the start to the checks of the start, until it is reached', () => {
    Object.assign(kernel, { highBytes: 512 * MIB, throttles: 3 });
    const [same, slowed, after] = toldAfter({}, { throttles: 4 }, {});
    expect(same).toEqual([]);
    expect(slowed).toEqual([reached]);
    expect(after).toEqual([reached]);
  });
});
