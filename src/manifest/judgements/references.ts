import { type Finding, finding } from '../../findings/finding.ts';
import { named } from '../objects/objects.ts';
import { at, listAt, pairsAt, type Tree, textAt } from '../objects/tree.ts';
import { containersOf, type PlacedContainer } from '../pods/containers.ts';
import { POD_SPEC, type Workload } from '../pods/workload.ts';
import type { Judged } from './judged.ts';

/** Mounts of volumes that do not exist, keys that do not exist, and names and paths that are given twice. */
export function referenceFindings({ workload }: Judged): Finding[] {
  const { object, podSpec, title } = workload;
  const claims = listAt(object.tree, 'spec', 'volumeClaimTemplates').map((claim) =>
    textAt(claim, 'metadata', 'name'),
  );
  const volumes = listAt(podSpec, 'volumes').map((volume) => textAt(volume, 'name'));
  const containers = containersOf(workload);
  const known = new Set([...claims, ...volumes]);
  return [
    ...containers.flatMap((container) => [...unknownMounts(container, known), ...twiceIn(container)]),
    ...missingKeys(workload),
    ...twice(volumes).map((name) => given(`${POD_SPEC}.volumes`, `the volume ${name}`)),
    ...twice(claims).map((name) => given('spec.volumeClaimTemplates', `the claim ${name}`)),
    ...twice(containers.map(({ tree }) => textAt(tree, 'name'))).map((name) =>
      given(`${POD_SPEC}.containers`, `the container ${name}`),
    ),
  ].map(({ path, problem, remedy }) =>
    finding('ZK-MANIFEST-023', { subject: `${title} ${path}`, problem, remedy }),
  );
}

interface Wrong {
  readonly path: string;
  readonly problem: string;
  readonly remedy: string;
}

/** The kubelet waits for a missing key, and the pod stays in ContainerCreating. */
function missingKeys({ podSpec, objects, object }: Workload): Wrong[] {
  return listAt(podSpec, 'volumes').flatMap((volume, index) =>
    KEYED.flatMap(({ type, kind, nameIn }) => {
      const source = at(volume, type);
      const name = textAt(source, nameIn) ?? '';
      const held = named(objects, { kind, name, namespace: object.namespace });
      if (held === undefined || at(source, 'optional') === true) return [];
      const keys = new Set(
        ['data', 'stringData', 'binaryData'].flatMap((list) => pairsAt(held.tree, list).map(([key]) => key)),
      );
      return listAt(source, 'items').flatMap((item, place): Wrong[] => {
        const key = textAt(item, 'key');
        if (key === undefined || keys.has(key)) return [];
        const path = `${POD_SPEC}.volumes[${index}].${type}.items[${place}].key`;
        return [
          { path, problem: `${kind}/${name} has no key ${key}`, remedy: 'add the key, or correct its name' },
        ];
      });
    }),
  );
}

const KEYED = [
  { type: 'configMap', kind: 'ConfigMap', nameIn: 'name' },
  { type: 'secret', kind: 'Secret', nameIn: 'secretName' },
] as const;

function unknownMounts({ tree, path }: PlacedContainer, known: ReadonlySet<string | undefined>): Wrong[] {
  return mountsOf(tree).flatMap(({ mount, index }) => {
    const name = textAt(mount, 'name');
    const at = `${path}.volumeMounts[${index}]`;
    const subPath = textAt(mount, 'subPath') ?? '';
    const wrong: Wrong[] = [];
    if (name !== undefined && !known.has(name)) {
      const remedy = 'add it to volumes or volumeClaimTemplates, or correct its name';
      wrong.push({ path: at, problem: `mounts the volume ${name}, which does not exist`, remedy });
    }
    if ((textAt(mount, 'mountPath') ?? '').includes(':')) {
      wrong.push({
        path: `${at}.mountPath`,
        problem: 'contains a colon',
        remedy: 'use a path without a colon',
      });
    }
    if (subPath.startsWith('/') || subPath.split('/').includes('..')) {
      wrong.push({
        path: `${at}.subPath`,
        problem: 'leads out of the volume',
        remedy: 'give a relative path',
      });
    }
    return wrong;
  });
}

function mountsOf(container: Tree) {
  return listAt(container, 'volumeMounts').map((mount, index) => ({ mount, index }));
}

function twiceIn({ tree, path }: PlacedContainer): Wrong[] {
  const places = mountsOf(tree).map(({ mount }) => textAt(mount, 'mountPath')?.replace(/(?<=.)\/+$/, ''));
  const ports = listAt(tree, 'ports');
  return [
    ...twice(places).map((place) => given(`${path}.volumeMounts`, `the path ${place}`)),
    ...twice(ports.map((port) => textAt(port, 'name'))).map((name) =>
      given(`${path}.ports`, `the name ${name}`),
    ),
  ];
}

/** The names that are given more than once. */
function twice(names: readonly (string | undefined)[]): string[] {
  const known = names.filter((name) => name !== undefined);
  return [...new Set(known.filter((name, place) => known.indexOf(name) !== place))];
}

function given(path: string, what: string): Wrong {
  return { path, problem: `gives ${what} twice`, remedy: 'keep one of the two' };
}
