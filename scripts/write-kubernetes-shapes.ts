// Writes src/manifest/objects/kubernetes-shapes.json: the fields of the kinds that `check --manifest` looks at, and what each
// may hold, from the declarations of the package kubernetes-models, which are made from Kubernetes' own OpenAPI.
// Usage: node scripts/write-kubernetes-shapes.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '..');
const target = join(root, 'src/manifest/objects/kubernetes-shapes.json');

const KINDS = {
  StatefulSet: 'apps/v1',
  Service: 'v1',
  ConfigMap: 'v1',
  Secret: 'v1',
  PodDisruptionBudget: 'policy/v1',
} as const;
const FOLDERS = { 'apps/v1': 'apps/v1', v1: 'v1', 'policy/v1': 'policy/v1' } as const;

type Fields = Record<string, string>;

/** Every kind and every type that one of them can hold, by the name of its declaration. */
export function kubernetesShapes(): {
  kinds: Record<string, { apiVersion: string; type: string }>;
  types: Record<string, Fields>;
} {
  const types: Record<string, Fields> = {};
  const kinds = Object.entries(KINDS).map(([kind, apiVersion]) => {
    collect(fileOf(`kubernetes-models/${FOLDERS[apiVersion]}/${kind}`), types);
    return [kind, { apiVersion, type: kind }] as const;
  });
  const sorted = Object.entries(types).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return { kinds: Object.fromEntries(kinds), types: Object.fromEntries(sorted) };
}

function fileOf(specifier: string, from?: string): string {
  if (specifier.startsWith('.')) return join(dirname(from ?? ''), specifier.replace(/\.js$/, '.d.ts'));
  return fileURLToPath(import.meta.resolve(specifier)).replace(/\.js$/, '.d.ts');
}

/** Reads one declaration, then those that it names. */
function collect(path: string, types: Record<string, Fields>): void {
  const text = readFileSync(path, 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\//g, '');
  const [, name = '', body = ''] =
    /export interface I(\w+)(?: extends \w+)? \{\n([\s\S]*?)\n\}/.exec(text) ?? [];
  if (name === '') throw new Error(`no interface in ${path}`);
  if (Object.hasOwn(types, name)) return;
  const imports = new Map(
    [...text.matchAll(/import \{ (\w+) \} from "([^"]+)"/g)].map(([, word = '', from = '']) => [word, from]),
  );
  types[name] = {};
  const reference = (word: string): string => {
    const from = fileOf(imports.get(word) ?? '', path);
    collect(from, types);
    return nameIn(from);
  };
  const inline = (own: string, inner: string): string => {
    types[own] = fieldsOf(own, inner);
    return own;
  };
  const fieldsOf = (own: string, inner: string): Fields =>
    Object.fromEntries(
      [...`${inner}\n    "`.matchAll(FIELD)].map(([, field = '', optional, type = '']) => [
        optional === undefined ? `${field}!` : field,
        shapeOf(type.trim(), { reference, inline: (deeper) => inline(`${own}.${field}`, deeper) }),
      ]),
    );
  types[name] = fieldsOf(name, body);
}

/** A field at the first level of indentation, up to the next one. */
const FIELD = /^ {4}"([^"]+)"(\?)?: ([\s\S]*?);(?=\s*\n {4}")/gm;

function nameIn(path: string): string {
  const [, name = ''] = /export interface I(\w+)(?: extends \w+)? \{/.exec(readFileSync(path, 'utf8')) ?? [];
  return name;
}

/** `s` text, `n` whole number, `b` true or false, `q` quantity, `i` port or share, `*` anything, `t` time. */
const PLAIN: Readonly<Record<string, string>> = {
  string: 's',
  number: 'n',
  boolean: 'b',
  any: '*',
  IIoK8sApimachineryPkgApiResourceQuantity: 'q',
  IIoK8sApimachineryPkgUtilIntstrIntOrString: 'i',
  IIoK8sApimachineryPkgApisMetaV1Time: 's',
  IIoK8sApimachineryPkgApisMetaV1MicroTime: 's',
  IIoK8sApimachineryPkgApisMetaV1FieldsV1: '*',
};

interface Readers {
  reference(word: string): string;
  /** Takes the fields of a type that has no name of its own. */
  inline(body: string): string;
}

function shapeOf(type: string, readers: Readers): string {
  const known = PLAIN[type];
  if (known !== undefined) return known;
  const [, item] = /^Array<([\s\S]+)>$/.exec(type) ?? [];
  if (item !== undefined) return `[${shapeOf(item, readers)}`;
  const [, value] = /^\{\s*\[key: string\]: ([\s\S]+);\s*\}$/.exec(type) ?? [];
  if (value !== undefined) return `{${shapeOf(value, readers)}`;
  if (type.startsWith('"')) return `|${type.replaceAll(/["\s]/g, '')}`;
  const [, body] = /^\{\n([\s\S]*)\n\s*\}$/.exec(type) ?? [];
  if (body !== undefined) return readers.inline(body.replaceAll(/^ {4}/gm, ''));
  if (/^I\w+$/.test(type)) return readers.reference(type);
  throw new Error(`unknown type ${type}`);
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(target, `${JSON.stringify(kubernetesShapes(), null, 1)}\n`);
  console.log(`written ${target}`);
}
