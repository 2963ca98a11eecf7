import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/manifest/judge.ts';
import { objectsOf } from '../../src/manifest/objects/objects.ts';
import { parseManifest } from '../../src/manifest/objects/parse.ts';
import { judgementsAsText } from '../../src/manifest/report.ts';
import { mutated } from '../health/mutations.ts';
import { base, textOf, tutorial } from '../manifest/manifests.ts';
import { RUNS } from './feed.ts';

async function reading(text: string): Promise<string> {
  const parsed = parseManifest(text);
  if (!parsed.ok) return parsed.problem;
  return judgementsAsText(await judge(objectsOf(parsed.documents), { kind: 'newest' })).join('\n');
}

/** Pieces that YAML and Kubernetes are made of, in any order. */
const yamlish = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'kind: StatefulSet',
        'kind: List',
        'items:',
        'spec:',
        'metadata:',
        'name: zk',
        'data:',
        '- ',
        '  ',
        '\n',
        '\n  ',
        '---\n',
        '...',
        '{',
        '}',
        '[',
        ']',
        '&a ',
        '*a',
        '<<: ',
        '!!binary ',
        '|\n',
        '>-\n',
        '"',
        "'",
        '? ',
        ': ',
        '# ',
        '%YAML 1.2\n',
        '\t',
        'null',
        '~',
        '1e999',
        '__proto__: ',
      ),
      fc.string({ maxLength: 8, unit: 'binary' }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

/** Any value in any place of a real manifest: the shape that no schema has looked at. */
function misshapen(documents: readonly unknown[]): fc.Arbitrary<unknown[]> {
  const places = documents.flatMap((document, index) => pathsOf(document).map((path) => [index, ...path]));
  const change = fc.tuple(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 2 }));
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const copies = structuredClone([...documents]);
    for (const [path, value] of changes) put(copies, path, value);
    // A list of a file has no holes.
    return JSON.parse(JSON.stringify(copies)) as unknown[];
  });
}

function pathsOf(tree: unknown): (string | number)[][] {
  if (typeof tree !== 'object' || tree === null) return [[]];
  return [
    [],
    ...Object.entries(tree).flatMap(([key, value]) => pathsOf(value).map((path) => [key, ...path])),
  ];
}

function put(tree: unknown, path: readonly (string | number)[], value: unknown): void {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((node, key) => (node as Record<string, unknown> | null | undefined)?.[key], tree);
  if (typeof parent === 'object' && parent !== null)
    (parent as Record<string | number, unknown>)[path.at(-1) ?? ''] = value;
}

describe('whatever stands in a manifest, it is read or refused', () => {
  const real = [
    textOf('tutorial.yaml'),
    textOf('base/services.yaml', 'base/config.yaml'),
    textOf('base/stateful-set.yaml'),
  ];

  it('as text that is almost YAML', async () => {
    await fc.assert(
      fc.asyncProperty(yamlish, async (text) => typeof (await reading(text)) === 'string'),
      { numRuns: Math.ceil(RUNS * 0.92) },
    );
  });

  it('as a real manifest with a stretch of it destroyed', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(real), async (text) => typeof (await reading(text)) === 'string'),
      { numRuns: Math.ceil(RUNS * 0.02) },
    );
  });

  it.each([
    ['ours', base()],
    ['the tutorial', tutorial()],
  ])('as %s with any value in any place', async (_, documents) => {
    const property = fc.asyncProperty(misshapen(documents), async (changed) => {
      const judgements = await judge(objectsOf(changed), { kind: 'newest' });
      for (const { findings } of judgements) for (const { subject } of findings) expect(subject).not.toBe('');
    });
    await fc.assert(property, { numRuns: Math.ceil(RUNS * 0.03) });
  });

  // Without this, a reader that refuses everything would pass.
  it('while the real ones are judged', async () => {
    expect(await reading(textOf('tutorial.yaml'))).toContain('StatefulSet/zk: 3 pods would start');
  });
});
