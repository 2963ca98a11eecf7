import { type Finding, finding } from '../../findings/finding.ts';
import { named } from '../objects/objects.ts';
import { parseQuantity } from '../objects/quantity.ts';
import { at, listAt, type Tree, textAt } from '../objects/tree.ts';
import { assignedInShell } from './shell-variables.ts';
import { type ContainerPlace, type Source, sourced } from './source.ts';

/** One variable of a container, as the kubelet would set it. */
export interface Variable {
  readonly text: string;
  /** Where its value comes from, for people: `ConfigMap/zk-config data.tick`. */
  readonly from: string;
  readonly secret: boolean;
}

/** The variables of a container, and findings about values that the files do not give. */
export interface Environment {
  readonly variables: ReadonlyMap<string, Variable>;
  readonly findings: readonly Finding[];
}

/** Reads envFrom and then env, in their order, as the kubelet does (Kubernetes' "Define dependent environment variables"). */
export function environmentOf(place: ContainerPlace): Environment {
  const variables = new Map<string, Variable>();
  const findings: Finding[] = [];
  listAt(place.container, 'envFrom').forEach((entry, index) => {
    const path = `${place.path}.envFrom[${index}]`;
    const kind = at(entry, 'secretRef') === undefined ? 'ConfigMap' : 'Secret';
    const reference = at(entry, kind === 'Secret' ? 'secretRef' : 'configMapRef');
    const source = sourced({ kind, reference, place, path });
    findings.push(...source.findings);
    const prefix = textAt(entry, 'prefix') ?? '';
    for (const [key, text] of source.texts) {
      variables.set(`${prefix}${key}`, { text, from: source.describe(key), secret: kind === 'Secret' });
    }
  });
  listAt(place.container, 'env').forEach((entry, index) => {
    const name = textAt(entry, 'name') ?? '';
    const path = `${place.path}.env[${index}]`;
    findings.push(...unknownReferences(entry, { place, path, variables }));
    const value = entryValue(entry, { place, path, variables });
    if ('findings' in value) findings.push(...value.findings);
    else variables.set(name, value);
  });
  findings.push(...inShell(variables, place));
  return { variables, findings };
}

/** Applies the assignments of the shell line, which runs last. A value that it computes is known only in the pod. */
function inShell(variables: Map<string, Variable>, { container, path, workload }: ContainerPlace): Finding[] {
  const findings: Finding[] = [];
  for (const [name, assigned] of assignedInShell(container)) {
    // A variable that the shell does not export does not reach the server.
    if (assigned.kind === 'text' && (assigned.isPassedOn || variables.has(name)))
      variables.set(name, { text: assigned.text, from: `${path}.command`, secret: false });
    else if (assigned.kind === 'computed' && variables.delete(name))
      findings.push(unresolved(`${workload.kind}/${workload.name} ${path}.command`, name));
  }
  return findings;
}

type Value = Variable | { readonly findings: readonly Finding[] };

interface EntryPlace {
  readonly place: ContainerPlace;
  readonly path: string;
  readonly variables: ReadonlyMap<string, Variable>;
}

function entryValue(entry: Tree, { place, path, variables }: EntryPlace): Value {
  const from = at(entry, 'valueFrom');
  if (from === undefined || from === null) return expanded(textAt(entry, 'value') ?? '', { path, variables });
  for (const [field, kind] of [
    ['configMapKeyRef', 'ConfigMap'],
    ['secretKeyRef', 'Secret'],
  ] as const) {
    const reference = at(from, field);
    if (reference === undefined) continue;
    return keyValue(sourced({ kind, reference, place, path }), { kind, reference, path });
  }
  const text = ownField(from, place);
  return text === undefined
    ? {
        findings: [
          unresolved(`${place.workload.kind}/${place.workload.name} ${path}`, textAt(entry, 'name') ?? ''),
        ],
      }
    : { text, from: path, secret: false };
}

