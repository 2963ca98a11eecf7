import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findingLine } from '../../src/findings/finding.ts';
import { type Judgement, judge } from '../../src/manifest/judge.ts';
import { objectsOf } from '../../src/manifest/objects/objects.ts';
import { parseManifest } from '../../src/manifest/objects/parse.ts';
import { at, type Tree } from '../../src/manifest/objects/tree.ts';

export const kubernetes = join(import.meta.dirname, '../../image/kubernetes');

/** The text of files below image/kubernetes, as one stream of documents. */
export function textOf(...files: readonly string[]): string {
  return files.map((file) => readFileSync(join(kubernetes, file), 'utf8')).join('\n---\n');
}

/** Our own three members, before kustomize. */
export const base = () =>
  documentsOf(
    textOf('base/config.yaml', 'base/services.yaml', 'base/disruption-budget.yaml', 'base/stateful-set.yaml'),
  );

/** What the tutorial applies. */
export const tutorial = () => documentsOf(textOf('tutorial.yaml'));

/** The documents of a text that is YAML. */
export function documentsOf(text: string): Tree[] {
  const parsed = parseManifest(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return [...parsed.documents];
}

/** One place of a manifest: `StatefulSet spec.replicas`, `Service/zk-client spec.selector`. */
export type Change = readonly [place: string, value: Tree];

/** The documents with some places set anew; undefined removes what is there. */
export function changed(documents: readonly Tree[], ...changes: readonly Change[]): Tree[] {
  const copies = structuredClone([...documents]);
  for (const [place, value] of changes) setAt(copies, place, value);
  return copies;
}

function setAt(documents: readonly Tree[], place: string, value: Tree): void {
  const [title = '', path = ''] = place.split(' ');
  const [kind, name] = title.split('/');
  const document = documents.find(
    (tree) => at(tree, 'kind') === kind && (name === undefined || at(tree, 'metadata', 'name') === name),
  );
  // A key with dots of its own stands in brackets: metadata.labels[app.kubernetes.io/name].
  const keys = path.match(/[^.[\]]+|(?<=\[)[^\]]+/g) ?? [];
  const last = keys.pop() as string;
  let parent = document as Record<string, Tree>;
  for (const key of keys) {
    parent[key] ??= {};
    parent = parent[key] as Record<string, Tree>;
  }
  if (parent === undefined) throw new Error(`nothing at ${place}`);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
}

/** What is found in the documents. */
export function judged(documents: readonly Tree[]): Promise<Judgement[]> {
  return judge(objectsOf(documents), { kind: 'newest' });
}

/** The findings of all StatefulSets, a line each. */
export async function linesOf(documents: readonly Tree[]): Promise<string[]> {
  return (await judged(documents)).flatMap(({ findings }) => findings.map(findingLine));
}
