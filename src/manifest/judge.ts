import { type Finding, finding, hasErrors } from '../findings/finding.ts';
import { underPolicy } from '../findings/policy.ts';
import type { Assumption } from '../preparation/choose-distribution.ts';
import { type Explained, explain } from '../preparation/explain.ts';
import { withoutSecrets } from '../settings/mask.ts';
import { agreementFindings } from './judgements/agreement.ts';
import { disruptionFindings } from './judgements/disruption.ts';
import { idleFindings } from './judgements/idle.ts';
import type { Judged } from './judgements/judged.ts';
import { mainCommandFindings } from './judgements/main-command.ts';
import { nameFindings } from './judgements/names.ts';
import { objectNameFindings } from './judgements/object-names.ts';
import { placementFindings } from './judgements/placement.ts';
import { podFindings } from './judgements/pod.ts';
import { probeTargetFindings } from './judgements/probe-targets.ts';
import { probeFindings } from './judgements/probes.ts';
import { referenceFindings } from './judgements/references.ts';
import { limitFindings, shapeFindings } from './judgements/shape.ts';
import { hiddenFindings, writableFindings } from './judgements/writable.ts';
import { type KubernetesObject, lastOfEach, replacedOf } from './objects/objects.ts';
import { textAt } from './objects/tree.ts';
import { podsOf } from './pods/pods.ts';
import { type Workload, workloadOf } from './pods/workload.ts';

/** A finding, with its pods if it is not about all of them. */
export interface PodFinding extends Finding {
  readonly pods?: readonly string[];
}

/** The findings about one StatefulSet, or about one service of a compose file. */
export interface Judgement {
  /** `StatefulSet/zk`. */
  readonly title: string;
  readonly ours: boolean;
  readonly pods: readonly string[];
  readonly findings: readonly PodFinding[];
  /** The settings of the first pod, if the manifest names another image. */
  readonly settings?: readonly Explained[];
}

/** Judges every StatefulSet of the objects, in their order. */
export async function judge(objects: readonly KubernetesObject[], assume: Assumption): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (const object of lastOfEach(objects).filter(({ kind }) => kind === 'StatefulSet')) {
    judgements.push(await judgeOne(object, { objects, assume }));
  }
  return judgements;
}

async function judgeOne(
  object: KubernetesObject,
  { objects, assume }: { objects: readonly KubernetesObject[]; assume: Assumption },
): Promise<Judgement> {
  const workload = workloadOf(object, lastOfEach(objects));
  if (workload === undefined) return notOurs(`${object.kind}/${object.name}`);
  const judged = { workload, pods: await podsOf(workload, assume) };
  const secrets = judged.pods.flatMap((pod) => pod.secrets);
  const found = [...objectFindings(judged), ...replacedFindings(objects, object)];
  const [first] = judged.pods;
  const ofObjects = first === undefined ? found : underPolicy(found, first.prepared.settings).findings;
  return {
    title: workload.title,
    ours: true,
    pods: judged.pods.map(({ name }) => name),
    findings: masked([...imageFindings(workload), ...together(judged), ...ofObjects], secrets),
    ...(workload.from === undefined || first === undefined
      ? {}
      : { settings: shownSettings(explain(first.prepared), secrets) }),
  };
}

/** The first change that a manifest of another image needs. */
function imageFindings({ from, title, containerPath, container }: Workload): Finding[] {
  if (from === undefined) return [];
  return [
    finding('ZK-MANIFEST-031', {
      subject: `${title} ${containerPath}.image`,
      problem: `${textAt(container, 'image')} is another image of ZooKeeper. The manifest is judged as if it used the image of zk-entrypoint`,
      remedy: 'change it to the image of zk-entrypoint, and do what the other findings say (docs/move-in.md)',
    }),
  ];
}

/** The settings to show, with the values of Secrets masked. */
export function shownSettings(settings: readonly Explained[], secrets: readonly string[]): Explained[] {
  return settings.map((each) => ({ ...each, value: withoutSecrets(each.value, secrets) }));
}

function objectFindings(judged: Judged): Finding[] {
  return [
    ...mainCommandFindings(judged),
    ...agreementFindings(judged),
    ...nameFindings(judged),
    ...probeFindings(judged),
    ...disruptionFindings(judged),
    ...placementFindings(judged),
    ...podFindings(judged),
    ...shapeFindings(judged),
    ...objectNameFindings(judged),
    ...referenceFindings(judged),
    ...limitFindings(judged),
    ...hiddenFindings(judged),
    ...writableFindings(judged),
    ...probeTargetFindings(judged),
    ...idleFindings(judged),
  ];
}

/** kubectl applies the objects one after the other, so the later of two equal names replaces the earlier. */
function replacedFindings(objects: readonly KubernetesObject[], { namespace }: KubernetesObject): Finding[] {
  const replaced = replacedOf(objects).filter((object) => object.namespace === namespace);
  const titles = new Set(replaced.map(({ kind, name }) => `${kind}/${name}`));
  return [...titles].map((title) =>
    finding('ZK-MANIFEST-029', {
      subject: `${title} metadata.name`,
      problem: 'is in the files more than once, and only the last one counts',
      remedy: 'keep one of them',
    }),
  );
}

/** A finding of all pods is reported once. Any other finding names its pods. */
function together({ pods }: Judged): PodFinding[] {
  const groups = new Map<string, { found: Finding; names: string[] }>();
  for (const { name, findings } of pods) {
    for (const found of findings) {
      const key = JSON.stringify(found);
      const group = groups.get(key) ?? { found, names: [] };
      if (group.names.at(-1) !== name) group.names.push(name);
      groups.set(key, group);
    }
  }
  const all = [...groups.values()];
  const shared = all.filter(({ names }) => names.length === pods.length).map(({ found }) => found);
  const single = all
    .filter(({ names }) => names.length < pods.length)
    .map(({ found, names }) => ({ ...found, pods: names }));
  return [...shared, ...single];
}

/** The judgement of a StatefulSet or service that runs neither our image nor another known one. */
export function notOurs(title: string): Judgement {
  const found = finding('ZK-MANIFEST-001', {
    subject: title,
    problem:
      'is not judged, because its command and its image name neither zk-entrypoint nor one of its drop-in names',
    remedy: 'set the command to zk-entrypoint start, or give the manifest that runs it',
  });
  return { title, ours: false, pods: [], findings: [found] };
}

/** True if at least one StatefulSet or service has an error. */
export function isRefused(judgements: readonly Judgement[]): boolean {
  return judgements.some(({ findings }) => hasErrors(findings));
}

/** The findings with the values of Secrets masked, also their lines, words and numbers: a message may quote a part. */
export function masked<Any extends Finding>(findings: readonly Any[], secrets: readonly string[]): Any[] {
  const hide = (text: string) => withoutSecrets(text, secrets);
  return findings.map((found) => ({ ...found, problem: hide(found.problem), remedy: hide(found.remedy) }));
}
