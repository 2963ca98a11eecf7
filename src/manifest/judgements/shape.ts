import { type Finding, finding } from '../../findings/finding.ts';
import type { KubernetesObject } from '../objects/objects.ts';
import { isKnownKind, type Misfit, misfits } from '../objects/shape.ts';
import { pairsAt } from '../objects/tree.ts';
import { containersOf } from '../pods/containers.ts';
import { containerRefusals } from '../refusals/container.ts';
import { podRefusals } from '../refusals/pod.ts';
import type { Refused } from '../refusals/refused.ts';
import { budgetRefusals, serviceRefusals } from '../refusals/service.ts';
import { setRefusals } from '../refusals/stateful-set.ts';
import type { Judged } from './judged.ts';

/** What the API server refuses in this StatefulSet and in the other objects of the files, by Kubernetes' OpenAPI. */
export function shapeFindings({ workload: { object, objects } }: Judged): Finding[] {
  const beside = objects.filter(
    ({ kind, namespace }) => kind !== 'StatefulSet' && isKnownKind(kind) && namespace === object.namespace,
  );
  return [object, ...beside].flatMap(ofObject);
}

function ofObject(object: KubernetesObject): Finding[] {
  const found = [...misfits(object.kind, object.tree), ...notBase64(object)];
  return found.map((misfit) => placed(object, misfit));
}

function placed({ kind, name }: KubernetesObject, misfit: Misfit): Finding {
  const { path, problem, remedy } = misfit;
  return finding(misfit.kind === 'field' ? 'ZK-MANIFEST-021' : 'ZK-MANIFEST-020', {
    subject: `${kind}/${name}${path === '' ? '' : ` ${path}`}`,
    problem,
    remedy,
  });
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Values that the API server decodes as base64. For OpenAPI they are only text. */
function notBase64({ kind, tree }: KubernetesObject): Misfit[] {
  const lists = kind === 'Secret' ? ['data'] : kind === 'ConfigMap' ? ['binaryData'] : [];
  return lists.flatMap((list) =>
    pairsAt(tree, list).flatMap(([key, value]): Misfit[] => {
      if (typeof value !== 'string' || BASE64.test(value.replaceAll(/[\r\n]/g, ''))) return [];
      const remedy =
        kind === 'Secret' ? 'encode it, or move it to stringData' : 'encode it, or move it to data';
      return [{ path: `${list}.${key}`, kind: 'value', problem: 'is not base64', remedy }];
    }),
  );
}

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
