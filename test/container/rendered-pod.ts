import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type KubernetesObject, named } from '../../src/manifest/objects/objects.ts';
import { at, countAt, listAt, type Tree, textAt } from '../../src/manifest/objects/tree.ts';
import { environmentOf } from '../../src/manifest/pods/environment.ts';
import { textsOf } from '../../src/manifest/pods/source.ts';
import { ask, engine, type Network } from './engine.ts';
import type { Placed } from './pod.ts';

/** A pod of rendered objects: its template, and the name it would get. */
interface RenderedPod {
  readonly objects: readonly KubernetesObject[];
  /** The StatefulSet, or the Pod itself. */
  readonly workload: KubernetesObject;
  readonly podName: string;
  /** What follows the pod's name in DNS. */
  readonly domain: string;
}

/** Every pod of a StatefulSet, by the numbers that it says itself. */
export function podsOfSet(objects: readonly KubernetesObject[], workload: KubernetesObject): RenderedPod[] {
  const first = countAt(workload.tree, 0, 'spec', 'ordinals', 'start');
  const service = textAt(workload.tree, 'spec', 'serviceName') ?? '';
  return Array.from({ length: countAt(workload.tree, 1, 'spec', 'replicas') }, (_, index) => ({
    objects,
    workload,
    podName: `${workload.name}-${first + index}`,
    domain: `${service}.${workload.namespace}.svc.cluster.local`,
  }));
}

const specOf = ({ workload: { kind, tree } }: RenderedPod): Tree =>
  kind === 'Pod' ? at(tree, 'spec') : at(tree, 'spec', 'template', 'spec');

/** The pod's first container. */
export const containerOf = (pod: RenderedPod): Tree => listAt(specOf(pod), 'containers')[0];

/** All that the container is started with, out of the rendering: nothing of it is written here again. */
export async function placedOf(pod: RenderedPod, network: Network): Promise<Placed> {
  const container = containerOf(pod);
  const place = { ...pod, container, path: 'containers[0]' };
  const { variables, findings } = environmentOf(place);
  if (findings.length > 0) throw new Error(findings.map(({ problem }) => problem).join('\n'));
  const mounts = await Promise.all(
    listAt(container, 'volumeMounts').map((mount) => mounted(mount, { pod, network })),
  );
  return {
    host: pod.podName,
    domain: pod.domain,
    variables: Object.fromEntries([...variables].map(([name, { text }]) => [name, text])),
    flags: [...securityOf(pod, container), ...limitsOf(container), ...mounts.flat()],
    image: textAt(container, 'image') ?? '',
    command: [...listAt(container, 'command'), ...listAt(container, 'args')].map(String),
  };
}

/** podman alone puts its own tmpfs on /tmp and elsewhere unless told not to. */
const READ_ONLY = ['--read-only', ...(engine.endsWith('podman') ? ['--read-only-tmpfs=false'] : [])];

function securityOf(pod: RenderedPod, container: Tree): string[] {
  const ofPod = at(specOf(pod), 'securityContext');
  const own = at(container, 'securityContext');
  const wanted = (key: string) => textAt(own, key) ?? textAt(ofPod, key);
  const [user, group, fsGroup] = ['runAsUser', 'runAsGroup', 'fsGroup'].map(wanted);
  return [
    ...(user === undefined ? [] : ['--user', group === undefined ? user : `${user}:${group}`]),
    ...(fsGroup === undefined ? [] : ['--group-add', fsGroup]),
    ...(at(own, 'readOnlyRootFilesystem') === true ? READ_ONLY : []),
    ...(at(own, 'allowPrivilegeEscalation') === false ? ['--security-opt', 'no-new-privileges'] : []),
    ...listAt(own, 'capabilities', 'drop').flatMap((capability) => ['--cap-drop', String(capability)]),
  ];
}

/** Only memory: a limit of the CPU would make these tests slower, and nothing that they look at depends on it. */
function limitsOf(container: Tree): string[] {
  const [, number, unit] =
    /^(\d+)([MG])i$/.exec(textAt(container, 'resources', 'limits', 'memory') ?? '') ?? [];
  return number === undefined ? [] : ['--memory', `${number}${unit?.toLowerCase()}`];
}

async function mounted(
  mount: Tree,
  { pod, network }: { pod: RenderedPod; network: Network },
): Promise<string[]> {
  const name = textAt(mount, 'name') ?? '';
  const path = textAt(mount, 'mountPath') ?? '';
  const volume = listAt(specOf(pod), 'volumes').find((each) => textAt(each, 'name') === name);
  if (volume === undefined) return ['-v', `${await claimed(name, { pod, network })}:${path}`];
  if (at(volume, 'emptyDir') !== undefined) return ['-v', `${emptyDir(name, { pod, network })}:${path}`];
  return ['-v', `${projected(volume, { pod, network })}:${path}:ro`];
}

/** The kubelet's emptyDir is everybody's to write to: https://kubernetes.io/docs/concepts/storage/volumes/#emptydir */
function emptyDir(name: string, { pod, network }: { pod: RenderedPod; network: Network }): string {
  const folder = join(network.folder, `${pod.podName}-${name}`);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o777);
  return folder;
}

/** The volume of a claim, given to the fsGroup as the kubelet does ("Configure volume permission and ownership change"). */
async function claimed(
  name: string,
  { pod, network }: { pod: RenderedPod; network: Network },
): Promise<string> {
  const templates = listAt(pod.workload.tree, 'spec', 'volumeClaimTemplates');
  if (!templates.some((each) => textAt(each, 'metadata', 'name') === name))
    throw new Error(`no volume ${name}`);
  const volume = `${network.name}-${name}-${pod.podName}`;
  const fsGroup = textAt(specOf(pod), 'securityContext', 'fsGroup');
  const image = textAt(containerOf(pod), 'image') ?? '';
  await ask(
    ...['run', '--rm', '--user', '0', '-v', `${volume}:/volume`, '--entrypoint', 'sh', image],
    ...[
      '-c',
      `chown 0:${fsGroup} /volume && chmod 2770 /volume && chgrp -R ${fsGroup} /volume && chmod -R g+rwX /volume`,
    ],
  );
  return volume;
}

/** A folder with the files of the Secrets that a projected volume names. */
function projected(volume: Tree, { pod, network }: { pod: RenderedPod; network: Network }): string {
  const folder = join(network.folder, `${pod.podName}-${textAt(volume, 'name')}`);
  for (const source of listAt(volume, 'projected', 'sources')) {
    const name = textAt(source, 'secret', 'name') ?? '';
    const secret = named(pod.objects, { kind: 'Secret', name, namespace: pod.workload.namespace });
    if (secret === undefined) throw new Error(`no Secret ${name}`);
    for (const [key, text] of textsOf(secret.tree)) {
      const file = join(folder, key);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text, { mode: 0o644 });
    }
  }
  return folder;
}
