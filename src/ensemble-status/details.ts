import { isObject, parseJson } from '../admission/json.ts';
import type { FindingFact, ResourceFacts, VolumeFact } from '../health/facts.ts';

/** What the supervisor of a member reports besides its ZooKeeper. A missing value is undefined. */
export interface Details {
  readonly alive: boolean | undefined;
  readonly ready: boolean | undefined;
  /** As its start and its look at the volume found them. */
  readonly findings: readonly FindingFact[];
  readonly resources: ResourceFacts | undefined;
  /** The voters that held the data of the ensemble, as its volume records them. */
  readonly known: readonly number[] | undefined;
}

/** The most findings of one member that are shown, and the longest sentence in characters. */
const MOST_FINDINGS = 50;
const LONGEST = 2_000;

/** Reads the body of /status; undefined for any other text. Another member wrote it, so each value is checked. */
export function readDetails(body: string): Details | undefined {
  const status = parseJson(body);
  if (!isObject(status)) return undefined;
  const { probes, findings, resources, member } = status;
  const known = isObject(member) ? member['known'] : undefined;
  return {
    alive: okOf(probes, 'live'),
    ready: okOf(probes, 'ready'),
    findings: Array.isArray(findings) ? findings.slice(0, MOST_FINDINGS).filter(isFinding) : [],
    resources: readResources(resources),
    known: Array.isArray(known) && known.length < 256 && known.every(isCount) ? known : undefined,
  };
}

function okOf(probes: unknown, name: string): boolean | undefined {
  const probe = isObject(probes) ? probes[name] : undefined;
  const ok = isObject(probe) ? probe['ok'] : undefined;
  return typeof ok === 'boolean' ? ok : undefined;
}

const SEVERITIES: readonly unknown[] = ['error', 'warning', 'note'];

function isFinding(value: unknown): value is FindingFact {
  if (!isObject(value) || !SEVERITIES.includes(value['severity'])) return false;
  return ['code', 'subject', 'problem', 'remedy'].every((name) => isText(value[name]));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= LONGEST;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function count(value: unknown): number | undefined {
  return isCount(value) ? value : undefined;
}

function readResources(value: unknown): ResourceFacts | undefined {
  if (!isObject(value) || !Array.isArray(value['volumes'])) return undefined;
  const memory = isObject(value['memory']) ? value['memory'] : {};
  return {
    volumes: value['volumes'].slice(0, 2).flatMap(readVolume),
    snapshots: readFiles(value['snapshots']),
    logs: readFiles(value['logs']),
    lastPurgeMs: count(value['lastPurgeMs']),
    setAside: count(value['setAside']) ?? 0,
    memory: {
      usedBytes: count(memory['usedBytes']),
      limitBytes: count(memory['limitBytes']),
      heapLimitBytes: count(memory['heapLimitBytes']) ?? 0,
    },
  };
}

function readVolume(value: unknown): VolumeFact[] {
  if (!isObject(value)) return [];
  const { name, freeBytes, sizeBytes, fullInMs } = value;
  if ((name !== 'data' && name !== 'log') || !isCount(freeBytes) || !isCount(sizeBytes)) return [];
  return [{ name, freeBytes, sizeBytes, fullInMs: count(fullInMs) }];
}

function readFiles(value: unknown): ResourceFacts['snapshots'] {
  const files = isObject(value) ? value : {};
  return { count: count(files['count']) ?? 0, bytes: count(files['bytes']) ?? 0 };
}
