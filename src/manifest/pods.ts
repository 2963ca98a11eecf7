import { NEWEST_RELEASE } from '../distribution/release.ts';
import { type Finding, finding } from '../findings/finding.ts';
import type { Assumption } from '../preparation/choose-distribution.ts';
import type { Machine } from '../preparation/machine.ts';
import { type Prepared, prepare } from '../preparation/prepare.ts';
import { type Environment, environmentOf, type Variable } from './environment.ts';
import { masked } from './masked.ts';
import { parseQuantity } from './quantity.ts';
import { readFlags } from './start-zookeeper.ts';
import { textAt } from './tree.ts';
import { mountedText } from './volumes.ts';
import { POD_SPEC, type Workload } from './workload.ts';

/** One pod as it would be: its variables, and everything that `start` would make of them. */
export interface Pod {
  readonly name: string;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly prepared: Prepared;
  readonly findings: readonly Finding[];
}

/** ZooKeeper's ids end at 255, so no further pod can be a member; they are told of by ZK-IDENTITY-002 already. */
const MOST_PODS = 256;
const MEMORY_OF_A_NODE_BYTES = 8 * 2 ** 30;

/** Every pod of the StatefulSet, prepared as `start` would in it. */
export async function podsOf(workload: Workload, assume: Assumption): Promise<Pod[]> {
  const pods: Pod[] = [];
  for (let index = 0; index < Math.min(workload.replicas, MOST_PODS); index += 1) {
    pods.push(await podOf(workload, { name: podName(workload, index), assume }));
  }
  return pods;
}

/** The name of the pod at a place of the StatefulSet. */
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
  const { files, findings: unread } = filesOf(workload, variables);
  const prepared = await prepare(machineOf(workload, { name, variables, files }), {
    assume: assume.kind === 'release' ? assume : { kind: 'release', release: NEWEST_RELEASE },
  });
  const secrets = [
    ...secretTexts(variables),
    ...[...files.values()].filter(({ secret }) => secret).map(({ text }) => text),
  ];
  const findings = [
    ...environment.findings,
    ...launched,
    ...unread,
    ...prepared.findings.map((found) => placed(found, { workload, variables })),
  ];
  return { name, variables, prepared, findings: masked(findings, secrets) };
}

/** start-zookeeper's flags win over variables, and without members it is one. */
function underFlags(
  { launch, title, containerPath }: Workload,
  given: Environment['variables'],
): Environment {
  if (launch.kind === 'variables') return { variables: given, findings: [] };
  const { variables, unknown } = readFlags(launch.words);
  const from = `${containerPath} start-zookeeper`;
  const all = new Map(given);
  for (const [name, text] of variables) {
    all.set(name, { text, from, secret: false });
    all.delete(`${name}_FILE`);
  }
  const members = ['ZK_REPLICAS', 'ZK_ENSEMBLE'].flatMap((name) => [name, `${name}_FILE`]);
  if (!members.some((name) => all.get(name)?.text))
    all.set('ZK_REPLICAS', { text: '1', from, secret: false });
  return { variables: all, findings: unknown.map((word) => unknownFlag(`${title} ${from}`, word)) };
}

function unknownFlag(subject: string, word: string): Finding {
  return finding('ZK-MANIFEST-019', {
    subject,
    problem: `start-zookeeper does not know ${word}`,
    remedy: 'flags are written --name=value; start-zookeeper --help lists them',
  });
}

interface Files {
  readonly files: ReadonlyMap<string, { readonly text: string; readonly secret: boolean }>;
  readonly findings: readonly Finding[];
}

/** The files that NAME_FILE variables name, as far as the volumes of the files tell. */
function filesOf(workload: Workload, variables: Environment['variables']): Files {
  const files = new Map<string, { text: string; secret: boolean }>();
  const findings: Finding[] = [];
  for (const [name, { text: path }] of variables) {
    if (!/^ZK_.*_FILE$/.test(name) || path.trim() === '') continue;
    const found = mountedText(workload, path.trim());
    if (found !== undefined) files.set(path.trim(), found);
    else findings.push(unread({ workload, name, path }));
  }
  return { files, findings };
}

function unread({ workload, name, path }: { workload: Workload; name: string; path: string }): Finding {
  return finding('ZK-MANIFEST-018', {
    subject: `${workload.title} ${name}`,
    problem: `names ${path}, which no ConfigMap or Secret in the files provides; it is judged as if it were not set`,
    remedy: 'give the file of the ConfigMap or Secret with a further --manifest',
  });
}

function machineOf(
  { object, serviceName, container }: Workload,
  { name, variables, files }: { name: string; variables: Environment['variables']; files: Files['files'] },
): Machine {
  const limit = parseQuantity(textAt(container, 'resources', 'limits', 'memory'));
  const given = [...variables].filter(
    ([key, { text }]) => !/^ZK_.*_FILE$/.test(key) || files.has(text.trim()),
  );
  return {
    variables: Object.fromEntries(given.map(([key, { text }]) => [key, text])),
    // "Stable Network ID": the pod's domain is that of the governing Service.
    hostName: serviceName === '' ? name : `${name}.${serviceName}.${object.namespace}.svc.cluster.local`,
    memory:
      limit === undefined
        ? { memoryBytes: MEMORY_OF_A_NODE_BYTES, memoryIs: 'machine' }
        : { memoryBytes: limit, memoryIs: 'limit' },
    readText: (path) => {
      const file = files.get(path);
      return file === undefined
        ? { ok: false, problem: 'is not in the files' }
        : { ok: true, text: file.text };
    },
    findDomain: async () => undefined,
    findDistribution: () => ({ kind: 'absent' }),
    findJava: () => 'java',
  };
}

/** The same finding, at the place of the manifest where its variable stands. */
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

function secretTexts(variables: Environment['variables']): string[] {
  return [...variables.values()].filter(({ secret }) => secret).map(({ text }) => text);
}
