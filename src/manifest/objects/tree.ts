/** A manifest may hold anything until it is checked. The functions below treat a value of a wrong type as absent. */
export type Tree = unknown;

/** The value at a path of keys and indexes, or undefined. */
export function at(tree: Tree, ...path: readonly (string | number)[]): Tree {
  return path.reduce<Tree>((value, key) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    return (value as Readonly<Record<string | number, Tree>>)[key];
  }, tree);
}

/** The items of a list; empty if there is no list. */
export function listAt(tree: Tree, ...path: readonly (string | number)[]): readonly Tree[] {
  const value = at(tree, ...path);
  return Array.isArray(value) ? value : [];
}

/** The pairs of a mapping; empty if there is no mapping. */
export function pairsAt(
  tree: Tree,
  ...path: readonly (string | number)[]
): readonly (readonly [string, Tree])[] {
  const value = at(tree, ...path);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** A scalar as Kubernetes would show it; undefined for anything else. */
export function textAt(tree: Tree, ...path: readonly (string | number)[]): string | undefined {
  const value = at(tree, ...path);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** A whole number that is not negative, or else the given default. */
export function countAt(tree: Tree, fallback: number, ...path: readonly (string | number)[]): number {
  const value = at(tree, ...path);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : fallback;
}
