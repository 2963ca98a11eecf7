import { type Finding, finding } from '../../findings/finding.ts';
import { listAt, textAt } from '../objects/tree.ts';
import { volumeAt } from '../pods/volumes.ts';
import type { Workload } from '../pods/workload.ts';
import type { Judged } from './judged.ts';

/** Volumes that begin empty, or hold only text: a mount hides what the image has there ("Volumes"). */
const WITHOUT_ZOOKEEPER = new Set([
  'emptyDir',
  'ephemeral',
  'configMap',
  'secret',
  'downwardAPI',
  'projected',
]);

/** A mount over ZooKeeper itself, unless a container that runs before may fill the volume. */
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
      problem: `the volume ${name} hides ${lib}, where the image has ZooKeeper`,
      remedy: 'mount it on the directories that are written: /opt/zookeeper/conf, /var/lib/zookeeper',
    }),
  ];
}

function isFilledBefore({ podSpec }: Workload, name: string): boolean {
  return listAt(podSpec, 'initContainers').some((container) =>
    listAt(container, 'volumeMounts').some((mount) => textAt(mount, 'name') === name),
  );
}
