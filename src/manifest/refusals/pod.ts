import { at, listAt, type Tree, textAt } from '../objects/tree.ts';
import { POD_SPEC } from '../pods/workload.ts';
import { given, ID, NOT_NEGATIVE, oneOf, outside, type Refused, when } from './refused.ts';

/** What the API server refuses in a pod, apart from its containers (ValidatePodSpec). */
export function podRefusals(podSpec: Tree): Refused[] {
  const restart = textAt(podSpec, 'restartPolicy') ?? 'Always';
  return [
    ...outside(podSpec, POD_SPEC, NOT_NEGATIVE, 'terminationGracePeriodSeconds'),
    ...['runAsUser', 'runAsGroup', 'fsGroup'].flatMap((name) =>
      outside(podSpec, POD_SPEC, ID, 'securityContext', name),
    ),
    ...when(restart !== 'Always', {
      path: `${POD_SPEC}.restartPolicy`,
      problem: 'is not Always, but a StatefulSet accepts only Always',
      remedy: 'remove it',
    }),
    ...when(at(podSpec, 'activeDeadlineSeconds') !== undefined, {
      path: `${POD_SPEC}.activeDeadlineSeconds`,
      problem: 'is set, but the pods of a StatefulSet have no deadline',
      remedy: 'remove it',
    }),
    ...listAt(podSpec, 'volumes').flatMap((volume, index) =>
      oneOf(
        given(volume).filter((key) => key !== 'name'),
        {
          path: `${POD_SPEC}.volumes[${index}]`,
          what: 'kind of volume',
        },
      ),
    ),
    ...listAt(podSpec, 'topologySpreadConstraints').flatMap((constraint, index) =>
      outside(constraint, `${POD_SPEC}.topologySpreadConstraints[${index}]`, { min: 1 }, 'maxSkew'),
    ),
    ...rootOrNot(podSpec),
    ...hostPorts(podSpec),
  ];
}

/** The kubelet checks this when it creates the container (CreateContainerConfigError). */
function rootOrNot(podSpec: Tree): Refused[] {
  return listAt(podSpec, 'containers').flatMap((container, index) => {
    const wanted = (name: string) =>
      at(container, 'securityContext', name) ?? at(podSpec, 'securityContext', name);
    return when(wanted('runAsNonRoot') === true && wanted('runAsUser') === 0, {
      path: `${POD_SPEC}.containers[${index}].securityContext`,
      problem: 'has runAsNonRoot: true and runAsUser: 0, so the kubelet refuses to create the container',
      remedy: 'set runAsUser: 1000',
    });
  });
}

/** With hostNetwork a port of the container is a port of the node. */
function hostPorts(podSpec: Tree): Refused[] {
  if (at(podSpec, 'hostNetwork') !== true) return [];
  return listAt(podSpec, 'containers').flatMap((container, index) =>
    listAt(container, 'ports').flatMap((port, place) => {
      const host = at(port, 'hostPort') ?? at(port, 'containerPort');
      return when(host !== at(port, 'containerPort'), {
        path: `${POD_SPEC}.containers[${index}].ports[${place}].hostPort`,
        problem: 'differs from containerPort, but the pod uses the network of its node',
        remedy: 'remove hostPort, or give both the same number',
      });
    }),
  );
}
