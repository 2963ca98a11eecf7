import { describe, expect, it } from 'vitest';
import type { FileHead } from '../../src/volume/file-head.ts';
import { purgeable } from '../../src/volume/purgeable.ts';
import { type DataFile, dataFolder } from '../../src/volume/volume-facts.ts';

describe('what a purge may remove', () => {
  const SEALED = new Uint8Array([0, 0, 0, 1, 0x2f]);
  const head =
    (damaged: readonly string[]) =>
    (file: DataFile): FileHead => ({
      file,
      path: file.name,
      bytes: 100,
      head: new Uint8Array(16),
      tail: damaged.includes(file.name) ? new Uint8Array(5) : SEALED,
    });
  const of = (names: readonly string[], damaged: readonly string[] = [], keep = 3) => {
    const folder = dataFolder('v', names);
    const { snapshots, logs } = purgeable({ data: folder, log: folder }, { keep, head: head(damaged) });
    return [...snapshots, ...logs].map((path) => path.slice(2)).toSorted();
  };
  const FIVE = ['snapshot.5', 'snapshot.15', 'snapshot.25', 'snapshot.35', 'snapshot.45'];
  const LOGS = ['log.1', 'log.10', 'log.20', 'log.30', 'log.40'];

  it('keeps three whole snapshots and every log that they need', () => {
    expect(of([...FIVE, ...LOGS])).toEqual(['log.1', 'log.10', 'snapshot.15', 'snapshot.5']);
    expect(of([...FIVE, ...LOGS], ['snapshot.45'])).toEqual(['log.1', 'snapshot.5']);
    expect(of([...FIVE, ...LOGS], [], 5)).toEqual([]);
  });

  it('is nothing while fewer are whole', () => {
    expect(of([...FIVE.slice(2), ...LOGS], ['snapshot.35'])).toEqual([]);
    expect(of(LOGS)).toEqual([]);
  });
});
