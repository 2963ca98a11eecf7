import { at, pairsAt, type Tree } from '../objects/tree.ts';

/** A place of an object that the API server refuses though its type is right, in words. */
export interface Refused {
  readonly path: string;
  readonly problem: string;
  readonly remedy: string;
}

/** The numbers that are taken. */
export interface Range {
  readonly min: number;
  readonly max?: number;
}

export const NOT_NEGATIVE: Range = { min: 0 };
export const PORT: Range = { min: 1, max: 65_535 };
export const ID: Range = { min: 0, max: 2_147_483_647 };

/** A number at a path below the tree that is out of range; one that is no number is told of elsewhere. */
export function outside(
  tree: Tree,
  path: string,
  { min, max = 2_147_483_647 }: Range,
  ...keys: readonly string[]
): Refused[] {
  const value = at(tree, ...keys);
  if (typeof value !== 'number' || (value >= min && value <= max)) return [];
  const remedy = max === 2_147_483_647 ? `give a number from ${min}` : `give a number from ${min} to ${max}`;
  return [
    {
      path: [path, ...keys].filter((part) => part !== '').join('.'),
      problem: `is ${value}, out of range`,
      remedy,
    },
  ];
}

/** The fields of a mapping that hold something. */
export function given(tree: Tree): string[] {
  return pairsAt(tree).flatMap(([key, value]) => (value === null ? [] : [key]));
}

/** Said unless exactly one of several is given. */
export function oneOf(names: readonly string[], { path, what }: { path: string; what: string }): Refused[] {
  if (names.length === 1) return [];
  const problem = names.length === 0 ? `has no ${what}` : `has more than one ${what}: ${names.join(', ')}`;
  return [{ path, problem, remedy: 'give one' }];
}

/** Said when it is wrong. */
export function when(wrong: boolean, refused: Refused): Refused[] {
  return wrong ? [refused] : [];
}
