import { type Finding, finding } from '../../findings/finding.ts';
import { rows } from '../../settings/table.ts';
import { named, ofKind } from '../objects/objects.ts';
import { labelsText, selectorText, serviceSelector, serviceSelects } from '../objects/selector.ts';
import { at, textAt } from '../objects/tree.ts';
import type { Judged } from './judged.ts';

const settingNames: ReadonlySet<string> = new Set(rows.map(([, { variable }]) => variable));

/** A governing Service that gives the pods no names, and Services whose variables have the name of a setting. */
export function nameFindings(judged: Judged): Finding[] {
  return [...governing(judged), ...serviceLinks(judged)];
}

function governing({ workload, pods }: Judged): Finding[] {
  const { serviceName: name, object, labels, objects, title } = workload;
  const alone =
    workload.replicas < 2 && pods.every(({ prepared }) => (prepared.draft?.ensemble.members.length ?? 1) < 2);
  if (alone || name === '') return [];
  const service = named(objects, { kind: 'Service', name, namespace: object.namespace });
  if (service === undefined) return [notGiven(title, name)];
  const headless = textAt(service.tree, 'spec', 'clusterIP') === 'None';
  if (!headless || !serviceSelects(service.tree, labels)) {
    const selector = selectorText(serviceSelector(service.tree));
    return [
      finding('ZK-MANIFEST-008', {
        subject: `Service/${name} ${headless ? 'spec.selector' : 'spec.clusterIP'}`,
        problem: headless
          ? `${selector} does not match the pods, which have ${labelsText(labels)}`
          : 'is not None, and only a headless Service gives each pod a name',
        remedy: headless ? 'use the labels of the pods' : 'set clusterIP: None',
      }),
    ];
  }
  return published(service.tree) ? [] : [unpublished(name)];
}

/** Before Kubernetes 1.13, an annotation had the place of spec.publishNotReadyAddresses. */
function published(service: unknown): boolean {
  const annotation = textAt(
    service,
    'metadata',
    'annotations',
    'service.alpha.kubernetes.io/tolerate-unready-endpoints',
  );
  return at(service, 'spec', 'publishNotReadyAddresses') === true || annotation === 'true';
}

function unpublished(name: string): Finding {
  return finding('ZK-MANIFEST-004', {
    subject: `Service/${name} spec.publishNotReadyAddresses`,
    problem: 'is not true, so a member has a DNS name only while it is ready',
    remedy: 'set publishNotReadyAddresses: true',
  });
}

function notGiven(title: string, name: string): Finding {
  return finding('ZK-MANIFEST-018', {
    subject: `${title} spec.serviceName`,
    problem: `Service/${name} is not in the files`,
    remedy: 'give its file with one more --manifest',
  });
}

/** A variable of the pod overrides a service link with the same name. A headless Service makes no service links. */
function serviceLinks({ workload, pods }: Judged): Finding[] {
  if (at(workload.podSpec, 'enableServiceLinks') === false) return [];
  const [pod] = pods;
  return ofKind(workload.objects, { kind: 'Service', namespace: workload.object.namespace })
    .filter(
      ({ tree }) =>
        textAt(tree, 'spec', 'clusterIP') !== 'None' && textAt(tree, 'spec', 'type') !== 'ExternalName',
    )
    .map(({ name }) => ({ name, variable: `${name.toUpperCase().replaceAll('-', '_')}_PORT` }))
    .filter(({ variable }) => settingNames.has(variable) && pod?.variables.has(variable) !== true)
    .map(({ name, variable }) =>
      finding('ZK-MANIFEST-012', {
        subject: `Service/${name}`,
        problem: `makes Kubernetes set ${variable}=tcp://… in every pod of the namespace, but ${variable} is a setting`,
        remedy: `set enableServiceLinks: false in ${workload.title} spec.template.spec, or set ${variable} there`,
      }),
    );
}
