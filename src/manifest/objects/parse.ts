import { parseAllDocuments, type ScalarTag, type Tags } from 'yaml';
import { KNOWN_KINDS } from './shape.ts';
import { at, listAt, pairsAt, type Tree } from './tree.ts';

/** The documents of one file, or why it cannot be read, with line and column. */
export type ParsedFile =
  | { readonly ok: true; readonly documents: readonly Tree[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads YAML as kubectl does (sigs.k8s.io/yaml), with several documents in a file. That is YAML 1.1: yes, no, on and off
 * are booleans, and 0755 is a number. Its times and its numbers of base 60 are not read. Never throws.
 */
export function parseManifest(text: string): ParsedFile {
  try {
    const documents = parseAllDocuments(text, {
      version: '1.1',
      customTags: asKubectl,
      prettyErrors: true,
      logLevel: 'error',
      stringKeys: true,
    });
    if (!Array.isArray(documents)) return { ok: true, documents: [] };
    const [error] = documents.flatMap(({ errors }) => errors);
    if (error !== undefined) return { ok: false, problem: placed(error) };
    return { ok: true, documents: documents.map((document) => document.toJS({ maxAliasCount: 100 })) };
  } catch (error) {
    // Too many aliases (ten lines can stand for gigabytes), or more levels than there is stack.
    return { ok: false, problem: error instanceof RangeError ? 'is nested too deeply' : oneLine(error) };
  }
}

/** Go's parser also reads these as numbers. */
const goNumber: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?(0o[0-7_]+|0[0-9]+)$/,
  resolve: (text) => Number(text.replaceAll('_', '').replace(/^([-+]?)0(?=[0-7]+$)/, '$10o')),
};

function asKubectl(tags: Tags): Tags {
  const kept = tags.filter(
    (tag) =>
      typeof tag === 'string' ||
      (!('format' in tag && tag.format === 'TIME') && !tag.tag.endsWith(':timestamp')),
  );
  return [goNumber, ...kept];
}
function placed({
  message,
  linePos,
}: {
  message: string;
  linePos?: readonly { line: number; col: number }[] | undefined;
}): string {
  const [start] = linePos ?? [];
  const [words = ''] = message.split(/ at line \d|:?\n/);
  return start === undefined ? words : `line ${start.line}, column ${start.col}: ${words}`;
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1).join('');
}

/**
 * Why kubectl refuses a document before it reads its fields: the document is not an object, or its kind is missing or
 * wrong. Empty documents are skipped, as kubectl does.
 */
export function notObjects(documents: readonly Tree[]): string[] {
  return documents.flatMap((tree, index) => problemsOf(tree, `document ${index + 1}`));
}

function problemsOf(tree: Tree, where: string): string[] {
  if (tree === null || tree === undefined) return [];
  if (Array.isArray(tree) || typeof tree !== 'object')
    return [
      `${where} is ${Array.isArray(tree) ? 'a list' : 'a text or number'}, not an object with apiVersion and kind`,
    ];
  if (pairsAt(tree).length === 0) return [`${where} is an empty object: add apiVersion and kind`];
  const kind = at(tree, 'kind');
  if (kind === undefined || kind === null) return [`${where} has no kind: add it`];
  if (typeof kind !== 'string' || kind === '') return [`${where} kind: is not a text`];
  const near = KNOWN_KINDS.find((known) => known !== kind && known.toLowerCase() === kind.toLowerCase());
  if (near !== undefined) return [`${where} kind: is ${kind}, but it is written ${near}`];
  return kind === 'List' ? itemsOf(tree, where) : [];
}

function itemsOf(tree: Tree, where: string): string[] {
  const items = at(tree, 'items');
  if (items !== undefined && items !== null && !Array.isArray(items))
    return [`${where} items: is not a list`];
  return listAt(tree, 'items').flatMap((item, index) => problemsOf(item, `${where} items[${index}]`));
}
