import { parseAllDocuments, type ScalarTag, type Tags } from 'yaml';
import { KNOWN_KINDS } from './shape.ts';
import { at, listAt, pairsAt, type Tree } from './tree.ts';

/** The documents of one file, or what keeps it from being read, with line and column. */
export type ParsedFile =
  | { readonly ok: true; readonly documents: readonly Tree[] }
  | { readonly ok: false; readonly problem: string };

/**
 * YAML as kubectl reads it (sigs.k8s.io/yaml), several documents to a file: that of 1.1, where yes, no, on and off are
 * booleans and 0755 is a number, without its times and its numbers of base 60; never throws.
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

/** Go's parser takes these for numbers too. */
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
 * Why kubectl refuses documents before it looks into them: one that is not an object, or has no kind that can be.
 * Empty documents are skipped, as kubectl skips them.
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
