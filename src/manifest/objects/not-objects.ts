import { KNOWN_KINDS } from './shape.ts';
import { at, listAt, pairsAt, type Tree } from './tree.ts';

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
