import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDirectory } from '../../../src/host/files/make-directory.ts';
import { temporaryFolder } from '../../process/run.ts';

describe('a directory and those above it', () => {
  it.each<readonly [string, (folder: string) => string]>([
    ['is made where all are missing', (folder) => join(folder, 'a/b/c')],
    ['is left as it is', (folder) => folder],
    ['is made below a slash at the end', (folder) => `${folder}/a/b/`],
    [
      'is made below a link to a directory',
      (folder) => {
        mkdirSync(join(folder, 'real'));
        symlinkSync('real', join(folder, 'link'));
        return join(folder, 'link/a');
      },
    ],
  ])('%s', (_, pathIn) => {
    const path = pathIn(temporaryFolder());
    makeDirectory(path);
    expect(statSync(path).isDirectory()).toBe(true);
  });

  it.each<readonly [string, string, (folder: string) => string]>([
    ['where the kernel makes none', 'ENOENT', () => '/proc/zk-entrypoint/a/b'],
    ['below a file', 'ENOTDIR', (folder) => join(fileIn(folder), 'a')],
    ['in the place of a file', 'EEXIST', fileIn],
    ['in the place of a link to nothing', 'EEXIST', danglingIn],
    ['below a link to nothing', 'ENOENT', (folder) => join(danglingIn(folder), 'a')],
    ['with a name that is too long', 'ENAMETOOLONG', (folder) => join(folder, 'x'.repeat(300), 'a')],
  ])('fails %s', (_, code, pathIn) => {
    const path = pathIn(temporaryFolder());
    expect(() => makeDirectory(path)).toThrow(expect.objectContaining({ code }));
  });
});

function fileIn(folder: string): string {
  const path = join(folder, 'file');
  writeFileSync(path, '');
  return path;
}

function danglingIn(folder: string): string {
  const path = join(folder, 'dangling');
  symlinkSync('nothing', path);
  return path;
}
