import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { ownedProcesses } from '../../scripts/local-ensemble/owned.ts';
import { networkName } from '../../scripts/torture/machine/network.ts';
import { testHome, testJavaHome } from './members.ts';

const program = fileURLToPath(new URL('../../scripts/torture.ts', import.meta.url));
const LONG = { timeout: 60_000 };

let running: ChildProcess | undefined;
afterEach(() => running?.kill('SIGTERM'));

/** A run of its own, with what it has printed so far. */
function torture(env: Readonly<Record<string, string>> = {}) {
  const homes = { ZK_HOME: testHome(), JAVA_HOME: testJavaHome(), ...env };
  const child = spawn(process.execPath, [program, '--faults', '8', '--seed', '3'], {
    env: { ...process.env, ...homes },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (printed += text));
  return {
    child,
    printed: () => printed,
    ended: once(child, 'close') as Promise<[number | null, string | null]>,
  };
}

const folderIn = (printed: string) => /^in (\S+)$/m.exec(printed)?.[1] ?? '';

/** What a run may leave: processes, mounts, its folder, and what is named after it in the network. */
function leftOf(pid: number, folder: string): string[] {
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  const name = networkName(pid & 0xffff);
  return [
    ...ownedProcesses(folder).map((process) => `${process.name} ${process.pid}`),
    ...read('/proc/mounts')
      .split('\n')
      .filter((line) => line.includes(folder)),
    ...[name, `${name}-1`, `${name}-2`, `${name}-3`].filter((each) => existsSync(`/sys/class/net/${each}`)),
    ...[1, 2, 3].map((id) => `/run/netns/${name}-${id}`).filter((path) => existsSync(path)),
    ...(existsSync(folder) ? [folder] : []),
  ];
}

describe('a torture that is ended in the middle', () => {
  it.each<[NodeJS.Signals, number | null, string | null]>([
    ['SIGINT', 130, null],
    ['SIGTERM', 130, null],
    ['SIGKILL', null, 'SIGKILL'],
  ])('by %s leaves nothing', async (signal, status, by) => {
    const { child, printed, ended } = torture();
    const pid = child.pid as number;
    await expect.poll(printed, LONG).toMatch(/ 1\/8 /);
    const folder = folderIn(printed());
    expect(leftOf(pid, folder)).toContain(folder);
    expect(ownedProcesses(folder).map(({ name }) => name)).toContain('java');
    child.kill(signal);
    expect(await ended).toEqual([status, by]);
    await expect.poll(() => leftOf(pid, folder), LONG).toEqual([]);
  });
});

describe('a torture that cannot come to a proof', () => {
  it('says so, and with which command to run it again', async () => {
    const { printed, ended } = torture({ TMPDIR: '/nonexistent' });
    expect(await ended).toEqual([70, null]);
    expect(printed()).toMatch(/NO PROOF: the run itself failed: .*ENOENT/);
    expect(printed()).toContain('again: npm run torture -- --faults 8 --seed 3 --members 3 --release 3.9');
  });
});
