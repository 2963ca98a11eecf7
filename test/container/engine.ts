import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { vi } from 'vitest';

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

/**
 * Waits until the look finds something; the deadline is that of a loaded machine. Each look starts a process of the
 * engine, which costs more than what is waited for: two a second are enough.
 */
export function eventually<T>(look: () => Promise<T>, timeoutMs = 60_000): Promise<T> {
  return vi.waitFor(look, { timeout: timeoutMs, interval: 500 });
}

/** A network for one test file; everything made in it bears its name and goes with it. */
export interface Network {
  readonly name: string;
  /** For what is mounted into its containers. */
  readonly folder: string;
  /** Another one at each call. */
  address(): string;
  /** Where its DNS answers. */
  readonly dns: string;
  /** From now on the name leads to this address, as a headless service that publishes not-ready addresses has it. */
  publish(name: string, address: string): void;
}

/** The network's name is given first, so that what a failed set-up has left can be removed by it. */
export const networkName = (name: string) => `zkep-${process.pid}-${name}`;

/** Makes the network and starts its DNS; `removeNetwork` belongs into the file's afterAll. */
export async function createNetwork(name: string): Promise<Network> {
  // Only podman can leave its own DNS out; docker's forwards to ours what it does not know.
  await ask('network', 'create', ...(engine.endsWith('podman') ? ['--disable-dns'] : []), name);
  const subnet = /\d+\.\d+\.\d+(?=\.0\/)/.exec(await ask('network', 'inspect', name))?.[0];
  const folder = folderOf(name);
  mkdirSync(folder);
  let last = 9;
  const address = () => {
    last += 1;
    return `${subnet}.${last}`;
  };
  const dns = address();
  const publish = publisherIn(folder);
  await startDns({ name, folder, dns });
  return { name, folder, address, dns, publish };
}

function publisherIn(folder: string) {
  const zone = join(folder, 'dns');
  mkdirSync(zone);
  chmodSync(zone, 0o755);
  const names: Record<string, string> = {};
  const write = () => {
    writeFileSync(join(zone, 'names.new'), JSON.stringify(names), { mode: 0o644 });
    renameSync(join(zone, 'names.new'), join(zone, 'names.json'));
  };
  write();
  return (name: string, address: string) => {
    names[name] = address;
    write();
  };
}

/** In a container of the image under test: it has a Node. */
async function startDns({ name, folder, dns }: { name: string; folder: string; dns: string }) {
  const modules = join(import.meta.dirname, '../../node_modules');
  const needed = ['dns-packet', '@leichtgewicht/ip-codec'];
  await ask(
    ...['run', '-d', '--name', `${name}-dns`, '--network', name, '--ip', dns, '--user', '0'],
    ...['-v', `${folder}/dns:/dns:ro`, '-v', `${import.meta.dirname}/cluster-dns.ts:/run/cluster-dns.ts:ro`],
    ...needed.flatMap((module) => ['-v', `${modules}/${module}:/run/node_modules/${module}:ro`]),
    ...['--entrypoint', 'node', image, '/run/cluster-dns.ts'],
  );
}

const folderOf = (name: string) => join(tmpdir(), name);

/** Removes the containers, volumes and files that bear the network's name, and the network. */
export async function removeNetwork(name: string): Promise<void> {
  const containers = await ask('ps', '-aq', '--filter', `name=^${name}-`);
  for (const id of containers.split('\n').filter(Boolean)) await tryEngine('rm', '-f', '-t', '0', '-v', id);
  const volumes = await ask('volume', 'ls', '-q', '--filter', `name=${name}-`);
  for (const volume of volumes.split('\n').filter(Boolean)) await tryEngine('volume', 'rm', '-f', volume);
  await tryEngine('network', 'rm', '-f', name);
  rmSync(folderOf(name), { recursive: true, force: true });
}
