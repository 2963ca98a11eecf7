import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { fakeJvm, javaHome } from './container.ts';
import { memberIn, temporaryFolder } from './run.ts';

/** The program, copied to a place of its own. */
function installed(): { launcher: string; kept(): string[]; program: string } {
  const program = temporaryFolder();
  for (const part of ['bin', 'dist'])
    cpSync(join(import.meta.dirname, '../..', part), join(program, part), {
      recursive: true,
      filter: (path) => !path.includes('.compile-cache'),
    });
  const folder = join(program, 'dist/.compile-cache');
  mkdirSync(folder);
  const kept = () => readdirSync(folder).filter((name) => name.startsWith('start-'));
  return { launcher: join(program, 'bin/zk-entrypoint'), kept, program };
}

/** A start whose JVM ends with 5 at once. */
async function started(launcher: string, variables: Record<string, string> = {}) {
  const folder = temporaryFolder();
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...memberIn(folder),
    JAVA_HOME: javaHome(folder, fakeJvm({ exitAfterMs: 0, exitWith: 5 })),
    ...variables,
  };
  return execa(process.execPath, ['--', launcher, 'start'], { env, extendEnv: false, reject: false });
}

/** With some bytes of a block lost. */
function damaged(code: Buffer): Buffer {
  return Buffer.from(code).fill(0, 200_000, 200_400);
}

describe('the code that a start has compiled', () => {
  it('is kept once, whole, and used by the next', async () => {
    const { launcher, kept, program } = installed();
    expect((await started(launcher)).exitCode).toBe(5);
    const [name = '', ...more] = kept();
    expect(more).toEqual([]);
    const code = readFileSync(join(program, 'dist/.compile-cache', name));
    expect(code.length).toBeGreaterThan(300_000);
    expect((await started(launcher)).exitCode).toBe(5);
    // Code that did not fit would have been made anew.
    expect(kept()).toEqual([name]);
    expect(readFileSync(join(program, 'dist/.compile-cache', name)).equals(code)).toBe(true);
  });

  it('is not taken for that of other sources', async () => {
    const { launcher, kept, program } = installed();
    await started(launcher);
    const path = join(program, 'dist/start.cjs');
    // The same length, another mark: as of another build.
    writeFileSync(path, readFileSync(path, 'latin1').replace(/^\/\/[0-9a-f]{16}/, `//${'0'.repeat(16)}`));
    await started(launcher);
    expect(kept()).toHaveLength(2);
  });

  it('is made anew where what is kept is broken', async () => {
    const { launcher, kept, program } = installed();
    await started(launcher);
    const path = join(program, 'dist/.compile-cache', kept()[0] ?? '');
    writeFileSync(path, '');
    expect((await started(launcher)).exitCode).toBe(5);
    expect(readFileSync(path).length).toBeGreaterThan(300_000);
    const whole = readFileSync(path);
    for (const broken of [whole.subarray(0, 1_000), damaged(whole), Buffer.alloc(whole.length)]) {
      writeFileSync(path, broken);
      expect((await started(launcher)).exitCode).toBe(5);
      expect(readFileSync(path).equals(broken)).toBe(false);
    }
  });

  it('is not kept of a start that was refused', async () => {
    const { launcher, kept } = installed();
    expect((await started(launcher, { ZK_TICK_TIME: 'x' })).exitCode).toBe(78);
    expect(kept()).toEqual([]);
  });
});
