import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { isLong } from '../long.ts';
import { type Container, isRunning, processesOf, seen, startContainer } from './container.ts';
import { temporaryFolder } from './run.ts';

/** As small as a JVM that runs can be: what is looked for is whether it lives on. */
const JVM = 'exec sleep 30';
/** Each tenth of a millisecond of the first five, at least once. */
const ROUNDS = isLong ? 200 : 52;
const AT_ONCE = 4;

/** The children of a process's main thread. */
function childrenOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Kills the supervisor `afterMs` after it has forked; returns what is left of the container a moment later. */
async function killedAtTheSpawn(afterMs: number): Promise<number[]> {
  const container = startContainer(JVM);
  // The record is the last that is written before the JVM; children before it are those that lock the volume.
  const record = join(container.folder, 'data/zk-entrypoint.json');
  await until(() => existsSync(record) && childrenOf(container.pid) !== '', container);
  const untilMs = performance.now() + afterMs;
  while (performance.now() < untilMs) await new Promise((turn) => setImmediate(turn));
  return killed(container);
}

/** Kills the supervisor when its setpriv runs, which goes on only then; what is left must be, or must end. */
async function killedTooEarly(then: string): Promise<{ container: Container; left(): number[] }> {
  const { path, runs } = lateSetpriv(then);
  const container = startContainer(JVM, { variables: { PATH: path } });
  await until(runs, container);
  await killedAlone(container);
  return { container, left: () => processesOf(container.folder) };
}

/** Without a pause, so that the moment is not missed. */
async function until(seenNow: () => boolean, container: Container): Promise<void> {
  const deadlineMs = performance.now() + 20_000;
  while (!seenNow()) {
    if (performance.now() > deadlineMs) throw new Error(`no JVM was started:\n${container.output()}`);
    await new Promise((turn) => setImmediate(turn));
  }
}

async function killedAlone({ pid }: Container): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await seen(
    () => !isRunning(pid),
    () => `the end of ${pid}`,
  );
}

/**
 * What is left of a container when the kernel, and a shell that looks for its parent, have had their moment. One look
 * that finds nothing proves nothing: the kernel shows no environment of a process that is in the middle of execve(2).
 * An orphaned JVM would be seen by some look of the ten, and by all that follow.
 */
async function killed(container: Container): Promise<number[]> {
  await killedAlone(container);
  let left: number[] = [];
  let nothing = 0;
  for (let look = 0; look < 500 && nothing < 10; look += 1) {
    await new Promise((later) => setTimeout(later, 20));
    left = processesOf(container.folder);
    nothing = left.length === 0 ? nothing + 1 : 0;
  }
  return left;
}

/** A setpriv that says that it runs, waits until its parent has ended, and only then goes on: the kernel is told too late. */
function lateSetpriv(then: string): { path: string; runs(): boolean } {
  const folder = temporaryFolder();
  const sign = join(folder, 'runs');
  const orphaned = 'while [ "$(cut -d" " -f4 "/proc/$$/stat")" = "$PPID" ]; do sleep 0.01; done';
  writeFileSync(join(folder, 'setpriv'), `#!/bin/sh\n: >'${sign}'\n${orphaned}\n${then}\n`);
  chmodSync(join(folder, 'setpriv'), 0o755);
  return { path: `${folder}:${process.env['PATH']}`, runs: () => existsSync(sign) };
}

const setpriv = execaSync('sh', ['-c', 'command -v setpriv'], { reject: false }).stdout;

describe.skipIf(setpriv === '')('KILL to the supervisor at the moment of the spawn', () => {
  it(`leaves no JVM behind, ${ROUNDS} times`, { timeout: 600_000 }, async () => {
    const left: number[][] = [];
    for (let round = 0; round < ROUNDS; round += AT_ONCE) {
      const some = Array.from({ length: AT_ONCE }, (_, place) =>
        killedAtTheSpawn(((round + place) % 50) / 10),
      );
      left.push(...(await Promise.all(some)));
    }
    expect(left.flat()).toEqual([]);
  });

  it('leaves none where the kernel was told too late', async () => {
    const { left } = await killedTooEarly(`exec '${setpriv}' "$@"`);
    await expect.poll(left, { timeout: 10_000 }).toEqual([]);
  });

  it('control: without a look for the parent it would, so the tests above can fail', async () => {
    // Everything up to the shell's own words is as it is; `shift` takes those away.
    const without = `shift 3; shift 4; exec '${setpriv}' --pdeathsig KILL -- "$@"`;
    const { container, left } = await killedTooEarly(without);
    // The JVM itself, and not the setpriv before it.
    await expect.poll(() => left().map(commandOf), { timeout: 10_000 }).toEqual(['sleep 30']);
    expect(container.output()).not.toContain('status');
  });
});

function commandOf(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
}
