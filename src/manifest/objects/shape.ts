import { nearest } from '../../text/nearest.ts';
import { shortened } from '../../text/some-of.ts';
import shapes from './kubernetes-shapes.json' with { type: 'json' };
import { isQuantity } from './quantity.ts';
import type { Tree } from './tree.ts';

/** A place in an object that Kubernetes' API refuses. The value is never shown, because it may be a secret. */
export interface Misfit {
  /** For example `spec.template.spec.containers[0].env[0].value`; empty for the object itself. */
  readonly path: string;
  readonly kind: 'value' | 'field';
  readonly problem: string;
  readonly remedy: string;
}

interface Place {
  readonly path: string;
  /** As in kubernetes-shapes.json: `[Container`, `{s`, `n`. */
  readonly shape: string;
}

const kinds: Readonly<Record<string, { readonly apiVersion: string; readonly type: string }>> = shapes.kinds;
const types: Readonly<Record<string, Readonly<Record<string, string>>>> = shapes.types;

/** Whether the table has the kind, so that `misfits` can judge objects of this kind. */
export function isKnownKind(kind: string): boolean {
  return Object.hasOwn(kinds, kind);
}

/** The kinds of the table. */
export const KNOWN_KINDS: readonly string[] = Object.keys(kinds);

/** Everything in an object that contradicts Kubernetes' OpenAPI: values of a wrong type, unknown and missing fields. */
export function misfits(kind: string, tree: Tree): Misfit[] {
  const known = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  return known === undefined ? [] : valueMisfits(tree, { path: '', shape: known.type });
}

function valueMisfits(value: Tree, place: Place): Misfit[] {
  // A null is the same as an absent value, in every place (encoding/json).
  if (value === undefined || value === null) return [];
  const { path, shape } = place;
  if (shape === '*') return [];
  if (shape.startsWith('[')) {
    if (!Array.isArray(value))
      return [wrongValue(path, { value, wanted: 'a list', remedy: 'begin each item with a dash' })];
    // An empty item of a list counts as an object without fields.
    const inner = shape.slice(1);
    return value
      .map((item) => (item === null && Object.hasOwn(types, inner) ? {} : item))
      .flatMap((item, index) => valueMisfits(item, { path: `${path}[${index}]`, shape: shape.slice(1) }));
  }
  if (shape.startsWith('{')) {
    if (!isMapping(value))
      return [wrongValue(path, { value, wanted: 'a mapping', remedy: 'write key: value lines' })];
    return Object.entries(value).flatMap(([key, item]) =>
      valueMisfits(item, { path: join(path, key), shape: shape.slice(1) }),
    );
  }
  const fields = types[shape];
  return fields === undefined ? scalarMisfits(value, place) : fieldMisfits(value, { path, fields });
}

function fieldMisfits(
  value: Tree,
  { path, fields }: { path: string; fields: Readonly<Record<string, string>> },
): Misfit[] {
  if (!isMapping(value))
    return [wrongValue(path, { value, wanted: 'a mapping', remedy: 'write its fields as key: value lines' })];
  const names = Object.keys(fields).map((field) => field.replace(/!$/, ''));
  const missing = Object.keys(fields)
    .filter((field) => field.endsWith('!') && (value[field.slice(0, -1)] ?? undefined) === undefined)
    .map((field) => missingField(join(path, field.slice(0, -1))));
  const shapeOf = (field: string) => (Object.hasOwn(fields, field) ? fields[field] : fields[`${field}!`]);
  const own = Object.entries(value).flatMap(([field, item]) => {
    const shape = shapeOf(field);
    const inner = join(path, field);
    return shape === undefined
      ? [unknownField(inner, { field, names })]
      : valueMisfits(item, { path: inner, shape });
  });
  return [...missing, ...own];
}

function scalarMisfits(value: Tree, { path, shape }: Place): Misfit[] {
  if (shape.startsWith('|')) {
    const words = shape.slice(1).split('|');
    if (typeof value !== 'string')
      return [wrongValue(path, { value, wanted: 'text', remedy: `give one of ${words.join(', ')}` })];
    if (words.includes(value)) return [];
    const problem = 'is not one of the words that Kubernetes accepts here';
    return [{ path, kind: 'value', problem, remedy: `give one of ${words.join(', ')}` }];
  }
  const scalar = SCALARS[shape];
  if (scalar === undefined || scalar.fits(value)) return [];
  return [wrongValue(path, { value, ...scalar })];
}

const SCALARS: Readonly<Record<string, { fits(value: Tree): boolean; wanted: string; remedy: string }>> = {
  s: {
    fits: (value) => typeof value === 'string',
    wanted: 'text',
    remedy: 'put the value in quotes',
  },
  n: {
    fits: (value) => Number.isSafeInteger(value),
    wanted: 'a whole number',
    remedy: 'write digits, without quotes',
  },
  b: {
    fits: (value) => typeof value === 'boolean',
    wanted: 'true or false',
    remedy: 'write true or false, without quotes',
  },
  i: {
    fits: (value) => typeof value === 'string' || Number.isSafeInteger(value),
    wanted: 'a whole number or a text',
    remedy: 'write a number, or a name',
  },
  q: {
    fits: (value) => isQuantity(typeof value === 'number' ? String(value) : value),
    wanted: 'a quantity',
    remedy: 'write a number with one of the units m k M G T Ki Mi Gi Ti, such as 512Mi',
  },
};

function wrongValue(
  path: string,
  { value, wanted, remedy }: { value: Tree; wanted: string; remedy: string },
): Misfit {
  return {
    path,
    kind: 'value',
    problem: `is ${typeName(value)}, but Kubernetes accepts only ${wanted} here`,
    remedy,
  };
}

function typeName(value: Tree): string {
  if (typeof value === 'boolean') return 'true or false (in YAML also yes, no, on and off without quotes)';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'string') return 'a text';
  return Array.isArray(value) ? 'a list' : 'a mapping';
}

function missingField(path: string): Misfit {
  return { path, kind: 'value', problem: 'is missing, but Kubernetes requires it', remedy: 'add it' };
}

function unknownField(path: string, { field, names }: { field: string; names: readonly string[] }): Misfit {
  const near = nearest(field, names);
  const remedy =
    near === undefined ? `remove it, or give one of ${names.toSorted().join(', ')}` : `did you mean ${near}?`;
  return { path, kind: 'field', problem: 'is not a field that Kubernetes knows here', remedy };
}

function isMapping(value: Tree): value is Readonly<Record<string, Tree>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function join(path: string, key: string): string {
  const shown = /^[\w-]+$/.test(key) ? key : `[${shortened(key)}]`;
  return path === '' ? shown : shown.startsWith('[') ? `${path}${shown}` : `${path}.${shown}`;
}
