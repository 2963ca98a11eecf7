import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchSevereErrors } from '../../src/supervision/severe-errors.ts';

let folder: string;
const isOver = () => new AbortController();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'zk-severe-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function watched(path: string) {
  const over = isOver();
  const [found, failed]: [string[], string[]] = [[], []];
  watchSevereErrors(path, {
    signal: over.signal,
    found: (line) => found.push(line),
    failed: (problem) => failed.push(problem),
  });
  return { found, failed, over };
}

it('finds that the log could not be written, once, and nothing of an earlier life', async () => {
  const path = join(folder, 'severe.log');
  writeFileSync(path, '\nSevere unrecoverable error, from thread : OLD\n');
  const { found, failed, over } = watched(path);
  expect(readFileSync(path, 'utf8')).toBe('\n');
  appendFileSync(
    path,
    'Severe unrecoverable error, from thread : FollowerRequestProcessor:1\njava.io.IOException: No space left on device\n',
  );
  appendFileSync(path, 'Severe unrecoverable error, from thread : SyncThread:1\n');
  await expect.poll(() => found.length).toBe(1);
  appendFileSync(path, 'more\n');
  await expect.poll(() => readFileSync(path, 'utf8')).toContain('more');
  expect(found).toEqual(['Severe unrecoverable error, from thread : SyncThread:1']);
  expect(failed).toEqual([]);
  over.abort();
});

it('says why it cannot watch, and goes on', () => {
  const { found, failed } = watched(join(folder, 'absent', 'severe.log'));
  expect(found).toEqual([]);
  expect(failed).toHaveLength(1);
  expect(failed[0]).not.toBe('');
});
