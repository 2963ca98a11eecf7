import { at, pairsAt, type Tree } from '../objects/tree.ts';

/** A place in an object that the API server refuses, although its type is right. */
export interface Refused {
  readonly path: string;
  readonly problem: string;
  readonly remedy: string;
}

/** The numbers that are accepted. */
export interface Range {
  readonly min: number;
  readonly max?: number;
}

export const NOT_NEGATIVE: Range = { min: 0 };
export const PORT: Range = { min: 1, max: 65_535 };
export const ID: Range = { min: 0, max: 2_147_483_647 };

/** Reports a number that is out of range. A value that is not a number is reported elsewhere. */
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

/** The fields of a mapping that are not null. */
export function given(tree: Tree): string[] {
  return pairsAt(tree).flatMap(([key, value]) => (value === null ? [] : [key]));
}

/** Reports a mapping that does not have exactly one of several fields. */
export function oneOf(names: readonly string[], { path, what }: { path: string; what: string }): Refused[] {
  if (names.length === 1) return [];
  const problem = names.length === 0 ? `has no ${what}` : `has more than one ${what}: ${names.join(', ')}`;
  return [{ path, problem, remedy: 'give one' }];
}

/** The refusal as a list: empty if nothing is wrong. */
export function when(wrong: boolean, refused: Refused): Refused[] {
  return wrong ? [refused] : [];
}
