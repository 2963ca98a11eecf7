import { appendFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { describeErrno } from '../../../src/host/errno.ts';
import { listFolder } from '../../../src/host/files/list-folder.ts';
import { atMost, readEnds, readText } from '../../../src/host/files/read-file.ts';
import { writeTerminationLog } from '../../../src/host/output/termination-log.ts';
import { put, things, wordsFor } from '../strange-things.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'read-file-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function wordsOf(read: () => unknown): string {
  try {
    return `nothing is wrong: ${JSON.stringify(read())}`;
  } catch (error) {
    return describeErrno(error);
  }
}

const line = { maxBytes: atMost.lineBytes };

describe('a file of somebody else', () => {
  it.each(things)('that is %s is refused at once, in words', (thing) => {
    const path = join(folder(), 'file');
    put(thing, path);
    expect(wordsOf(() => readText(path, line))).toMatch(wordsFor[thing]);
  });

  it.each(things.filter((thing) => thing !== 'huge'))('that is %s has no ends either', (thing) => {
    const path = join(folder(), 'file');
    put(thing, path);
    // Root does not follow a link where others may change the folder, and here it may: the folder is its own.
    expect(wordsOf(() => readEnds(path, { head: 16, tail: 5 }))).not.toContain('nothing is wrong');
  });

  it('of any size has ends', () => {
    const path = join(folder(), 'file');
    put('huge', path);
    expect(readEnds(path, { head: 16, tail: 5 })).toEqual({
      bytes: 3 * 2 ** 30,
      head: new Uint8Array(16),
      tail: new Uint8Array(5),
    });
  });

  it.each<[number, boolean]>([
    [0, true],
    [4_095, true],
    [4_096, true],
    [4_097, false],
  ])('of %i bytes where 4096 are read: %s', (bytes, read) => {
    const path = join(folder(), 'file');
    writeFileSync(path, 'x'.repeat(bytes));
    expect(wordsOf(() => readText(path, line)).startsWith('nothing is wrong')).toBe(read);
  });

  it('is read over links, as the kubelet mounts Secrets', () => {
    const home = folder();
    writeFileSync(join(home, 'real'), 'secret');
    symlinkSync('real', join(home, '..data'));
    symlinkSync('..data', join(home, 'name'));
    expect(readText(join(home, 'name'), line)).toBe('secret');
  });

  it('of /proc, which has no size before it is read, is read', () => {
    expect(readText('/proc/self/status', { maxBytes: atMost.textBytes })).toContain('CapEff');
  });

  it('that is masked by /dev/null is empty', () => {
    expect(readText('/dev/null', line)).toBe('');
  });

  it('that is missing is nothing else than missing', () => {
    expect(wordsOf(() => readText(join(folder(), 'file'), line))).toBe('does not exist');
  });
});

describe('a folder of somebody else', () => {
  it('is listed up to a number of entries, kept or not', () => {
    const home = folder();
    for (const name of ['a', 'b', 'c']) writeFileSync(join(home, name), '');
    const keep = (name: string) => name === 'b';
    expect(listFolder(home, { most: 3, keep }).map(({ name }) => name)).toEqual(['b']);
    expect(wordsOf(() => listFolder(home, { most: 2, keep }))).toBe('holds more than 2 entries');
  });

  it.each(things.filter((thing) => thing !== 'directory'))('that is %s is not an empty one', (thing) => {
    const path = join(folder(), 'version-2');
    put(thing, path);
    const words = /is not a directory|which does not exist|which leads nowhere|loop of symbolic links/;
    expect(wordsOf(() => listFolder(path))).toMatch(words);
  });

  it('that is missing is empty', () => {
    expect(listFolder(join(folder(), 'version-2'))).toEqual([]);
  });
});

describe('the termination log', () => {
  it('is written anew where it is a file', () => {
    const path = join(folder(), 'log');
    writeFileSync(path, 'a longer message of an earlier end');
    expect(writeTerminationLog(path, 'why')).toBeUndefined();
    expect(readFileSync(path, 'utf8')).toBe('why');
  });

  it('that is missing is not made, and that is nothing to speak of', () => {
    const path = join(folder(), 'log');
    expect(writeTerminationLog(path, 'why')).toBeUndefined();
    expect(() => appendFileSync(path, '', { flag: 'r+' })).toThrow(/ENOENT/);
  });

  it.each(things.filter((thing) => thing !== 'huge'))('that is %s is left alone at once', (thing) => {
    const path = join(folder(), 'log');
    put(thing, path);
    expect(writeTerminationLog(path, 'why')).toMatch(/^is a /);
  });
});
