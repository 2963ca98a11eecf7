import { type Finding, finding } from '../../findings/finding.ts';
import { type KubernetesObject, named } from '../objects/objects.ts';
import { at, pairsAt, type Tree, textAt } from '../objects/tree.ts';

/** The workload and the pod that a container belongs to. */
export interface ContainerPlace {
  readonly objects: readonly KubernetesObject[];
  readonly workload: KubernetesObject;
  readonly container: Tree;
  /** `spec.template.spec.containers[0]`. */
  readonly path: string;
  readonly podName: string;
}

/** The texts of a ConfigMap or Secret that a container refers to. */
export interface Source {
  /** `ConfigMap/zk-config`. */
  readonly name: string;
  /** `StatefulSet/zk`. */
  readonly workload: string;
  readonly texts: ReadonlyMap<string, string>;
  /** False if the files do not have it. */
  readonly known: boolean;
  readonly findings: readonly Finding[];
  describe(key: string): string;
}

/** Finds the object. If the files do not have it, that is a finding, unless it is optional. */
export function sourced({
  kind,
  reference,
  place: { objects, workload },
  path,
}: {
  kind: 'ConfigMap' | 'Secret';
  reference: Tree;
  place: Pick<ContainerPlace, 'objects' | 'workload'>;
  path: string;
}): Source {
  const name = textAt(reference, 'name') ?? '';
  const object = named(objects, { kind, name, namespace: workload.namespace });
  const owner = `${workload.kind}/${workload.name}`;
  const describe = (key: string) => `${kind}/${name} data.${key}`;
  const missing = object === undefined && at(reference, 'optional') !== true;
  return {
    name: `${kind}/${name}`,
    workload: owner,
    texts: object === undefined ? new Map() : textsOf(object.tree),
    known: object !== undefined,
    findings: missing ? [notGiven(`${owner} ${path}`, `${kind}/${name}`)] : [],
    describe,
  };
}

/** The values of data and stringData. The data of a Secret is decoded. */
export function textsOf(object: Tree): Map<string, string> {
  const isSecret = textAt(object, 'kind') === 'Secret';
  const plain = (text: string) => (isSecret ? decoded(text) : text);
  const data = pairsAt(object, 'data').map(([key, value]) => [key, plain(textAt(value) ?? '')] as const);
  const strings = pairsAt(object, 'stringData').map(([key, value]) => [key, textAt(value) ?? ''] as const);
  return new Map([...data, ...strings]);
}

function decoded(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0)));
  } catch {
    return '';
  }
}

function notGiven(subject: string, name: string): Finding {
  return finding('ZK-MANIFEST-018', {
    subject,
    problem: `${name} is not in the files; its values are not known, and are judged as if they were not set`,
    remedy: 'give its file with one more --manifest',
  });
}
