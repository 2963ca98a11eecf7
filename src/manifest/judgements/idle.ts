import { type Finding, finding } from '../../findings/finding.ts';
import { shortened } from '../../text/some-of.ts';
import { ofKind } from '../objects/objects.ts';
import { serviceSelects } from '../objects/selector.ts';
import { at, listAt, type Tree, textAt } from '../objects/tree.ts';
import { containersOf } from '../pods/containers.ts';
import { hasCompany, listenersOf, portNumber } from '../pods/listeners.ts';
import { POD_SPEC } from '../pods/workload.ts';
import type { Judged } from './judged.ts';

/** Parts without effect: ports of Services that reach nothing, volumes that no container mounts, variables given twice. */
export function idleFindings(judged: Judged): Finding[] {
  return [...servicePorts(judged), ...unmounted(judged), ...twiceSet(judged)];
}

function servicePorts(judged: Judged): Finding[] {
  const { objects, object, labels } = judged.workload;
  return ofKind(objects, { kind: 'Service', namespace: object.namespace })
    .filter(({ tree }) => serviceSelects(tree, labels))
    .flatMap(({ name, tree }) =>
      listAt(tree, 'spec', 'ports').flatMap((entry, index) =>
        servicePort(judged, { entry, subject: `Service/${name} spec.ports[${index}]` }),
      ),
    );
}

/** A headless Service only gives addresses, so its ports are only names in DNS. */
function servicePort(
  { workload, pods }: Judged,
  { entry, subject }: { entry: Tree; subject: string },
): Finding[] {
  const port = at(entry, 'targetPort') ?? at(entry, 'port');
  const number = [workload.container, ...listAt(workload.podSpec, 'containers')]
    .map((container) => portNumber(container, port))
    .find((found) => found !== undefined);
  if (number === undefined && typeof port === 'string') {
    return [
      finding('ZK-MANIFEST-028', {
        subject: `${subject}.targetPort`,
        problem: `is "${shortened(port)}", but no container of the pods has a port with this name, so it reaches nothing`,
        remedy: 'name the port in the container, or correct it',
      }),
    ];
  }
  const [pod] = pods;
  if (number === undefined || pod === undefined || hasCompany(workload)) return [];
  const { settings, draft } = pod.prepared;
  const members = draft?.ensemble.members.length ?? workload.replicas;
  // Only the leader listens on the server port, and any member may become the leader.
  const known = [
    ...listenersOf(settings, members).map((listener) => listener.port),
    settings.serverPort,
    settings.electionPort,
  ];
  if (known.includes(number)) return [];
  return [
    finding('ZK-MANIFEST-029', {
      subject,
      problem: `points to port ${number}, but nothing in the pods listens there`,
      remedy: 'correct targetPort, or remove it',
    }),
  ];
}

function unmounted({ workload }: Judged): Finding[] {
  const used = new Set(
    containersOf(workload).flatMap(({ tree }) =>
      ['volumeMounts', 'volumeDevices'].flatMap((list) =>
        listAt(tree, list).map((mount) => textAt(mount, 'name')),
      ),
    ),
  );
  const volumes = listAt(workload.podSpec, 'volumes').map((volume, index) => ({
    name: textAt(volume, 'name'),
    path: `${POD_SPEC}.volumes[${index}]`,
  }));
  const claims = listAt(workload.object.tree, 'spec', 'volumeClaimTemplates').map((claim, index) => ({
    name: textAt(claim, 'metadata', 'name'),
    path: `spec.volumeClaimTemplates[${index}]`,
  }));
  return [...volumes, ...claims]
    .filter(({ name }) => name !== undefined && !used.has(name))
    .map(({ name, path }) =>
      finding('ZK-MANIFEST-029', {
        subject: `${workload.title} ${path}`,
        problem: `no container mounts the volume ${name}`,
        remedy: 'mount it, or remove it',
      }),
    );
}

/** Kubernetes uses the last of two entries with one name, and warns. */
function twiceSet({ workload: { container, containerPath, title } }: Judged): Finding[] {
  const names = listAt(container, 'env').map((entry) => textAt(entry, 'name'));
  const twice = new Set(names.filter((name, place) => name !== undefined && names.indexOf(name) !== place));
  return [...twice].map((name) =>
    finding('ZK-MANIFEST-029', {
      subject: `${title} ${containerPath}.env`,
      problem: `sets ${name} twice, and only the last one counts`,
      remedy: 'keep one of the two',
    }),
  );
}
