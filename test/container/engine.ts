import { execa } from 'execa';
import { afterAll, vi } from 'vitest';

/** The engine and the image under test; scripts/test finds and builds them. Where one is absent, every test here is skipped. */
export const engine = process.env['ZK_ENTRYPOINT_TEST_ENGINE'] ?? '';
export const image = process.env['ZK_ENTRYPOINT_TEST_IMAGE'] ?? '';
export const mayRun = engine !== '' && image !== '';

/** How a command of the engine ended. */
export interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the engine and tells how it ended, whichever way that was. */
export async function tryEngine(...words: readonly string[]): Promise<Ended> {
  const { exitCode, stdout, stderr } = await execa(engine, words, { reject: false, timeout: 60_000 });
  return { exitCode, stdout, stderr };
}

/** Runs the engine and returns its output; anything but 0 fails the test with what it said. */
export async function ask(...words: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await tryEngine(...words);
  if (exitCode !== 0) throw new Error(`${engine} ${words.join(' ')} ended with ${exitCode}: ${stderr}`);
  return stdout;
}

/** Waits until the look finds something; the deadline is that of a loaded machine. */
export function eventually<T>(look: () => Promise<T>, timeoutMs = 60_000): Promise<T> {
  return vi.waitFor(look, { timeout: timeoutMs, interval: 100 });
}

/** A network for one test file, and names for all it makes; everything of that name is gone afterwards. */
export async function createNetwork(name: string): Promise<{ name: string; address(): string }> {
  const full = `zkep-${process.pid}-${name}`;
  afterAll(() => removeAll(full));
  await ask('network', 'create', full);
  const subnet = /\d+\.\d+\.\d+(?=\.0\/)/.exec(await ask('network', 'inspect', full))?.[0];
  let last = 9;
  const address = () => {
    last += 1;
    return `${subnet}.${last}`;
  };
  return { name: full, address };
}

async function removeAll(name: string): Promise<void> {
  const containers = await ask('ps', '-aq', '--filter', `name=^${name}-`);
  for (const id of containers.split('\n').filter(Boolean)) await tryEngine('rm', '-f', '-v', id);
  const volumes = await ask('volume', 'ls', '-q', '--filter', `name=${name}-`);
  for (const volume of volumes.split('\n').filter(Boolean)) await tryEngine('volume', 'rm', '-f', volume);
  await tryEngine('network', 'rm', '-f', name);
}
