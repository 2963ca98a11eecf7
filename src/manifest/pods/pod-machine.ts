import type { Machine } from '../../preparation/machine.ts';
import { parseQuantity } from '../objects/quantity.ts';
import { at, textAt } from '../objects/tree.ts';
import type { Environment } from './environment.ts';
import { isFileVariable, type MountedFiles } from './mounted-files.ts';
import { volumeAt } from './volumes.ts';
import type { Workload } from './workload.ts';

/** Assumed where the container has no limit. No finding follows from it. */
const MEMORY_OF_A_NODE_BYTES = 8 * 2 ** 30;

/** The machine of a pod, as far as the manifest describes it. */
export function machineOf(
  workload: Workload,
  {
    name,
    variables,
    files,
  }: { name: string; variables: Environment['variables']; files: MountedFiles['files'] },
): Machine {
  const limit = parseQuantity(textAt(workload.container, 'resources', 'limits', 'memory'));
  const given = [...variables].filter(([key, { text }]) => !isFileVariable(key) || files.has(text.trim()));
  return {
    variables: Object.fromEntries(given.map(([key, { text }]) => [key, text])),
    hostName: hostNameOf(workload, name),
    memory:
      limit === undefined
        ? { memoryBytes: MEMORY_OF_A_NODE_BYTES, memoryIs: 'machine' }
        : { memoryBytes: limit, memoryIs: 'limit' },
    readText: (path) => {
      const file = files.get(path);
      return file === undefined
        ? { ok: false, problem: 'is not in the files' }
        : { ok: true, text: file.text };
    },
    places: placesOf(workload),
    findDomain: async () => undefined,
    findDistribution: () => ({ kind: 'absent' }),
    findJava: () => 'java',
    findClassArchive: () => ({ kind: 'absent' }),
  };
}

/** A manifest shows which volumes are mounted, but not which files they hold. */
function placesOf(workload: Workload): NonNullable<Machine['places']> {
  const isMounted = (directory: string) => volumeAt(workload, directory).kind !== 'none';
  return { isMounted, findData: (directory) => (isMounted(directory) ? 'empty' : 'absent') };
}

/** The governing Service gives the pod its domain ("Stable Network ID"). With hostNetwork, the pod has the host name of its node. */
function hostNameOf({ object, serviceName, podSpec }: Workload, name: string): string {
  if (at(podSpec, 'hostNetwork') === true) return 'node';
  return serviceName === '' ? name : `${name}.${serviceName}.${object.namespace}.svc.cluster.local`;
}
