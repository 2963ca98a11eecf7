import { type Finding, finding } from '../../findings/finding.ts';
import type { KubernetesObject } from '../objects/objects.ts';
import { containersOf } from '../pods/containers.ts';
import { containerRefusals } from '../refusals/container.ts';
import { podRefusals } from '../refusals/pod.ts';
import type { Refused } from '../refusals/refused.ts';
import { budgetRefusals, serviceRefusals } from '../refusals/service.ts';
import { setRefusals } from '../refusals/stateful-set.ts';
import type { Judged } from './judged.ts';

/** Numbers out of range and fields that contradict each other (Kubernetes' validation.go of apps, core and policy). */
export function limitFindings({ workload }: Judged): Finding[] {
  const { object, objects, podSpec, title } = workload;
  const beside = objects.filter(
    ({ namespace, kind }) => namespace === object.namespace && kind !== 'StatefulSet',
  );
  const own = [
    ...setRefusals(object.tree),
    ...podRefusals(podSpec),
    ...containersOf(workload).flatMap(containerRefusals),
  ];
  return [
    ...own.map((refused) => told(title, refused)),
    ...beside.flatMap((other) =>
      besideRefusals(other).map((refused) => told(`${other.kind}/${other.name}`, refused)),
    ),
  ];
}

function besideRefusals({ kind, tree }: KubernetesObject): Refused[] {
  if (kind === 'Service') return serviceRefusals(tree);
  return kind === 'PodDisruptionBudget' ? budgetRefusals(tree) : [];
}

function told(title: string, { path, problem, remedy }: Refused): Finding {
  return finding('ZK-MANIFEST-024', { subject: `${title} ${path}`, problem, remedy });
}
