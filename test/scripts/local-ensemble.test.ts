import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline/promises';
import { describe, expect, it } from 'vitest';
import { startEnsemble } from '../../scripts/local-ensemble/ensemble.ts';
import type { Launch } from '../../scripts/local-ensemble/launch.ts';
import { ownedProcesses } from '../../scripts/local-ensemble/owned.ts';
import { holdPorts } from '../../scripts/local-ensemble/ports.ts';

/** A member that is a shell with a child in a session of its own, and heeds no TERM. */
const stubborn: Launch = () => ({
  file: '/bin/sh',
  args: ['-c', 'trap "" TERM; setsid sleep 1000 & wait'],
  env: { PATH: process.env['PATH'] ?? '' },
});

describe('an ensemble', () => {
  it('goes with every process and its folder when it is closed', async () => {
    const ensemble = await startEnsemble({ size: 2, launch: stubborn });
    await expect.poll(() => ensemble.processes().length, { timeout: 5_000 }).toBe(4);
    await ensemble.close();
    expect(ensemble.processes()).toEqual([]);
    expect(existsSync(ensemble.folder)).toBe(false);
  });

  it.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
    'goes as well when who started it ends by %s',
    async (signal) => {
      const module = new URL('../../scripts/local-ensemble/ensemble.ts', import.meta.url).href;
      const program = `
      const { startEnsemble } = await import(${JSON.stringify(module)});
      const launch = () => ({ file: '/bin/sh', args: ['-c', 'trap "" TERM; sleep 1000'], env: process.env });
      console.log((await startEnsemble({ size: 2, launch })).folder);
    `;
      const starter = spawn(process.execPath, ['--input-type=module', '--eval', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [folder = ''] = await once(createInterface(starter.stdout), 'line');
      await expect.poll(() => ownedProcesses(folder).length, { timeout: 5_000 }).toBe(4);
      starter.kill(signal);
      await expect.poll(() => ownedProcesses(folder), { timeout: 5_000 }).toEqual([]);
      await expect.poll(() => existsSync(folder), { timeout: 5_000 }).toBe(false);
    },
  );

  it('that does not serve is complained about with the last lines of its members', async () => {
    const launch: Launch = () => ({ file: '/bin/sh', args: ['-c', 'echo no java here'], env: {} });
    const ensemble = await startEnsemble({ size: 1, launch });
    try {
      const outcome = ensemble.waitUntilServing({ timeoutMs: 500 });
      await expect(outcome).rejects.toThrow(/not serving after 0.5 s: zk-0\nzk-0:\nno java here/);
    } finally {
      await ensemble.close();
    }
  });
});

describe('held ports', () => {
  it('are free, and no two holders share any', async () => {
    const holders = await Promise.all(Array.from({ length: 20 }, () => holdPorts(9)));
    const ports = holders.flatMap((holder) => holder.ports);
    expect(new Set(ports).size).toBe(20 * 9);
    const server = createServer();
    await once(server.listen(ports[0], '127.0.0.1'), 'listening');
    server.close();
    for (const { release } of holders) release();
  });
});

it('finds no process for a folder that nothing was started for', () => {
  expect(ownedProcesses('/nonexistent/zk-ensemble-')).toEqual([]);
});