function keyValue(
  source: Source,
  { kind, reference, path }: { kind: 'ConfigMap' | 'Secret'; reference: Tree; path: string },
): Value {
  const key = textAt(reference, 'key') ?? '';
  const text = source.texts.get(key);
  if (text !== undefined) return { text, from: source.describe(key), secret: kind === 'Secret' };
  if (source.findings.length > 0 || !source.known || at(reference, 'optional') === true) {
    return { findings: source.findings };
  }
  return {
    findings: [
      finding('ZK-MANIFEST-017', {
        subject: `${source.workload} ${path}`,
        problem: `uses the key "${key}" of ${source.name}, which has ${[...source.texts.keys()].join(', ') || 'no keys'}`,
        remedy: 'add the key, or correct its name',
      }),
    ],
  };
}

/** The fields that are known before the pod exists. Its address and its node are not. */
function ownField(from: Tree, { workload, podName, container }: ContainerPlace): string | undefined {
  const field = textAt(from, 'fieldRef', 'fieldPath') ?? '';
  if (field === 'metadata.name') return podName;
  if (field === 'metadata.namespace') return workload.namespace;
  if (field === 'spec.serviceAccountName')
    return textAt(workload.tree, 'spec', 'template', 'spec', 'serviceAccountName') ?? 'default';
  const [, label] = /^metadata\.labels\['(.+)'\]$/.exec(field) ?? [];
  if (label !== undefined) return textAt(workload.tree, 'spec', 'template', 'metadata', 'labels', label);
  return ownResource(at(from, 'resourceFieldRef'), container);
}

function ownResource(reference: Tree, container: Tree): string | undefined {
  const [list = '', resource = ''] = (textAt(reference, 'resource') ?? '').split('.', 2);
  const amount = parseQuantity(textAt(container, 'resources', list, resource));
  const divisor = parseQuantity(textAt(reference, 'divisor')) ?? 1;
  // The kubelet rounds up (resource.ExtractContainerResourceValue).
  return amount === undefined || divisor === 0 ? undefined : String(Math.ceil(amount / divisor));
}

/** `$(NAME)` becomes the value of a variable that is set before, and `$$` becomes a dollar. Any other text stays as it is. */
function expanded(
  text: string,
  { path, variables }: { path: string; variables: ReadonlyMap<string, Variable> },
): Variable {
  let secret = false;
  const value = text.replaceAll(/\$\$|\$\(([^()]+)\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$';
    const found = variables.get(name);
    secret ||= found?.secret ?? false;
    return found?.text ?? whole;
  });
  return { text: value, from: path, secret };
}

/** References to variables that are not set before. Service links may set them, so those names are left out. */
function unknownReferences(entry: Tree, { place, path, variables }: EntryPlace): Finding[] {
  const text = textAt(entry, 'value') ?? '';
  const names = [...text.matchAll(/\$\$|\$\(([^()]+)\)/g)].map(([, name]) => name);
  const unknown = names.filter(
    (name) => name !== undefined && VARIABLE.test(name) && !variables.has(name) && !OF_SERVICES.test(name),
  );
  if (unknown.length === 0 || listAt(place.container, 'envFrom').some((source) => isElsewhere(source, place)))
    return [];
  return [
    finding('ZK-MANIFEST-030', {
      subject: `${place.workload.kind}/${place.workload.name} ${path}`,
      problem: `refers to ${[...new Set(unknown)].join(', ')}, which is not set before it, so the reference stays as it is`,
      remedy: 'set the other variable before, or write $$(NAME) where the text is meant',
    }),
  ];
}

const VARIABLE = /^[A-Za-z_.-][\w.-]*$/;
const OF_SERVICES = /_SERVICE_(HOST|PORT\w*)$|_PORT(_\d+_\w+)?$/;

/** Whether the files lack this ConfigMap or Secret, so that it may set variables that are not known. */
function isElsewhere(source: Tree, { objects, workload: { namespace } }: ContainerPlace): boolean {
  const kind = at(source, 'secretRef') === undefined ? 'ConfigMap' : 'Secret';
  const name = textAt(source, kind === 'Secret' ? 'secretRef' : 'configMapRef', 'name') ?? '';
  return named(objects, { kind, name, namespace }) === undefined;
}

function unresolved(subject: string, name: string): Finding {
  return finding('ZK-MANIFEST-018', {
    subject,
    problem: `the value of ${name} is known only once the pod runs; it is judged as if it were not set`,
    remedy: 'check such a pod with `kubectl exec zk-0 -- zk-entrypoint check`',
  });
}
