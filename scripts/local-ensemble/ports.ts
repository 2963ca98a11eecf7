import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Ports of this machine that nobody else takes while they are held. */
export interface HeldPorts {
  /** Nothing listens on these; there are as many as were asked for. */
  readonly ports: readonly number[];
  release(): void;
}

/**
 * Below the kernel's own choice of ports (ip_local_port_range, from 32768): a connection of anybody could be given
 * one of those while a member is being started again. Also below the NodePorts of Kubernetes, from 30000.
 */
const FIRST_PORT = 20_000;
const BLOCK_SIZE = 32;
const BLOCKS = 300;
const ATTEMPTS = 50;

/**
 * Takes a block of free ports on 127.0.0.1, chosen at random. The block's first port is listened on until the
 * release, so that two runs of this at once never share a block; throws after fifty blocks in vain.
 */
export async function holdPorts(count: number): Promise<HeldPorts> {
  if (count >= BLOCK_SIZE)
    throw new RangeError(`at most ${BLOCK_SIZE - 1} ports are in a block, not ${count}`);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const base = FIRST_PORT + BLOCK_SIZE * Math.floor(Math.random() * BLOCKS);
    const guard = await listen(base);
    if (guard === undefined) continue;
    const ports = Array.from({ length: count }, (_, index) => base + 1 + index);
    if (await areFree(ports)) return { ports, release: () => void guard.close() };
    guard.close();
  }
  throw new Error(`found no ${count} free ports in a row from ${FIRST_PORT} on`);
}

async function areFree(ports: readonly number[]): Promise<boolean> {
  const servers = await Promise.all(ports.map(listen));
  await Promise.all(servers.map((server) => server && once(server.close(), 'close')));
  return servers.every((server) => server !== undefined);
}

/** A server that keeps no process alive, or undefined when the port is taken. */
async function listen(port: number): Promise<Server | undefined> {
  const server = createServer().unref();
  try {
    await once(server.listen({ port, host: '127.0.0.1' }), 'listening');
    return server;
  } catch {
    return undefined;
  }
}
