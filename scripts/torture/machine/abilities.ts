import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run, tryRun } from './command.ts';
import { namespaceNetwork, removeNetwork } from './network.ts';
import { Volume } from './volume.ts';

/** What a fault may need of the machine. */
export type Need = 'network' | 'slow network' | 'volume' | 'frozen volume' | 'clock' | 'other release';

/** Why each missing ability is missing; abilities that are there have no entry. */
export type Missing = Map<Need, string>;

/** Tries everything once, with names of this run, and takes it away again. */
export function findMissing({ folder, run: id }: { folder: string; run: number }): Missing {
  const missing: Missing = new Map();
  tryNetwork(id, missing);
  tryVolume(folder, missing);
  missing.set('clock', 'a step would move the clock of the whole machine: Linux has no namespace for it');
  return missing;
}

function tryNetwork(id: number, missing: Missing): void {
  try {
    const network = namespaceNetwork(id, 1);
    network.hurt(1, 'both');
    attempt(missing, 'slow network', () => network.hurt(1, 'slow'));
    network.heal(1);
  } catch (error) {
    for (const need of ['network', 'slow network'] as const) missing.set(need, (error as Error).message);
  } finally {
    removeNetwork(id);
  }
}

function tryVolume(folder: string, missing: Missing): void {
  const name = 'trial';
  try {
    const volume = new Volume({ folder, name, mounted: true });
    attempt(missing, 'frozen volume', () => {
      volume.freeze();
      volume.thaw();
    });
    volume.makeReadOnly();
    volume.repair();
    run('umount', volume.path);
  } catch (error) {
    for (const need of ['volume', 'frozen volume'] as const) missing.set(need, (error as Error).message);
    tryRun('umount', '-l', join(folder, name, 'volume'));
  }
  for (const left of [name, `${name}.ext4`]) rmSync(join(folder, left), { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

function attempt(missing: Missing, need: Need, trial: () => void): void {
  try {
    trial();
  } catch (error) {
    missing.set(need, (error as Error).message);
  }
}
