import { at, listAt, type Tree, textAt } from '../objects/tree.ts';
import { NOT_NEGATIVE, outside, PORT, type Refused, when } from './refused.ts';

/** What the API server refuses in a Service (ValidateService). */
export function serviceRefusals(tree: Tree): Refused[] {
  const ports = listAt(tree, 'spec', 'ports');
  const type = textAt(tree, 'spec', 'type') ?? 'ClusterIP';
  const headless = textAt(tree, 'spec', 'clusterIP') === 'None';
  const names = ports.map((port) => textAt(port, 'name') ?? '');
  const numbers = ports.map((port) => `${textAt(port, 'port')}/${textAt(port, 'protocol') ?? 'TCP'}`);
  return [
    ...when(ports.length > 1 && names.includes(''), {
      path: 'spec.ports',
      problem: 'has several ports, and one of them has no name',
      remedy: 'give each a name',
    }),
    ...[names.filter((name) => name !== ''), numbers].flatMap((list) =>
      when(new Set(list).size < list.length, {
        path: 'spec.ports',
        problem: 'gives a name or port twice',
        remedy: 'keep one of the two',
      }),
    ),
    ...when(ports.length === 0 && !headless && type !== 'ExternalName', {
      path: 'spec.ports',
      problem: 'is empty',
      remedy: 'add its ports',
    }),
    ...when(headless && (type === 'NodePort' || type === 'LoadBalancer'), {
      path: 'spec.clusterIP',
      problem: `is None, but a Service of type ${type} needs an address`,
      remedy: `use two Services: a headless one, and one of type ${type}`,
    }),
    ...ports.flatMap((port, index) =>
      ['port', 'targetPort', 'nodePort'].flatMap((name) => outside(port, `spec.ports[${index}]`, PORT, name)),
    ),
  ];
}

/** What the API server refuses in a PodDisruptionBudget (ValidatePodDisruptionBudgetSpec). */
export function budgetRefusals(tree: Tree): Refused[] {
  const both = ['minAvailable', 'maxUnavailable'].filter(
    (name) => (at(tree, 'spec', name) ?? undefined) !== undefined,
  );
  return [
    ...when(both.length === 2, {
      path: 'spec',
      problem: 'has both minAvailable and maxUnavailable',
      remedy: 'keep maxUnavailable: 1',
    }),
    ...both.flatMap((name) => outside(tree, '', NOT_NEGATIVE, 'spec', name)),
    ...both.flatMap((name) => {
      const value = at(tree, 'spec', name);
      return when(typeof value === 'string' && !/^\d+%$/.test(value), {
        path: `spec.${name}`,
        problem: 'is neither a number nor a share such as 34%',
        remedy: 'give maxUnavailable: 1',
      });
    }),
  ];
}
