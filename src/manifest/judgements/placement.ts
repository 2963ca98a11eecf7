import { type Finding, finding } from '../../findings/finding.ts';
import { ofKind, podLabels } from '../objects/objects.ts';
import { labelsText, selectorText, selects, serviceSelector, serviceSelects } from '../objects/selector.ts';
import { at, listAt, type Tree, textAt } from '../objects/tree.ts';
import { POD_SPEC, type Workload } from '../pods/workload.ts';
import type { Judged } from './judged.ts';

/** Selectors that are meant for the pods but match none of them. */
export function placementFindings({ workload, pods }: Judged): Finding[] {
  const clientPort = pods[0]?.prepared.settings.clientPort ?? 2181;
  return [...antiAffinity(workload), ...spread(workload), ...clientServices(workload, clientPort)];
}

const ANTI_AFFINITY = ['affinity', 'podAntiAffinity'] as const;

function antiAffinity(workload: Workload): Finding[] {
  const terms = (list: string) => listAt(workload.podSpec, ...ANTI_AFFINITY, list);
  const required = 'requiredDuringSchedulingIgnoredDuringExecution';
  const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
  const selectors = [
    ...terms(required).map((term, index) => ({ path: `${required}[${index}]`, term })),
    ...terms(preferred).map((weighted, index) => ({
      path: `${preferred}[${index}].podAffinityTerm`,
      term: at(weighted, 'podAffinityTerm'),
    })),
  ].map(({ path, term }) => ({
    path: `affinity.podAntiAffinity.${path}.labelSelector`,
    selector: at(term, 'labelSelector'),
  }));
  // A pod may also avoid pods of others, so one selector for its own pods is enough.
  if (selectors.some(({ selector }) => selects(selector, workload.labels))) return [];
  return selectors.map(({ path, selector }) =>
    idle(workload, { path, selector, harm: 'all of them may share one node' }),
  );
}

function spread(workload: Workload): Finding[] {
  return listAt(workload.podSpec, 'topologySpreadConstraints').flatMap((constraint, index) => {
    const selector = at(constraint, 'labelSelector');
    if (selects(selector, workload.labels)) return [];
    return [
      idle(workload, {
        path: `topologySpreadConstraints[${index}].labelSelector`,
        selector,
        harm: 'they are not spread',
      }),
    ];
  });
}

function idle(
  { title, labels }: Workload,
  { path, selector, harm }: { path: string; selector: Tree; harm: string },
): Finding {
  return finding('ZK-MANIFEST-007', {
    subject: `${title} ${POD_SPEC}.${path}`,
    problem: `${selectorText(selector)} does not match the pods, which have ${labelsText(labels)}: ${harm}`,
    remedy: 'use the labels of the pods',
  });
}

/** A Service for the client port that selects no pod in the files. Services with other ports may belong to others. */
function clientServices({ objects, object, serviceName }: Workload, clientPort: number): Finding[] {
  const everyPod = podLabels(objects, object.namespace);
  return ofKind(objects, { kind: 'Service', namespace: object.namespace })
    .filter(
      ({ name, tree }) =>
        name !== serviceName && at(tree, 'spec', 'selector') !== undefined && leadsTo(tree, clientPort),
    )
    .filter(({ tree }) => !everyPod.some((labels) => serviceSelects(tree, labels)))
    .map(({ name, tree }) =>
      finding('ZK-MANIFEST-007', {
        subject: `Service/${name} spec.selector`,
        problem: `${selectorText(serviceSelector(tree))} matches no pod in the files, so it serves no client`,
        remedy: 'use the labels of the pods',
      }),
    );
}

function leadsTo(service: Tree, port: number): boolean {
  return listAt(service, 'spec', 'ports').some((entry) =>
    [textAt(entry, 'port'), textAt(entry, 'targetPort')].includes(String(port)),
  );
}
