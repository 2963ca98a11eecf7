import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { thisMachine } from '../../../src/host/machine/machine.ts';

const folder = mkdtempSync(join(tmpdir(), 'zk-places-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { places, findId } = thisMachine({});

/** A directory with these files. */
function directory(name: string, ...files: readonly (readonly [path: string, text: string])[]): string {
  const path = join(folder, name);
  mkdirSync(join(path, 'version-2'), { recursive: true });
  for (const [file, text] of files) writeFileSync(join(path, file), text);
  return path;
}

describe('a directory of another image', () => {
  it.each<[string, readonly (readonly [string, string])[], string, boolean]>([
    ['nothing', [], 'empty', false],
    ['what is not ZooKeeper’s', [['version-2/notes', '']], 'empty', false],
    ['an id', [['myid', '3\n']], 'data', false],
    ['a snapshot', [['version-2/snapshot.0', '']], 'data', false],
    ['logs', [['version-2/log.1', '']], 'data', true],
  ])('with %s', (name, files, found, hasLogs) => {
    const path = directory(name, ...files);
    expect(places?.findData?.(path)).toBe(found);
    expect(places?.holdsLogs?.(path)).toBe(hasLogs);
  });

  it('that is not there is absent, and lies on no volume', () => {
    expect(places?.findData?.(join(folder, 'gone'))).toBe('absent');
    expect(places?.isMounted?.('/proc/gone')).toBe(false);
    expect(places?.isMounted?.('/')).toBe(false);
    expect(places?.isMounted?.('/proc')).toBe(true);
  });

  it.each<[string, number | undefined]>([
    ['0\n', 0],
    ['255', 255],
    ['-1\n', undefined],
    ['zk-0\n', undefined],
    ['', undefined],
  ])('with the id %j', (text, id) => {
    expect(findId?.(directory(`id ${text.trim()}`, ['myid', text]))).toBe(id);
  });
});
