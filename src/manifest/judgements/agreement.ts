import { type Ensemble, type Member, quorumAddress } from '../../ensemble/member.ts';
import { type Finding, finding } from '../../findings/finding.ts';
import { ofKind } from '../objects/objects.ts';
import { type Pod, podName } from '../pods/pods.ts';
import { workloadOf } from '../pods/workload.ts';
import type { Judged } from './judged.ts';

/** Pods whose settings must be equal but are not, and a number of members that differs from the number of pods. */
export function agreementFindings(judged: Judged): Finding[] {
  return [...differences(judged), ...numberOfMembers(judged)];
}

const ALIKE = {
  'the members': ({ prepared }: Pod) =>
    listOf(prepared.draft?.ensemble)
      ?.map((member) => `${member.id}=${quorumAddress(member)}:${member.role}`)
      .join(' '),
  ZK_TICK_TIME: ({ prepared }: Pod) => prepared.settings.tickTimeMs,
  ZK_INIT_LIMIT: ({ prepared }: Pod) => prepared.settings.initLimitTicks,
  ZK_SYNC_LIMIT: ({ prepared }: Pod) => prepared.settings.syncLimitTicks,
  ZK_CLIENT_PORT: ({ prepared }: Pod) => prepared.settings.clientPort,
} as const;

/** The members that every pod must list. A pod that will join stands only in its own list, so it is left out. */
function listOf(ensemble: Ensemble | undefined): readonly Member[] | undefined {
  if (ensemble?.becomes === undefined) return ensemble?.members;
  return ensemble.members.filter(({ id }) => id !== ensemble.myid);
}

function differences({ workload, pods }: Judged): Finding[] {
  const [first, ...others] = pods.filter(({ prepared }) => prepared.draft !== undefined);
  if (first === undefined) return [];
  return Object.entries(ALIKE).flatMap(([what, valueIn]) => {
    const other = others.find((pod) => valueIn(pod) !== valueIn(first));
    if (other === undefined) return [];
    return [
      finding('ZK-MANIFEST-002', {
        subject: `${workload.title} ${what}`,
        problem: `${first.name} has ${valueIn(first)}, but ${other.name} has ${valueIn(other)}`,
        remedy: 'give every pod the same value',
      }),
    ];
  });
}

/** ZK_REPLICAS is judged by its number. A list is judged by its names, because they may belong to another StatefulSet. */
function numberOfMembers({ workload, pods }: Judged): Finding[] {
  const ready = pods.find(({ prepared }) => prepared.draft !== undefined);
  const ensemble = ready?.prepared.draft?.ensemble;
  if (ready === undefined || ensemble === undefined) return [];
  const members = listOf(ensemble) ?? [];
  const isDynamic = ready.prepared.settings.membership === 'dynamic';
  const subject = `${workload.title} spec.replicas`;
  // With a dynamic membership, the other pods join the one member.
  if (members.length < workload.replicas && members.length === 1 && !isDynamic) {
    return [
      finding('ZK-MANIFEST-015', {
        subject,
        problem: `is ${workload.replicas}, but the settings of ${ready.name} name 1 member, so each pod would be a separate ensemble`,
        remedy: `set ZK_REPLICAS to ${workload.replicas}, or spec.replicas to 1`,
      }),
    ];
  }
  const known = hostsOfPods(workload.objects);
  const without = members.filter(({ host }) => host.includes('.svc.') && !known.has(host));
  if (without.length === 0 || pods.length === 0) return [];
  if (workload.firstOrdinal > 0 && members.length >= workload.replicas) {
    const last = workload.firstOrdinal + workload.replicas - 1;
    return [
      finding('ZK-MANIFEST-016', {
        subject: `${workload.title} spec.ordinals.start`,
        problem: `is ${workload.firstOrdinal}, so the pods have the ordinals ${workload.firstOrdinal} to ${last}, but the ensemble also has ${without.map(({ host }) => host.split('.', 1).join('')).join(', ')}`,
        remedy: `set ZK_ORDINALS_START to ${workload.firstOrdinal}, or name the pods that exist in ZK_ENSEMBLE`,
      }),
    ];
  }
  return [
    finding('ZK-MANIFEST-016', {
      subject,
      problem: `is ${workload.replicas}, but the ensemble has ${members.length} members; none of the pods is ${without.map(({ host }) => host.split('.', 1).join('')).join(', ')}`,
      remedy: `set ZK_REPLICAS to ${workload.replicas} once the ensemble has that size, or give the files of all its StatefulSets`,
    }),
  ];
}

function hostsOfPods(objects: Judged['workload']['objects']): Set<string> {
  const sets = [...new Set(objects.map(({ namespace }) => namespace))].flatMap((namespace) =>
    ofKind(objects, { kind: 'StatefulSet', namespace }),
  );
  return new Set(
    sets.flatMap((set) => {
      const workload = workloadOf(set, objects);
      if (workload === undefined) return [];
      const domain = `${workload.serviceName}.${set.namespace}.svc.cluster.local`;
      return Array.from(
        { length: Math.min(workload.replicas, 256) },
        (_, index) => `${podName(workload, index)}.${domain}`,
      );
    }),
  );
}
