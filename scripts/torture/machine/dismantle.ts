import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownedProcesses, sendSignal } from '../../local-ensemble/owned.ts';
import { tryRun } from './command.ts';
import { removeNetwork } from './network.ts';

const PATIENCE_MS = 10_000;
const PAUSE_MS = 50;

/** Where a run is: its folder, and the number that its network is named after. */
export interface Site {
  readonly folder: string;
  readonly run: number;
}

/** Ends every process of a run and takes its mounts and network away; the folder stays if it is to be looked at. */
export async function dismantle({ folder, run }: Site, { keep }: { keep: boolean }): Promise<void> {
  const mounts = mountsBelow(folder);
  // A process that waits for a frozen disk cannot be killed.
  for (const path of mounts) tryRun('fsfreeze', '-u', path);
  await killAll(folder);
  for (const path of mounts) tryRun('umount', path) || tryRun('umount', '-l', path);
  removeNetwork(run);
  if (!keep) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function killAll(folder: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let left = ownedProcesses(folder); left.length > 0; left = ownedProcesses(folder)) {
    for (const { pid } of left) sendSignal(pid, 'SIGKILL');
    if (Date.now() > deadline) throw new Error(`cannot be killed: ${left.map(({ pid }) => pid).join(', ')}`);
    await sleep(PAUSE_MS);
  }
}

function mountsBelow(folder: string): string[] {
  const paths = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '');
  return paths.filter((path) => path.startsWith(`${folder}/`)).reverse();
}
