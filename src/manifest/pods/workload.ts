import { type KubernetesObject, type Labels, labelsAt } from '../objects/objects.ts';
import { at, countAt, listAt, type Tree, textAt } from '../objects/tree.ts';
import { type Launch, launchOf, otherImage } from './command.ts';

/** A StatefulSet whose pods run our program, with the fields that the judgements need. */
export interface Workload {
  readonly object: KubernetesObject;
  /** `StatefulSet/zk`. */
  readonly title: string;
  readonly replicas: number;
  readonly firstOrdinal: number;
  readonly serviceName: string;
  /** False for OrderedReady, the default. */
  readonly parallel: boolean;
  readonly labels: Labels;
  readonly podSpec: Tree;
  readonly container: Tree;
  /** `spec.template.spec.containers[0]`. */
  readonly containerPath: string;
  readonly launch: Launch;
  /** The dialect of the other image that it names. It is then judged as if it named our image. */
  readonly from: ReturnType<typeof otherImage>;
  /** Every object of the files. */
  readonly objects: readonly KubernetesObject[];
}

/** The path of the pod specification in every StatefulSet. */
export const POD_SPEC = 'spec.template.spec';

/** The workload, or undefined if none of its containers starts our program. */
export function workloadOf(
  object: KubernetesObject,
  objects: readonly KubernetesObject[],
): Workload | undefined {
  const podSpec = at(object.tree, 'spec', 'template', 'spec');
  const containers = listAt(podSpec, 'containers');
  const launches = containers.map(launchOf);
  const index = launches.findIndex((launch) => launch !== undefined);
  const launch = launches[index];
  if (launch === undefined) return undefined;
  return {
    object,
    title: `${object.kind}/${object.name}`,
    replicas: countAt(object.tree, 1, 'spec', 'replicas'),
    firstOrdinal: countAt(object.tree, 0, 'spec', 'ordinals', 'start'),
    serviceName: textAt(object.tree, 'spec', 'serviceName') ?? '',
    parallel: textAt(object.tree, 'spec', 'podManagementPolicy') === 'Parallel',
    labels: labelsAt(object.tree, 'spec', 'template', 'metadata', 'labels'),
    podSpec,
    container: containers[index],
    containerPath: `${POD_SPEC}.containers[${index}]`,
    launch,
    from: otherImage(containers[index]),
    objects,
  };
}
