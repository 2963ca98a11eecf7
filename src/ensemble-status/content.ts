import type { FindingFact, ResourceFacts, VolumeFact } from '../health/facts.ts';
import { counted } from '../text/numbers.ts';
import { formatSize } from '../text/size.ts';
import { formatSpan } from '../text/span.ts';
import type { MemberState } from './member.ts';
import type { Survey } from './survey.ts';

/** A survey with what the settings wish, as the page and `status --watch` show it. */
export interface Picture extends Survey {
  /** Ids; undefined where the members were given by their addresses. */
  readonly wished?: { readonly voters: readonly number[]; readonly observers: readonly number[] };
}

/** A finding, and the members that have it. */
export interface SharedFinding extends FindingFact {
  readonly names: readonly string[];
}

/** A person reads no more than this many. */
const MOST_FINDINGS = 40;
const ORDER = ['error', 'warning', 'note'] as const;

/** The findings of all members, those that several have once, the worst first; and how many more there are. */
export function findingsOf(members: readonly MemberState[]): {
  readonly shown: readonly SharedFinding[];
  readonly more: number;
} {
  const found = new Map<string, SharedFinding>();
  for (const { name, details } of members)
    for (const each of details?.findings ?? []) {
      const key = JSON.stringify([each.code, each.subject, each.problem]);
      const names = found.get(key)?.names ?? [];
      if (!names.includes(name)) found.set(key, { ...each, names: [...names, name] });
    }
  const sorted = [...found.values()].toSorted(
    (one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity),
  );
  return { shown: sorted.slice(0, MOST_FINDINGS), more: Math.max(0, sorted.length - MOST_FINDINGS) };
}

/** Who waits, for what, and what can be done. */
export function waitingOf(members: readonly MemberState[]) {
  return members.flatMap(({ name, waiting }) => (waiting === undefined ? [] : [{ name, ...waiting }]));
}

/** Room and memory of a member, a line each; `nowMs` is for how long ago something was. */
export function roomLines(resources: ResourceFacts, nowMs: number): string[] {
  const { volumes, snapshots, logs, lastPurgeMs, setAside, memory } = resources;
  const held = `${counted(snapshots.count, 'snapshot')}, ${formatSize(snapshots.bytes)}; ${counted(logs.count, 'log')}, ${formatSize(logs.bytes)}`;
  const purged =
    lastPurgeMs === undefined ? '' : `; purged before its time ${formatSpan(nowMs - lastPurgeMs)} ago`;
  return [
    ...volumes.map(volumeLine),
    `${held}${purged}`,
    ...(setAside === 0 ? [] : [`damaged data was set aside ${counted(setAside, 'time')}`]),
    memoryLine(memory),
  ];
}

function volumeLine({ name, freeBytes, sizeBytes, fullInMs }: VolumeFact): string {
  const full = fullInMs === undefined ? '' : `, full in ${formatSpan(fullInMs)} if it goes on like this`;
  return `${name}: ${formatSize(freeBytes)} free of ${formatSize(sizeBytes)}${full}`;
}

function memoryLine({ usedBytes, limitBytes, heapLimitBytes }: ResourceFacts['memory']): string {
  const used = usedBytes === undefined ? 'not known' : `${formatSize(usedBytes)} used`;
  const limit = limitBytes === undefined ? ', no limit' : ` of ${formatSize(limitBytes)}`;
  return `memory: ${used}${limit}; heap up to ${formatSize(heapLimitBytes)}`;
}

/** The members that the settings wish for, the voters that the volumes know, and the committed configuration. */
export function membershipLines({ members, membership, wished }: Picture): string[] {
  return [...wishedLines(wished), ...knownLines(members), ...(membership?.sentences ?? [])];
}

function wishedLines(wished: Picture['wished']): string[] {
  if (wished === undefined) return [];
  const watching = wished.observers.length === 0 ? '' : `, observers ${wished.observers.join(', ')}`;
  return [`wished by the settings: voters ${wished.voters.join(', ')}${watching}`];
}

/** Members whose volumes know the same voters stand in one line. */
function knownLines(members: readonly MemberState[]): string[] {
  const known = Object.entries(
    Object.groupBy(
      members.filter(({ details }) => details?.known !== undefined),
      ({ details }) => details?.known?.join(', ') ?? '',
    ),
  );
  return known.map(([ids, by = []]) => {
    const names = by.map(({ name }) => name).join(', ');
    return `known to the volume of ${names}: ${ids === '' ? 'nobody yet' : `voters ${ids}`}`;
  });
}

/** How far a member is behind the leader; undefined where that is not known. */
export function behind({ lag, synced, mode }: MemberState): string | undefined {
  if (mode === 'leader') return synced === false ? 'waits for followers that are behind' : 'leads';
  if (synced === false) return 'not in sync with the leader yet';
  if (lag === undefined) return synced === true ? 'in sync' : undefined;
  return lag === 0 ? 'in sync' : counted(lag, 'transaction');
}
