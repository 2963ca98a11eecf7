import { type Finding, finding } from '../../findings/finding.ts';
import { at, listAt, type Tree, textAt } from '../objects/tree.ts';
import { type Volume, volumeAt } from '../pods/volumes.ts';
import type { Workload } from '../pods/workload.ts';
import type { Judged } from './judged.ts';

/** Directories and files that every start writes, but that these pods cannot write. */
export function writableFindings({ workload, pods }: Judged): Finding[] {
  const [pod] = pods;
  if (pod === undefined) return [];
  const { confDir, dataDir, dataLogDir, logDir } = pod.prepared.settings;
  const files = pod.prepared.draft?.plan.files ?? [];
  return [
    ...files.flatMap(({ path }) => mountedFile(workload, path)),
    ...(
      [
        ['ZK_CONF_DIR', confDir],
        ['ZK_DATA_DIR', dataDir],
        ['ZK_DATA_LOG_DIR', dataLogDir],
        ['ZK_LOG_DIR', logDir],
      ] as const
    ).flatMap(([variable, path]) => directory(workload, { variable, path })),
    ...temporary(workload),
  ];
}

/** The start replaces whole files, and a mounted file cannot be replaced (rename(2), EBUSY). */
function mountedFile(workload: Workload, path: string): Finding[] {
  const volume = volumeAt(workload, path);
  if (volume.kind === 'none' || volume.mount.at !== path) return [];
  return [
    unwritable(workload, {
      what: path,
      problem: `is mounted at ${path}, but every start replaces this file`,
      remedy: 'remove the mount and set the ZK_ variables instead',
    }),
  ];
}

function directory(workload: Workload, { variable, path }: { variable: string; path: string }): Finding[] {
  const volume = volumeAt(workload, path);
  const why = volume.kind === 'none' ? whyNotInImage(workload, path) : whyNotMounted(volume);
  if (why === undefined) return [];
  return [
    unwritable(workload, {
      what: variable,
      problem: `every start writes to ${path}, ${why}`,
      remedy: variable.startsWith('ZK_DATA')
        ? 'mount a volume of volumeClaimTemplates there or above it'
        : 'mount an emptyDir there',
    }),
  ];
}

/** Kinds of volumes that are always read-only ("Volumes"). */
const READ_ONLY = new Set(['configMap', 'secret', 'downwardAPI', 'projected', 'image']);

function whyNotMounted(volume: Exclude<Volume, { kind: 'none' }>): string | undefined {
  if (volume.mount.readOnly) return `but it is mounted with readOnly: true`;
  if (volume.kind === 'claim') return undefined;
  if (READ_ONLY.has(volume.type))
    return `but it is on the ${volume.type} volume ${volume.name}, which is read-only`;
  return at(volume.tree, volume.type, 'readOnly') === true
    ? `but it is on the volume ${volume.name}, which has readOnly: true`
    : undefined;
}

/** Directories that our image gives to uid 1000 and to group 0 (image/finish.sh), and those that every user may write. */
const GIVEN_AWAY = ['/var/lib/zookeeper', '/var/log/zookeeper', '/opt/zookeeper/conf'];
const EVERYBODYS = ['/tmp', '/var/tmp', '/dev/shm'];

function whyNotInImage(workload: Workload, path: string): string | undefined {
  if (hasReadOnlyRoot(workload)) return 'but no volume is mounted there and readOnlyRootFilesystem is true';
  const image = textAt(workload.container, 'image') ?? '';
  const { uid, groups } = whoRuns(workload);
  if (!image.includes('zk-entrypoint') || uid === 0 || EVERYBODYS.some((above) => isBelow(path, above)))
    return undefined;
  const given = GIVEN_AWAY.some((above) => isBelow(path, above));
  if (given && (uid === 1_000 || groups.includes(0))) return undefined;
  return `but no volume is mounted there; the container runs as ${uid}, and the directory in the image belongs to another user`;
}

function isBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}

function hasReadOnlyRoot({ container }: Workload): boolean {
  return at(container, 'securityContext', 'readOnlyRootFilesystem') === true;
}

/** Without runAsUser, the user of the image, 1000. Without runAsGroup, an unknown uid has group 0. */
function whoRuns({ container, podSpec }: Workload): { uid: number; groups: readonly Tree[] } {
  const wanted = (name: string) =>
    at(container, 'securityContext', name) ?? at(podSpec, 'securityContext', name);
  const uid = Number(wanted('runAsUser') ?? 1_000);
  const group = wanted('runAsGroup') ?? (uid === 1_000 ? 1_000 : 0);
  const more = listAt(podSpec, 'securityContext', 'supplementalGroups');
  return { uid, groups: [group, at(podSpec, 'securityContext', 'fsGroup'), ...more] };
}

function temporary(workload: Workload): Finding[] {
  if (!hasReadOnlyRoot(workload) || volumeAt(workload, '/tmp').kind !== 'none') return [];
  return [
    finding('ZK-MANIFEST-029', {
      subject: `${workload.title} ${workload.containerPath}.volumeMounts (/tmp)`,
      problem:
        'readOnlyRootFilesystem is true and no volume is mounted on /tmp, but jcmd, jstack and unpacked libraries write there',
      remedy: 'mount an emptyDir there',
    }),
  ];
}

function unwritable(
  { title, containerPath }: Workload,
  { what, problem, remedy }: { what: string; problem: string; remedy: string },
): Finding {
  return finding('ZK-MANIFEST-025', {
    subject: `${title} ${containerPath}.volumeMounts (${what})`,
    problem,
    remedy,
  });
}

/** Volumes that start empty or hold only text. A mount hides the files of the image ("Volumes"). */
const WITHOUT_ZOOKEEPER = new Set([
  'emptyDir',
  'ephemeral',
  'configMap',
  'secret',
  'downwardAPI',
  'projected',
]);

/** A mount that hides ZooKeeper itself. It is allowed if an init container may fill the volume first. */
export function hiddenFindings({ workload, pods: [pod] }: Judged): Finding[] {
  const lib = pod && `${pod.prepared.settings.home.replace(/\/+$/, '')}/lib`;
  const volume = lib === undefined ? undefined : volumeAt(workload, lib);
  if (volume === undefined || volume.kind === 'none') return [];
  if (volume.kind === 'other' && !WITHOUT_ZOOKEEPER.has(volume.type)) return [];
  const name = volume.mount.name;
  if (isFilledBefore(workload, name)) return [];
  return [
    finding('ZK-DISTRIBUTION-001', {
      subject: `${workload.title} ${workload.containerPath}.volumeMounts (${volume.mount.at || '/'})`,
      problem: `the volume ${name} hides ${lib}, where the image keeps ZooKeeper`,
      remedy: 'mount it only at directories that are written: /opt/zookeeper/conf, /var/lib/zookeeper',
    }),
  ];
}

function isFilledBefore({ podSpec }: Workload, name: string): boolean {
  return listAt(podSpec, 'initContainers').some((container) =>
    listAt(container, 'volumeMounts').some((mount) => textAt(mount, 'name') === name),
  );
}
