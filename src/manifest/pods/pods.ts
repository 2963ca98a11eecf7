import type { Finding } from '../../findings/finding.ts';
import type { Assumption } from '../../preparation/choose-distribution.ts';
import { type Prepared, prepare } from '../../preparation/prepare.ts';
import { NEWEST_RELEASE } from '../../zookeeper/release.ts';
import { type Environment, environmentOf, type Variable } from './environment.ts';
import { mountedFiles } from './mounted-files.ts';
import { machineOf } from './pod-machine.ts';
import { underFlags } from './start-zookeeper.ts';
import { POD_SPEC, type Workload } from './workload.ts';

/** One pod of the StatefulSet: its variables, and what `start` would make of them. */
export interface Pod {
  readonly name: string;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly prepared: Prepared;
  /** Not masked yet: see judge. */
  readonly findings: readonly Finding[];
  /** Values that must not be shown. */
  readonly secrets: readonly string[];
}

/** ZooKeeper's ids end at 255, so no further pod can be a member. ZK-IDENTITY-002 already reports them. */
const MOST_PODS = 256;

/** Every pod of the StatefulSet, prepared as `start` would prepare it. */
export async function podsOf(workload: Workload, assume: Assumption): Promise<Pod[]> {
  const pods: Pod[] = [];
  for (let index = 0; index < Math.min(workload.replicas, MOST_PODS); index += 1) {
    pods.push(await podOf(workload, { name: podName(workload, index), assume }));
  }
  return pods;
}

/** The name of the pod at an index, from 0. */
export function podName({ object, firstOrdinal }: Workload, index: number): string {
  return `${object.name}-${firstOrdinal + index}`;
}

async function podOf(
  workload: Workload,
  { name, assume }: { name: string; assume: Assumption },
): Promise<Pod> {
  const { objects, object, container, containerPath: path } = workload;
  const environment = environmentOf({ objects, workload: object, container, path, podName: name });
  const { variables, findings: launched } = underFlags(workload, environment.variables);
  const { files, findings: unread } = mountedFiles(workload, variables);
  const prepared = await prepare(machineOf(workload, { name, variables, files }), {
    assume: assume.kind === 'release' ? assume : { kind: 'release', release: NEWEST_RELEASE },
    ...(workload.from === undefined ? {} : { from: workload.from }),
  });
  const secrets = [...variables.values(), ...files.values()].filter(({ secret }) => secret);
  const findings = [
    ...environment.findings,
    ...launched,
    ...unread,
    ...prepared.findings.map((found) => placed(found, { workload, variables })),
  ];
  return { name, variables, prepared, findings, secrets: secrets.map(({ text }) => text) };
}

/** The same finding, with the place of its variable in the manifest. */
function placed(
  found: Finding,
  {
    workload: { title, containerPath },
    variables,
  }: { workload: Workload; variables: Environment['variables'] },
): Finding {
  const from = variables.get(found.subject)?.from;
  const where = from === undefined ? `${containerPath}.env` : from;
  const place = where.startsWith(POD_SPEC) ? where : `from ${where}`;
  return { ...found, subject: `${title} ${found.subject} (${place})` };
}
