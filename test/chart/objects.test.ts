import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { at, type Tree, textAt } from '../../src/manifest/objects/tree.ts';
import { documentsOf } from '../manifest/manifests.ts';
import { isBuiltIn, podSpecs, unrestricted, validate } from '../manifest/published.ts';
import { temporaryFolder } from '../process/run.ts';
import { helm, sets, template, toolOrSkip } from './helm.ts';

const kubectl = toolOrSkip('kubectl');

/** What kubectl makes of objects once it has read them into Kubernetes' own types; it asks no server for that. */
async function readByKubectl(objects: readonly Tree[]): Promise<{ read: Tree[]; complaints: string[] }> {
  const file = join(temporaryFolder(), 'objects.json');
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  const words = ['set', 'env', '--local', '--dry-run=client', '-f', file, 'READ=1', '-o', 'json'];
  const { stdout, stderr } = await execa(kubectl, words, { reject: false });
  // It also names each object that has no container to set a variable in.
  const complaints = stderr.split('\n').filter((line) => NOT_READ.test(line));
  return {
    read: stdout
      .split(/\n(?=\{)/)
      .filter(Boolean)
      .map((text) => JSON.parse(text) as Tree),
    complaints,
  };
}

const NOT_READ = /unable to decode|error parsing|unmarshal/;

/** Every leaf of a tree on a line; an empty text is left out, as Go leaves it out. */
function leaves(tree: Tree, path = ''): string[] {
  if (tree === '') return [];
  if (typeof tree !== 'object' || tree === null) return [`${path} = ${JSON.stringify(tree)}`];
  return Object.entries(tree).flatMap(([key, value]) => leaves(value as Tree, `${path}.${key}`));
}

describe.skipIf(helm === '').each(sets)('the objects of $name', ({ values }) => {
  it('fit the published schemas of their kinds', async () => {
    const objects = documentsOf(await template(values));
    expect(objects.length).toBeGreaterThan(4);
    for (const object of objects) await validate(object);
  });

  it.skipIf(kubectl === '')('are read by kubectl, and no field of a StatefulSet or Pod is lost', async () => {
    const objects = documentsOf(await template(values)).filter(isBuiltIn);
    const { read, complaints } = await readByKubectl(objects);
    expect(complaints).toEqual([]);
    for (const object of objects.filter((each) => /StatefulSet|Pod$/.test(textAt(each, 'kind') ?? ''))) {
      const name = at(object, 'metadata', 'name');
      const ours = read.find(
        (each) => at(each, 'metadata', 'name') === name && at(each, 'kind') === at(object, 'kind'),
      );
      const kept = new Set(leaves(ours ?? {}));
      expect(leaves(object).filter((leaf) => !kept.has(leaf))).toEqual([]);
    }
  });
});

describe.skipIf(helm === '')('the restricted Pod Security Standard', () => {
  it.each(sets)('allows the pods of $name', async ({ values }) => {
    const specs = podSpecs(documentsOf(await template(values)));
    expect(specs.length).toBeGreaterThan(1);
    expect(specs.flatMap(unrestricted)).toEqual([]);
  });

  it('would refuse them without their security contexts', async () => {
    const specs = podSpecs(documentsOf(await template({ containerSecurityContext: { enabled: false } })));
    expect(specs.flatMap(unrestricted)).toContain('capabilities');
  });
});

describe.skipIf(helm === '' || kubectl === '')('a wrong object', () => {
  const broken = async (from: string, to: string) =>
    documentsOf((await template({})).replace(from, to)).filter(
      (object) => textAt(object, 'kind') === 'StatefulSet',
    );

  it('does not fit its schema', async () => {
    const [set] = await broken('replicas: 3', 'replicas: three');
    await expect(validate(set as Tree)).rejects.toThrow('replicas');
  });

  it('is not read by kubectl, or loses the field that there is not', async () => {
    const wrongType = await readByKubectl(await broken('replicas: 3', 'replicas: three'));
    expect(wrongType.complaints.join('\n')).toContain('replicas');
    const { read } = await readByKubectl(await broken('serviceName:', 'servicename: a\n  serviceName:'));
    expect(leaves(read[0] as Tree).some((leaf) => leaf.includes('servicename'))).toBe(false);
  });
});
