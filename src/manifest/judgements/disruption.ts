import { quorumSize, voters } from '../../ensemble/member.ts';
import { type Finding, finding } from '../../findings/finding.ts';
import { type KubernetesObject, ofKind, podLabels } from '../objects/objects.ts';
import { labelsText, selectorText, selects } from '../objects/selector.ts';
import { at, type Tree } from '../objects/tree.ts';
import type { Judged } from './judged.ts';

/** Budgets that allow the loss of the quorum, budgets that match no pod, and a missing budget. */
export function disruptionFindings(judged: Judged): Finding[] {
  const { labels, object, objects, title, replicas } = judged.workload;
  const budgets = ofKind(objects, { kind: 'PodDisruptionBudget', namespace: object.namespace });
  const ours = budgets.filter(({ tree }) => selects(at(tree, 'spec', 'selector'), labels));
  const everyPod = podLabels(objects, object.namespace);
  const idle = budgets.filter(
    ({ tree }) => !everyPod.some((pod) => selects(at(tree, 'spec', 'selector'), pod)),
  );
  const missing = ours.length === 0 && replicas > 2 ? [noBudget(title, idle)] : [];
  return [
    ...idle.map((budget) => matchesNothing(budget, judged)),
    ...missing.flat(),
    ...quorumLost(ours, judged),
  ];
}

function matchesNothing({ name, tree }: KubernetesObject, { workload }: Judged): Finding {
  return finding('ZK-MANIFEST-007', {
    subject: `PodDisruptionBudget/${name} spec.selector`,
    problem: `${selectorText(at(tree, 'spec', 'selector'))} matches no pod in the files; the pods of ${workload.title} have ${labelsText(workload.labels)}`,
    remedy: 'use the labels of the pods',
  });
}

function noBudget(title: string, idle: readonly unknown[]): Finding[] {
  if (idle.length > 0) return [];
  return [
    finding('ZK-MANIFEST-006', {
      subject: title,
      problem: 'no PodDisruptionBudget in the files covers its pods',
      remedy: 'add one with maxUnavailable: 1',
    }),
  ];
}

/** If several budgets cover the pods, the strictest applies. */
function quorumLost(budgets: readonly KubernetesObject[], { workload, pods }: Judged): Finding[] {
  const ensemble = pods.find(({ prepared }) => prepared.draft !== undefined)?.prepared.draft?.ensemble;
  const [budget] = budgets;
  if (ensemble === undefined || budget === undefined || ensemble.members.length < 3) return [];
  const voting = voters(ensemble).length;
  const spare = voting - quorumSize(voting);
  const allowed = Math.min(...budgets.map(({ tree }) => disruptions(tree, workload.replicas)));
  if (allowed <= spare) return [];
  const field = at(budget.tree, 'spec', 'maxUnavailable') === undefined ? 'minAvailable' : 'maxUnavailable';
  return [
    finding('ZK-MANIFEST-005', {
      subject: `PodDisruptionBudget/${budget.name} spec.${field}`,
      problem: `allows ${allowed} of ${workload.replicas} pods to be evicted at once, but ${voting} voters lose their quorum if ${spare + 1} are down`,
      remedy: 'set maxUnavailable: 1',
    }),
  ];
}

/** How many pods may be gone at once; shares are rounded up ("Rounding logic when specifying percentages"). */
function disruptions(budget: Tree, replicas: number): number {
  const unavailable = share(at(budget, 'spec', 'maxUnavailable'), replicas);
  const available = share(at(budget, 'spec', 'minAvailable'), replicas);
  return unavailable ?? replicas - (available ?? replicas);
}

function share(value: Tree, replicas: number): number | undefined {
  const [, percent] = typeof value === 'string' ? (/^(\d+)%$/.exec(value) ?? []) : [];
  if (percent !== undefined) return Math.ceil((Number(percent) * replicas) / 100);
  return typeof value === 'number' ? value : undefined;
}
