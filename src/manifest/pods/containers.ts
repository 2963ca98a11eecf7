import { listAt, type Tree } from '../objects/tree.ts';
import { POD_SPEC, type Workload } from './workload.ts';

/** A container or init container of the pod, and its path. */
export interface PlacedContainer {
  readonly tree: Tree;
  /** `spec.template.spec.initContainers[0]`. */
  readonly path: string;
}

/** Every container of the pod with its path, init containers first. */
export function containersOf({ podSpec }: Workload): PlacedContainer[] {
  return ['initContainers', 'containers'].flatMap((list) =>
    listAt(podSpec, list).map((tree, index) => ({ tree, path: `${POD_SPEC}.${list}[${index}]` })),
  );
}

export const PROBES = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const;
