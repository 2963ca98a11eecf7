import { named } from '../objects/objects.ts';
import { at, listAt, type Tree, textAt } from '../objects/tree.ts';
import { textsOf } from './source.ts';
import type { Workload } from './workload.ts';

/** The volume that holds a path of the container. */
export type Volume =
  | { readonly kind: 'claim'; readonly mount: Mount }
  | { readonly kind: 'none' }
  | {
      readonly kind: 'other';
      readonly mount: Mount;
      readonly name: string;
      readonly type: string;
      readonly tree: Tree;
      readonly below: string;
    };

/** Where a volume is mounted, and whether it is read-only. */
export interface Mount {
  readonly at: string;
  readonly name: string;
  readonly readOnly: boolean;
  /** The mounted part of the volume; empty for the whole volume. */
  readonly subPath: string;
}

/** The volume that holds a path: the mount with the longest path at or above it. */
export function volumeAt({ object, podSpec, container }: Workload, path: string): Volume {
  const mounts = listAt(container, 'volumeMounts')
    .map((mount) => ({
      name: textAt(mount, 'name') ?? '',
      // The kubelet puts a slash before a relative path (MakeAbsolutePath).
      at: `/${textAt(mount, 'mountPath') ?? ''}`.replace(/^\/+/, '/').replace(/\/+$/, ''),
      readOnly: at(mount, 'readOnly') === true,
      subPath: textAt(mount, 'subPath') ?? '',
    }))
    .filter((mount) => path === mount.at || path.startsWith(`${mount.at}/`))
    .toSorted((a, b) => b.at.length - a.at.length);
  const [mount] = mounts;
  if (mount === undefined) return { kind: 'none' };
  const claims = listAt(object.tree, 'spec', 'volumeClaimTemplates');
  if (claims.some((claim) => textAt(claim, 'metadata', 'name') === mount.name))
    return { kind: 'claim', mount };
  const volume = listAt(podSpec, 'volumes').find((candidate) => textAt(candidate, 'name') === mount.name);
  if (volume === undefined) return { kind: 'none' };
  return {
    kind: 'other',
    mount,
    name: mount.name,
    type: typeOf(volume),
    tree: volume,
    below: [mount.subPath, path.slice(mount.at.length + 1)].filter((part) => part !== '').join('/'),
  };
}

function typeOf(volume: Tree): string {
  return Object.keys(volume as object).find((key) => key !== 'name') ?? 'emptyDir';
}

/** The text of a file that a ConfigMap or Secret puts into the container, and whether it is secret. */
export function mountedText(workload: Workload, path: string): { text: string; secret: boolean } | undefined {
  const volume = volumeAt(workload, path);
  if (volume.kind !== 'other') return undefined;
  const source = at(volume.tree, volume.type);
  const sources =
    volume.type === 'projected'
      ? listAt(source, 'sources').map((each) => ({ type: typeOf(each), source: at(each, typeOf(each)) }))
      : [{ type: volume.type, source }];
  // If two sources have the file, the kubelet writes the last one.
  return sources.flatMap((each) => textIn(workload, { ...each, file: volume.below }) ?? []).at(-1);
}

function textIn(
  { objects, object: { namespace } }: Workload,
  { type, source, file }: { type: string; source: Tree; file: string },
): { text: string; secret: boolean } | undefined {
  const secret = type === 'secret';
  if (!secret && type !== 'configMap') return undefined;
  const name = textAt(source, 'secretName') ?? textAt(source, 'name') ?? '';
  const object = named(objects, { kind: secret ? 'Secret' : 'ConfigMap', name, namespace });
  const key = keyOf(source, file);
  const text = object === undefined || key === undefined ? undefined : textsOf(object.tree).get(key);
  return text === undefined ? undefined : { text, secret };
}

/** If a source lists items, only those are mounted. */
function keyOf(source: Tree, file: string): string | undefined {
  const items = listAt(source, 'items');
  const item = items.find((candidate) => textAt(candidate, 'path') === file);
  return items.length === 0 ? file : textAt(item, 'key');
}
