import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kubernetesShapes } from '../../../scripts/write-kubernetes-shapes.ts';
import { misfits } from '../../../src/manifest/objects/shape.ts';
import { at, type Tree, textAt } from '../../../src/manifest/objects/tree.ts';
import { base } from '../manifests.ts';
import { mutationsOf } from '../mutations.ts';

type Validate = (tree: Tree) => boolean;
const validators: Readonly<Record<string, Validate>> = {
  StatefulSet: await validator('AppsV1StatefulSet'),
  Service: await validator('CoreV1Service'),
  ConfigMap: await validator('CoreV1ConfigMap'),
  Secret: await validator('CoreV1Secret'),
  PodDisruptionBudget: await validator('PolicyV1PodDisruptionBudget'),
};

/** What kubernetes-models makes of Kubernetes' OpenAPI: an opinion of its own on the same objects. */
async function validator(name: string): Promise<Validate> {
  const loaded = (await import(`kubernetes-models/_schemas/IoK8sApi${name}`)) as { validate: Validate };
  return loaded.validate;
}

const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { a: 'x' } };
const objects = [...base(), secret];
const kindOf = (tree: Tree) => textAt(tree, 'kind') ?? '';

describe('the shapes of Kubernetes', () => {
  it('are those of the package; scripts/write-kubernetes-shapes.ts writes them', () => {
    const path = join(import.meta.dirname, '../../../src/manifest/objects/kubernetes-shapes.json');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(kubernetesShapes());
  });

  it.each(objects.map((tree) => [`${kindOf(tree)}/${textAt(tree, 'metadata', 'name')}`, tree] as const))(
    'judge %s and everything it can become as the package does',
    (_, tree) => {
      const kind = kindOf(tree);
      const validate = validators[kind] as Validate;
      expect([misfits(kind, tree), validate(tree)]).toEqual([[], true]);
      // Nothing is the same as absent for Kubernetes, as kubectl shows in test/process, and not for the package.
      const mutations = mutationsOf(tree).filter(({ what }) => !what.endsWith('becomes nothing'));
      const refused = mutations.filter((mutation) => !validate(mutation.tree));
      expect([mutations.length > 30, refused.length > 15]).toEqual([true, true]);
      const differing = mutations
        .filter((mutation) => {
          const ours = misfits(kind, mutation.tree).some((misfit) => misfit.kind === 'value');
          return ours === validate(mutation.tree);
        })
        .map(({ what }) => what);
      expect(differing).toEqual([]);
    },
  );

  it('have no field that nobody knows, at whatever level', () => {
    for (const tree of objects) {
      const levels = mutationsOf(tree).filter(({ what }) => what.endsWith('becomes a mapping'));
      expect(levels.length).toBeGreaterThan(3);
      for (const { what, tree: mutated } of levels) {
        const free = /(labels|annotations|matchLabels|data|stringData|selector)(\.[^ ]+)? becomes/.test(what);
        const found = misfits(kindOf(tree), mutated).length > 0;
        expect([what, free || found || at(mutated, 'x') !== undefined]).toEqual([what, true]);
      }
    }
  });

  it('tell no value', () => {
    const set = objects.find((tree) => kindOf(tree) === 'StatefulSet');
    const told = mutationsOf(set).flatMap(({ tree }) => misfits('StatefulSet', tree));
    expect(told.length).toBeGreaterThan(300);
    expect(told.filter(({ problem, remedy }) => /2000|1\.5|x y/.test(problem + remedy))).toEqual([]);
  });

  it.each(['valueOf', 'toString', 'constructor'])('take %s for a field and a kind like any other', (name) => {
    const tree = { ...secret, [name]: '' };
    expect(misfits('Secret', tree).map(({ path }) => path)).toEqual([name]);
    expect(misfits(name, secret)).toEqual([]);
  });
});
