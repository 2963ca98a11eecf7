import { readFileSync } from 'node:fs';
import { type OwnedProcess, ownedProcesses } from '../../local-ensemble/owned.ts';

const MEMBER = 'TORTURE_MEMBER';

/** Marks the processes of one member beside the mark of the run. */
export function memberMark(name: string): Record<string, string> {
  return { [MEMBER]: name };
}

/** Every process of one member, wherever in the tree of processes it is now. */
export function processesOf(folder: string, name: string): OwnedProcess[] {
  return ownedProcesses(folder).filter(({ pid }) => environment(pid).includes(`${MEMBER}=${name}`));
}

function environment(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
