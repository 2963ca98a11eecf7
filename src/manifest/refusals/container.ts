import { parseQuantity } from '../objects/quantity.ts';
import { at, listAt, pairsAt, type Tree, textAt } from '../objects/tree.ts';
import { PROBES } from '../pods/containers.ts';
import { probeRefusals } from './probe.ts';
import { given, ID, oneOf, outside, PORT, type Refused, when } from './refused.ts';

/** What the API server refuses in a container (ValidateContainers). */
export function containerRefusals({ tree, path }: { tree: Tree; path: string }): Refused[] {
  const context = at(tree, 'securityContext');
  const added = listAt(context, 'capabilities', 'add');
  const mayEscalate =
    at(context, 'privileged') === true || added.includes('SYS_ADMIN') || added.includes('CAP_SYS_ADMIN');
  return [
    ...when((textAt(tree, 'image') ?? '').trim() === '', {
      path: `${path}.image`,
      problem: 'is missing',
      remedy: 'name the image',
    }),
    ...listAt(tree, 'ports').flatMap((port, index) => [
      ...outside(port, `${path}.ports[${index}]`, PORT, 'containerPort'),
      ...outside(port, `${path}.ports[${index}]`, PORT, 'hostPort'),
    ]),
    ...['runAsUser', 'runAsGroup'].flatMap((name) => outside(context, `${path}.securityContext`, ID, name)),
    ...when(at(context, 'allowPrivilegeEscalation') === false && mayEscalate, {
      path: `${path}.securityContext.allowPrivilegeEscalation`,
      problem: 'is false, but the container is privileged or has SYS_ADMIN',
      remedy: 'remove privileged and SYS_ADMIN, or this field',
    }),
    ...listAt(tree, 'env').flatMap((entry, index) => variableRefusals(entry, `${path}.env[${index}]`)),
    ...listAt(tree, 'envFrom').flatMap((entry, index) =>
      oneOf(
        given(entry).filter((key) => key !== 'prefix'),
        { path: `${path}.envFrom[${index}]`, what: 'source' },
      ),
    ),
    ...PROBES.flatMap((name) => probeRefusals(at(tree, name), { name, path: `${path}.${name}` })),
    ...resourceRefusals(at(tree, 'resources'), `${path}.resources`),
  ];
}

const FIELD_PATHS =
  /^(metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['[^']+'\]|spec\.(nodeName|serviceAccountName)|status\.(hostIPs?|podIPs?))$/;

/** The resources that a variable may use (validateContainerResourceFieldSelector). */
const RESOURCES = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-[\w.-]+)$/;

function variableRefusals(entry: Tree, path: string): Refused[] {
  const from = at(entry, 'valueFrom');
  if (from === undefined || from === null) return [];
  const field = textAt(from, 'fieldRef', 'fieldPath');
  const resource = textAt(from, 'resourceFieldRef', 'resource');
  return [
    ...when((textAt(entry, 'value') ?? '') !== '', {
      path,
      problem: 'has both value and valueFrom',
      remedy: 'keep one of the two',
    }),
    ...oneOf(given(from), { path: `${path}.valueFrom`, what: 'source' }),
    ...when(field !== undefined && !FIELD_PATHS.test(field), {
      path: `${path}.valueFrom.fieldRef.fieldPath`,
      problem: 'is not a field that a variable can use',
      remedy: "use for example metadata.name, metadata.namespace, metadata.labels['app'] or status.podIP",
    }),
    ...when(resource !== undefined && !RESOURCES.test(resource), {
      path: `${path}.valueFrom.resourceFieldRef.resource`,
      problem: 'is not a resource that a variable can use',
      remedy: 'use limits.cpu, limits.memory, limits.ephemeral-storage, or the same of requests',
    }),
  ];
}

function resourceRefusals(resources: Tree, path: string): Refused[] {
  const amount = (list: string, name: string) => parseQuantity(textAt(resources, list, name));
  const names = pairsAt(resources, 'limits').map(([name]) => name);
  return names
    .filter(
      (name) =>
        (amount('requests', name) ?? 0) > (amount('limits', name) ?? 0) &&
        amount('limits', name) !== undefined,
    )
    .map((name) => ({
      path: `${path}.requests.${name}`,
      problem: `is ${textAt(resources, 'requests', name)}, more than the limit of ${textAt(resources, 'limits', name)}`,
      remedy: 'lower it, or raise the limit',
    }));
}
