import type { Tree } from '../../src/manifest/objects/tree.ts';

/** One place of an object with another value. */
export interface Mutation {
  /** `spec.replicas becomes a text`. */
  readonly what: string;
  readonly tree: Tree;
}

const OTHERS: Readonly<Record<string, Tree>> = {
  'a number': 2000,
  'a fraction': 1.5,
  'a boolean': true,
  'a text': 'x y',
  'digits in quotes': '3',
  nothing: null,
  'a list': ['x'],
  'a mapping': { x: 'y' },
};

/** Every place of a tree with every other kind of value, removed, and beside a field that nobody knows. */
export function mutationsOf(tree: Tree): Mutation[] {
  return pathsIn(tree).flatMap((path) => [
    ...Object.entries(OTHERS).map(([kind, value]) => ({
      what: `${path.join('.')} becomes ${kind}`,
      tree: withAt(tree, path, () => value),
    })),
    { what: `${path.join('.')} is removed`, tree: withAt(tree, path, () => undefined) },
  ]);
}

type Path = readonly (string | number)[];

function pathsIn(tree: Tree, above: Path = []): Path[] {
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => {
    const path = [...above, Array.isArray(tree) ? Number(key) : key];
    return [path, ...pathsIn(value, path)];
  });
}

function withAt(tree: Tree, [key, ...rest]: Path, make: () => Tree): Tree {
  if (key === undefined) return make();
  const copy = structuredClone(tree) as Record<string | number, Tree>;
  const value = withAt(copy[key], rest, make);
  if (value !== undefined) copy[key] = value;
  else if (Array.isArray(copy)) copy.splice(Number(key), 1);
  else delete copy[key];
  return copy;
}
