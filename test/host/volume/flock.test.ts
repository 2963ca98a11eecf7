import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { lock, unlock } from '../../../src/host/volume/flock.ts';

const { signal } = new AbortController();

const LOCKED = { locked: 1 };
const HELD = { locked: 0, failed: { kind: 'held' } };

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'zk-flock-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The same file opened once more, as another server opens it. */
function opened(path: string): number {
  const descriptor = openSync(path, 'a+');
  onTestFinished(() => {
    try {
      closeSync(descriptor);
    } catch {
      // The test has closed it.
    }
  });
  return descriptor;
}

describe('a lock', () => {
  it('is of the open file: held against others, taken again by whoever has it, and given back when it is closed', async () => {
    const path = join(temporary(), 'lock');
    const [ours, theirs] = [opened(path), opened(path)];
    expect(await lock([ours], signal)).toEqual(LOCKED);
    expect(await lock([theirs], signal)).toEqual(HELD);
    expect(await lock([ours], signal)).toEqual(LOCKED);
    closeSync(ours);
    expect(await lock([theirs], signal)).toEqual(LOCKED);
  });

  it('is taken with others in their order, up to the first that another holds', async () => {
    const folder = temporary();
    const [first, second, third] = ['1', '2', '3'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const theirs = opened(second);
    await lock([theirs], signal);
    const outcome = await lock([opened(first), opened(second), opened(third)], signal);
    expect(outcome).toEqual({ locked: 1, failed: { kind: 'held' } });
    expect(await lock([opened(first)], signal)).toEqual(HELD);
    expect(await lock([opened(third)], signal)).toEqual(LOCKED);
  });

  it('is given back by unlock, although the file stays open', async () => {
    const path = join(temporary(), 'lock');
    const [ours, theirs] = [opened(path), opened(path)];
    await lock([ours], signal);
    await unlock([ours]);
    expect(await lock([theirs], signal)).toEqual(LOCKED);
  });

  it('is let go when the start is given up', async () => {
    const script = 'exec sleep 60';
    const given = new AbortController();
    const outcome = withFlock(script, given.signal);
    given.abort();
    expect(await outcome).toMatchObject({ failed: { kind: 'impossible' } });
  });

  /** What util-linux and busybox print and end with. */
  it.each([
    ['exit 0', undefined],
    ['exit 1', { kind: 'held' }],
    [
      'echo "flock: Operation not supported" >&2; exit 1',
      { kind: 'impossible', problem: '"flock: Operation not supported"' },
    ],
    [
      'echo "flock: 3: Bad file descriptor" >&2; exit 65',
      { kind: 'impossible', problem: '"flock: 3: Bad file descriptor"' },
    ],
    ['exit 127', { kind: 'impossible', problem: 'flock ended with status 127' }],
    ['printf "\\033[2J" >&2; exit 1', { kind: 'impossible', problem: '"\\u001b[2J"' }],
  ])('of a flock that does this: %s', async (script, expected) => {
    expect((await withFlock(script)).failed).toEqual(expected);
  });

  it('needs a flock on PATH', async () => {
    vi.stubEnv('PATH', temporary());
    onTestFinished(() => void vi.unstubAllEnvs());
    const problem = 'flock is not on PATH';
    expect(await lock([opened(join(temporary(), 'lock'))], signal)).toEqual({
      locked: 0,
      failed: { kind: 'impossible', problem },
    });
  });
});

async function withFlock(script: string, given = signal) {
  const folder = temporary();
  writeFileSync(join(folder, 'flock'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  return lock([opened(join(folder, 'lock'))], given);
}
