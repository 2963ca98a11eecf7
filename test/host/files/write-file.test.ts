import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeRendered } from '../../../src/host/files/write-file.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'write-file-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

const file = (path: string, more: object = {}) => ({
  path,
  mode: 0o640,
  content: 'a=b\n',
  onlyIfAbsent: false,
  ...more,
});

describe('writeRendered', () => {
  it('writes content and mode whatever the umask, and leaves no temporary file', () => {
    const home = folder();
    const before = process.umask(0o077);
    onTestFinished(() => void process.umask(before));
    expect(writeRendered(file(join(home, 'zoo.cfg')))).toBe('written');
    expect(readFileSync(join(home, 'zoo.cfg'), 'utf8')).toBe('a=b\n');
    expect(statSync(join(home, 'zoo.cfg')).mode & 0o777).toBe(0o640);
    expect(readdirSync(home)).toEqual(['zoo.cfg']);
  });

  it('leaves an equal file alone, and replaces one of another mode', () => {
    const path = join(folder(), 'zoo.cfg');
    writeRendered(file(path));
    expect(writeRendered(file(path))).toBe('unchanged');
    expect(writeRendered(file(path, { mode: 0o600 }))).toBe('written');
  });

  it('keeps what stands there when it is to be written once', () => {
    const path = join(folder(), 'myid');
    writeFileSync(path, '7\n');
    expect(writeRendered(file(path, { onlyIfAbsent: true }))).toBe('kept');
    expect(readFileSync(path, 'utf8')).toBe('7\n');
  });

  it('throws and leaves nothing behind when the place is taken by a folder', () => {
    const home = folder();
    mkdirSync(join(home, 'zoo.cfg'));
    expect(() => writeRendered(file(join(home, 'zoo.cfg')))).toThrow('is a directory');
    expect(readdirSync(home)).toEqual(['zoo.cfg']);
  });

  it('replaces a link instead of writing through it', () => {
    const home = folder();
    writeFileSync(join(home, 'other'), 'untouched');
    symlinkSync(join(home, 'other'), join(home, 'zoo.cfg'));
    writeRendered(file(join(home, 'zoo.cfg')));
    expect(readFileSync(join(home, 'other'), 'utf8')).toBe('untouched');
  });
});
