import { type Finding, finding } from '../../findings/finding.ts';
import { at, countAt, listAt, type Tree, textAt } from '../objects/tree.ts';
import { volumeAt } from '../pods/volumes.ts';
import { POD_SPEC } from '../pods/workload.ts';
import type { Judged } from './judged.ts';

/** A pod that gives our program too little time to stop, no volume for the data, or no right to write to it. */
export function podFindings(judged: Judged): Finding[] {
  return [...grace(judged), ...dataVolumes(judged), ...fsGroup(judged)];
}

/** The kubelet kills a container that has not stopped in this time, without a message (docs/shutdown.md). */
function grace({ workload: { podSpec, container, title }, pods }: Judged): Finding[] {
  const [pod] = pods;
  if (pod === undefined) return [];
  const { stopWaitMs, stopDelayMs, stopTimeoutMs } = pod.prepared.settings;
  const hook = hookSeconds(at(container, 'lifecycle', 'preStop'));
  const needed = hook + Math.ceil((stopWaitMs + stopDelayMs + stopTimeoutMs) / 1_000) + 2;
  const given = countAt(podSpec, 30, 'terminationGracePeriodSeconds');
  if (given > needed) return [];
  const parts = [
    ...(hook > 0 ? [`preStop ${hook} s`] : []),
    `ZK_STOP_WAIT ${stopWaitMs / 1_000} s`,
    `ZK_STOP_DELAY ${stopDelayMs / 1_000} s`,
    `ZK_STOP_TIMEOUT ${stopTimeoutMs / 1_000} s`,
    '2 s',
  ];
  return [
    finding('ZK-MANIFEST-009', {
      subject: `${title} ${POD_SPEC}.terminationGracePeriodSeconds`,
      problem: `${at(podSpec, 'terminationGracePeriodSeconds') === undefined ? 'is not set, so it is 30' : `is ${given}`}, but a stop may take ${needed} s (${parts.join(' + ')})`,
      remedy: `set it to ${needed + 8}, or lower the settings`,
    }),
  ];
}

/** How long the preStop hook sleeps, in seconds; 0 if that cannot be read. */
function hookSeconds(hook: Tree): number {
  const words = listAt(hook, 'exec', 'command')
    .map((word) => textAt(word) ?? '')
    .join(' ');
  const [, slept] = /\bsleep\s+(\d{1,5})\b/.exec(words) ?? [];
  return countAt(hook, Number(slept ?? 0), 'sleep', 'seconds');
}

function dataVolumes({ workload, pods }: Judged): Finding[] {
  const settings = pods[0]?.prepared.settings;
  if (settings === undefined) return [];
  const directories = [
    ['ZK_DATA_DIR', settings.dataDir],
    ['ZK_DATA_LOG_DIR', settings.dataLogDir],
  ] as const;
  return directories.flatMap(([variable, path]) => {
    const volume = volumeAt(workload, path);
    const lost = volume.kind === 'none' || (volume.kind === 'other' && LOST.has(volume.type));
    if (!lost) return [];
    const where =
      volume.kind === 'other'
        ? `${path} is on the ${volume.type} volume ${volume.name}, which is lost with the pod`
        : `${path} is on no volume, so it is lost with the container`;
    return [
      finding('ZK-MANIFEST-014', {
        subject: `${workload.title} ${workload.containerPath}.volumeMounts (${variable})`,
        problem: where,
        remedy: 'mount a volume of volumeClaimTemplates there or above it',
      }),
    ];
  });
}

const LOST = new Set(['emptyDir', 'configMap', 'secret', 'downwardAPI', 'projected', 'ephemeral']);

/** A new volume belongs to root; fsGroup gives it to the group of the pod. */
function fsGroup({ workload: { podSpec, container, title } }: Judged): Finding[] {
  const user = at(container, 'securityContext', 'runAsUser') ?? at(podSpec, 'securityContext', 'runAsUser');
  const nonRoot =
    at(container, 'securityContext', 'runAsNonRoot') ?? at(podSpec, 'securityContext', 'runAsNonRoot');
  const asRoot = user === 0 || (user === undefined && nonRoot !== true);
  if (asRoot || at(podSpec, 'securityContext', 'fsGroup') !== undefined) return [];
  return [
    finding('ZK-MANIFEST-013', {
      subject: `${title} ${POD_SPEC}.securityContext.fsGroup`,
      problem: `is not set, but the pod does not run as root${user === undefined ? '' : ` (it runs as ${user})`}, and a new volume belongs to root`,
      remedy: `set fsGroup: ${typeof user === 'number' ? user : 1000}`,
    }),
  ];
}
