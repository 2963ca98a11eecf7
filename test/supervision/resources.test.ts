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

const MIB = 1_048_576;
const memory = { memoryBytes: 1_024 * MIB, memoryIs: 'limit' } as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zk-resources-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

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
    await look(900, 0);
    await look(800, 100_000);
    expect(resources.facts.volumes).toEqual([
      { name: 'data', freeBytes: 800 * MIB, sizeBytes: 1_000 * MIB, fullInMs: 800_000 },
    ]);
  });
});
