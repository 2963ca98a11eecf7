import type { Missing } from '../machine/abilities.ts';
import type { Fault } from './fault.ts';
import { networkFaults } from './network.ts';
import { processFaults } from './processes.ts';
import { rolloutFaults } from './rollouts.ts';
import { volumeFaults } from './volumes.ts';

/** Every kind of fault, in the order of the table. */
export const allFaults: readonly Fault[] = [
  ...processFaults,
  ...volumeFaults,
  ...networkFaults,
  ...rolloutFaults,
];

/** The kinds that cannot be made here, each with the reason. */
export function impossibleFaults(missing: Missing): Map<string, string> {
  const entries = allFaults.flatMap(({ name, needs }) => {
    const [need] = needs.filter((each) => missing.has(each));
    return need === undefined ? [] : [[name, missing.get(need) ?? ''] as const];
  });
  return new Map(entries);
}
