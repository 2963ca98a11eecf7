import { type Finding, finding } from '../../findings/finding.ts';
import type { KubernetesObject } from '../objects/objects.ts';
import { listAt, pairsAt, type Tree, textAt } from '../objects/tree.ts';
import { containersOf } from '../pods/containers.ts';
import { POD_SPEC } from '../pods/workload.ts';
import type { Judged } from './judged.ts';

/** Names, keys and labels that Kubernetes refuses ("Object Names and IDs", "Labels and Selectors"). */
export function objectNameFindings({ workload }: Judged): Finding[] {
  const { object, objects, podSpec } = workload;
  const mates = objects.filter(
    ({ kind, namespace }) => namespace === object.namespace && Object.hasOwn(OF_KIND, kind),
  );
  const of = `${object.kind}/${object.name}`;
  const inPod = [
    ...containersOf(workload).flatMap(({ tree, path }) => [
      ...wrong(`${of} ${path}.name`, textAt(tree, 'name'), LABEL),
      ...wrong(`${of} ${path}.image`, textAt(tree, 'image'), IMAGE),
      ...listAt(tree, 'ports').flatMap((port, index) =>
        wrong(`${of} ${path}.ports[${index}].name`, textAt(port, 'name'), PORT),
      ),
      ...listAt(tree, 'env').flatMap((entry, index) =>
        wrong(`${of} ${path}.env[${index}].name`, textAt(entry, 'name'), VARIABLE),
      ),
    ]),
    ...listAt(podSpec, 'volumes').flatMap((volume, index) =>
      wrong(`${of} ${POD_SPEC}.volumes[${index}].name`, textAt(volume, 'name'), LABEL),
    ),
    ...listAt(object.tree, 'spec', 'volumeClaimTemplates').flatMap((claim, index) =>
      wrong(
        `${of} spec.volumeClaimTemplates[${index}].metadata.name`,
        textAt(claim, 'metadata', 'name'),
        LABEL,
      ),
    ),
  ];
  return [
    ...mates.filter((mate) => mate === object || mate.kind !== object.kind).flatMap(ofObject),
    ...inPod,
  ];
}

interface Rule {
  readonly pattern: RegExp;
  readonly most: number;
  readonly words: string;
}

const LABEL: Rule = {
  pattern: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
  most: 63,
  words: 'small letters, digits and dashes, at most 63, a letter or digit at both ends',
};
const SUBDOMAIN: Rule = {
  pattern: /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/,
  most: 253,
  words: 'small letters, digits, dashes and dots, at most 253, a letter or digit at both ends',
};
const SERVICE: Rule = {
  ...LABEL,
  pattern: /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
  words: `${LABEL.words}, starting with a letter`,
};
/** A label has at most 63 characters, and the label controller-revision-hash is the name, a dash and ten characters. */
const STATEFUL_SET: Rule = {
  ...LABEL,
  most: 52,
  words:
    'small letters, digits and dashes, at most 52, because the labels of its pods are longer than the name',
};
const PORT: Rule = {
  pattern: /^(?=.*[a-z])(?!.*--)[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
  most: 15,
  words: 'small letters, digits and single dashes, at most 15, with a letter',
};
const VARIABLE: Rule = {
  pattern: /^[A-Za-z_.-][\w.-]*$/,
  most: Number.POSITIVE_INFINITY,
  words: 'letters, digits, _ . and -, not starting with a digit',
};
/** The kubelet refuses any other form (InvalidImageName; distribution's reference.go). A missing name is reported elsewhere. */
const IMAGE: Rule = {
  pattern:
    /^\s*$|^([A-Za-z0-9.-]+(:\d+)?\/)?[a-z0-9._-]+(\/[a-z0-9._-]+)*(:\w[\w.-]{0,127})?(@[a-z0-9+._-]+:[0-9a-f]{32,})?$/,
  most: 1_024,
  words: 'small letters and no spaces, such as registry.example/zookeeper:3.9',
};
const KEY: Rule = {
  pattern: /^(?!\.\.?$)[\w.-]+$/,
  most: 253,
  words: 'letters, digits, _ . and -, at most 253',
};
const LABEL_VALUE: Rule = {
  pattern: /^([A-Za-z0-9]([\w.-]*[A-Za-z0-9])?)?$/,
  most: 63,
  words: 'letters, digits, _ . and -, at most 63, a letter or digit at both ends',
};
const LABEL_KEY: Rule = {
  pattern: /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/,
  most: 317,
  words: 'letters, digits, _ . and -, at most 63, optionally after a domain and a slash',
};

const OF_KIND: Readonly<Record<string, Rule>> = {
  StatefulSet: STATEFUL_SET,
  Service: SERVICE,
  ConfigMap: SUBDOMAIN,
  Secret: SUBDOMAIN,
  PodDisruptionBudget: SUBDOMAIN,
};

const LABELS: readonly (readonly string[])[] = [
  ['metadata', 'labels'],
  ['spec', 'template', 'metadata', 'labels'],
  ['spec', 'selector', 'matchLabels'],
];

function ofObject({ kind, name, tree }: KubernetesObject): Finding[] {
  const of = `${kind}/${name}`;
  const own = textAt(tree, 'metadata', 'name');
  const named =
    own === undefined && textAt(tree, 'metadata', 'generateName') === undefined
      ? [refused(`${of} metadata.name`, 'is missing', 'give it a name')]
      : wrong(`${of} metadata.name`, own, OF_KIND[kind] ?? SUBDOMAIN);
  const labels = [...LABELS, ...(kind === 'Service' ? [['spec', 'selector']] : [])].flatMap((path) =>
    labelFindings(`${of} ${path.join('.')}`, pairsAt(tree, ...path)),
  );
  const keys = ['data', 'stringData', 'binaryData'].flatMap((list) =>
    pairsAt(tree, list).flatMap(([key]) => wrong(`${of} ${list}`, key, KEY)),
  );
  const ports = listAt(tree, 'spec', 'ports').flatMap((port, index) =>
    wrong(`${of} spec.ports[${index}].name`, textAt(port, 'name'), LABEL),
  );
  return [
    ...named,
    ...wrong(`${of} metadata.namespace`, textAt(tree, 'metadata', 'namespace'), LABEL),
    ...labels,
    ...keys,
    ...ports,
  ];
}

function labelFindings(subject: string, pairs: readonly (readonly [string, Tree])[]): Finding[] {
  return pairs.flatMap(([key, value]) => [
    ...wrong(subject, key, LABEL_KEY),
    ...(typeof value === 'string' ? wrong(`${subject}[${key}]`, value, LABEL_VALUE) : []),
  ]);
}

const LONGEST_SHOWN = 80;

function wrong(subject: string, name: string | undefined, { pattern, most, words }: Rule): Finding[] {
  if (name === undefined || (pattern.test(name) && name.length <= most)) return [];
  const shown = name.length > LONGEST_SHOWN ? `${name.slice(0, LONGEST_SHOWN - 1)}…` : name;
  return [refused(subject, `"${shown}" is not a valid name here`, `use ${words}`)];
}

function refused(subject: string, problem: string, remedy: string): Finding {
  return finding('ZK-MANIFEST-022', { subject, problem, remedy });
}
