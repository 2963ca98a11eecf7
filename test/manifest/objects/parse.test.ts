import { describe, expect, it } from 'vitest';
import { objectsOf } from '../../../src/manifest/objects/objects.ts';
import { parseManifest } from '../../../src/manifest/objects/parse.ts';

const POD = { kind: 'Pod', name: 'a', namespace: 'default' };

function titles(text: string) {
  const parsed = parseManifest(text);
  return parsed.ok ? objectsOf(parsed.documents).map(({ tree: _, ...title }) => title) : parsed.problem;
}

describe('manifests are read', () => {
  it.each([
    ['one document', 'kind: Pod\nmetadata: { name: a }', [POD]],
    ['several', 'kind: Pod\nmetadata: { name: a }\n---\n---\nkind: Pod\nmetadata: { name: a }\n', [POD, POD]],
    ['a List, as kubectl get writes', 'kind: List\nitems:\n- kind: Pod\n  metadata: { name: a }\n', [POD]],
    ['a typed list', 'kind: PodList\nitems: [{ kind: Pod, metadata: { name: a } }]', [POD]],
    ['JSON', '{"kind":"Pod","metadata":{"name":"a"}}', [POD]],
    ['a namespace', 'kind: Pod\nmetadata: { name: a, namespace: b }', [{ ...POD, namespace: 'b' }]],
    ['anchors', 'kind: Pod\nmetadata: &m { name: a }\nother: *m', [POD]],
    ['nothing', '', []],
    ['a comment', '# nothing', []],
    ['a scalar', 'hello', []],
    ['a list that holds itself', 'kind: List\nitems: &a [{ kind: List, items: *a }]', []],
  ])('%s', (_, text, expected) => {
    expect(titles(text)).toEqual(expected);
  });

  it.each([
    ['a template', 'kind: {{ .Values.kind }}\n', 'line 1, column 8: '],
    ['an open quote', 'kind: Pod\nname: "a\n', 'line '],
    ['a tab', 'a:\n\tb: 1\n', 'line 2, column 1: '],
    ['a key given twice', 'a: 1\na: 2\n', 'line 2, column 1: Map keys must be unique'],
    ['an alias of nothing', 'a: *b\n', 'Unresolved alias'],
    [
      'aliases that multiply',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((n, i) => `${n}: &${n} [${Array(9).fill(`*${'abcdefg'[i]}`).join()}]`).join('\n')}\n`,
      'Excessive alias count',
    ],
    ['levels without end', '['.repeat(20_000), ''],
  ])('%s is told with its place', (_, text, problem) => {
    expect(titles(text)).toEqual(expect.stringContaining(problem));
  });
});
