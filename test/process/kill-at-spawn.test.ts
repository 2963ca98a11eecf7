import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { isRunning, processesOf, seen, startContainer } from './container.ts';
import { temporaryFolder } from './run.ts';

/** As small as a JVM that runs can be: what is looked for is whether it lives on. */
const JVM = 'exec sleep 30';
const ROUNDS = 200;
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
async function killedAtTheSpawn(afterMs: number, path: string): Promise<number[]> {
  const container = startContainer(JVM, { variables: { PATH: path } });
  // The record is the last that is written before the JVM; children before it are those that lock the volume.
  const record = join(container.folder, 'data/zk-entrypoint.json');
  const deadlineMs = performance.now() + 20_000;
  while (!existsSync(record) || childrenOf(container.pid) === '') {
    if (performance.now() > deadlineMs) throw new Error(`no JVM was started:\n${container.output()}`);
    await new Promise((turn) => setImmediate(turn));
  }
  const untilMs = performance.now() + afterMs;
  while (performance.now() < untilMs) await new Promise((turn) => setImmediate(turn));
  process.kill(container.pid, 'SIGKILL');
  await seen(
    () => !isRunning(container.pid),
    () => `the end of ${container.pid}`,
  );
  // The kernel needs a moment, and a shell that looks for its parent needs one too.
  for (let look = 0; look < 100 && processesOf(container.folder).length > 0; look += 1)
    await new Promise((later) => setTimeout(later, 20));
  return processesOf(container.folder);
}

/** A setpriv that leaves a wide gap between the fork and its prctl. */
function slowSetpriv(then: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'setpriv'), `#!/bin/sh\nsleep 0.3\n${then}\n`);
  chmodSync(join(folder, 'setpriv'), 0o755);
  return `${folder}:${process.env['PATH']}`;
}

const setpriv = execaSync('sh', ['-c', 'command -v setpriv'], { reject: false }).stdout;

describe.skipIf(setpriv === '')('KILL to the supervisor at the moment of the spawn', () => {
  it(`leaves no JVM behind, ${ROUNDS} times`, { timeout: 300_000 }, async () => {
    const left: number[][] = [];
    for (let round = 0; round < ROUNDS; round += AT_ONCE) {
      const some = Array.from({ length: AT_ONCE }, (_, place) =>
        killedAtTheSpawn(((round + place) % 50) / 10, process.env['PATH'] ?? ''),
      );
      left.push(...(await Promise.all(some)));
    }
    expect(left.flat()).toEqual([]);
  });

  it('leaves none where the kernel was told too late', async () => {
    expect(await killedAtTheSpawn(50, slowSetpriv(`exec '${setpriv}' "$@"`))).toEqual([]);
  });

  it('control: without a look for the parent it would, so the tests above can fail', async () => {
    // Everything up to the shell's own words is as it is; `shift` takes those away.
    const without = `shift 3; shift 4; exec '${setpriv}' --pdeathsig KILL -- "$@"`;
    expect(await killedAtTheSpawn(50, slowSetpriv(without))).toHaveLength(1);
  });
});
