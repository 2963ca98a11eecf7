import { at, listAt, pairsAt, type Tree, textAt } from './tree.ts';

/** One object of Kubernetes. */
export interface KubernetesObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly tree: Tree;
}

/** How many levels of lists in lists are read; `kubectl get` makes one level. */
const LIST_LEVELS = 3;

/** Every object of the documents, also those in `kind: List`. */
export function objectsOf(documents: readonly Tree[], levels = LIST_LEVELS): KubernetesObject[] {
  return documents.flatMap((tree) => {
    const kind = textAt(tree, 'kind');
    if (kind === undefined) return [];
    if (kind.endsWith('List')) return levels > 0 ? objectsOf(listAt(tree, 'items'), levels - 1) : [];
    const name = textAt(tree, 'metadata', 'name') ?? '(unnamed)';
    return [{ kind, name, namespace: textAt(tree, 'metadata', 'namespace') ?? 'default', tree }];
  });
}

/** The objects that stay applied: of several with one kind, namespace and name, kubectl keeps the last. */
export function lastOfEach(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const last = new Map(objects.map((object) => [identityOf(object), object]));
  return objects.filter((object) => last.get(identityOf(object)) === object);
}

/** The objects that a later one replaces. */
export function replacedOf(objects: readonly KubernetesObject[]): KubernetesObject[] {
  const last = new Set(lastOfEach(objects));
  return objects.filter((object) => !last.has(object));
}

/** What makes two objects the same. An object without a name is only the same as itself. */
function identityOf(object: KubernetesObject): string | KubernetesObject {
  const { kind, namespace, name, tree } = object;
  return textAt(tree, 'metadata', 'name') === undefined ? object : JSON.stringify([kind, namespace, name]);
}

/** Objects of one kind in one namespace. */
export function ofKind(
  objects: readonly KubernetesObject[],
  { kind, namespace }: Pick<KubernetesObject, 'kind' | 'namespace'>,
): KubernetesObject[] {
  return objects.filter((object) => object.kind === kind && object.namespace === namespace);
}

/** The object with that kind, namespace and name, if the files have it. */
export function named(
  objects: readonly KubernetesObject[],
  { name, ...place }: Pick<KubernetesObject, 'kind' | 'namespace' | 'name'>,
): KubernetesObject | undefined {
  return ofKind(objects, place).find((object) => object.name === name);
}

/** The labels of all pods that the objects of a namespace would create, of every kind of object. */
export function podLabels(objects: readonly KubernetesObject[], namespace: string): Labels[] {
  return objects
    .filter((object) => object.namespace === namespace && at(object.tree, 'spec', 'template') !== undefined)
    .map(({ tree }) => labelsAt(tree, 'spec', 'template', 'metadata', 'labels'));
}

export type Labels = ReadonlyMap<string, string>;

/** A mapping of labels. */
export function labelsAt(tree: Tree, ...path: readonly (string | number)[]): Labels {
  return new Map(pairsAt(tree, ...path).map(([key, value]) => [key, textAt(value) ?? '']));
}
