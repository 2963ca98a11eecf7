import { ownStatus, Refusal } from '../exit-status.ts';
import { describeErrno } from '../host/errno.ts';
import { readGiven } from '../host/files/given-file.ts';
import { atMost } from '../host/files/read-file.ts';
import { isCompose, judgeCompose } from '../manifest/compose.ts';
import { isRefused, type Judgement, judge } from '../manifest/judge.ts';
import { type KubernetesObject, objectsOf } from '../manifest/objects/objects.ts';
import { notObjects, parseManifest } from '../manifest/objects/parse.ts';
import type { Tree } from '../manifest/objects/tree.ts';
import { workloadOf } from '../manifest/pods/workload.ts';
import { judgementsAsText } from '../manifest/report.ts';
import type { Assumption } from '../preparation/choose-distribution.ts';
import { type DecodedText, decodeUtf8 } from '../text/utf8.ts';
import { visible } from '../text/visible.ts';
import { printJson, printLines } from './io.ts';

/** Judges Kubernetes manifests, and compose files; ends with 0, 78 when one of the findings is an error, or 64 when there is nothing to judge. */
export async function checkManifest(
  paths: readonly string[],
  { output, assume }: { output: 'text' | 'json'; assume: Assumption },
): Promise<number> {
  const documents: Tree[] = [];
  for (const path of paths) documents.push(...(await readDocuments(path)));
  const objects = objectsOf(documents.filter((document) => !isCompose(document)));
  const judgements: Judgement[] = [];
  for (const document of documents.filter(isCompose))
    judgements.push(...(await judgeCompose(document, assume)));
  if (judgements.length === 0 && !objects.some(({ kind }) => kind === 'StatefulSet'))
    throw noStatefulSet(paths, objects);
  judgements.push(...(await judge(objects, assume)));
  if (output === 'json') printJson({ manifests: judgements });
  else printLines(judgementsAsText(judgements));
  return isRefused(judgements) ? ownStatus.refused : 0;
}

async function readDocuments(path: string): Promise<readonly Tree[]> {
  const parsed = parseManifest(await readText(path));
  if (parsed.ok) {
    const problems = notObjects(parsed.documents.filter((document) => !isCompose(document)));
    if (problems.length === 0) return parsed.documents;
    throw new Refusal(ownStatus.wrongFlags, `--manifest ${path}: ${visible(problems.join('; '))}`);
  }
  throw new Refusal(
    ownStatus.wrongFlags,
    `--manifest ${path} is not YAML: ${parsed.problem}; correct it, or render the template before (helm template, kubectl kustomize)`,
  );
}

async function readText(path: string): Promise<string> {
  let decoded: DecodedText;
  try {
    decoded = decodeUtf8(await readGiven(path === '-' ? '/dev/stdin' : path, atMost.manifestBytes));
  } catch (error) {
    throw new Refusal(
      ownStatus.wrongFlags,
      `--manifest ${path} ${describeErrno(error)}; give the path of a YAML file, or - for standard input`,
    );
  }
  if (decoded.ok) return decoded.text;
  throw new Refusal(ownStatus.wrongFlags, `--manifest ${path} ${decoded.problem}; save it as UTF-8`);
}

function noStatefulSet(paths: readonly string[], objects: readonly KubernetesObject[]): Refusal {
  const kinds = [...new Set(objects.map(({ kind }) => kind))].join(', ');
  const has = kinds === '' ? 'contains no objects' : `contains no StatefulSet, only ${kinds}`;
  const other = objects.find((object) => isOtherWorkload(object));
  const remedy =
    other === undefined
      ? 'give the file of the StatefulSet as well'
      : `${other.kind}/${other.name} kind: a ${other.kind} gives its pods no ordinal, so no member has an id; use kind: StatefulSet with a serviceName`;
  return new Refusal(ownStatus.wrongFlags, `--manifest ${paths.join(' ')} ${has}; ${visible(remedy)}`);
}

const OTHER_WORKLOADS = ['Deployment', 'ReplicaSet', 'DaemonSet', 'ReplicationController', 'Job'];

/** Another kind of workload whose containers run our program. */
function isOtherWorkload(object: KubernetesObject): boolean {
  return OTHER_WORKLOADS.includes(object.kind) && workloadOf(object, []) !== undefined;
}
