import { type Finding, finding } from '../findings/finding.ts';
import { nearest } from '../text/nearest.ts';
import { basisOf } from './default-heap.ts';
import { readWithForeign, type WithForeign } from './read-foreign.ts';
import { lookUp, type Origin, type SettingSources, type Variables } from './read-row.ts';
import type { Basis, Row } from './row.ts';
import { rows, type SettingKey, type Settings, table } from './table.ts';

export interface ReadSettings {
  readonly settings: Settings;
  readonly origins: ReadonlyMap<SettingKey, Origin>;
  readonly findings: readonly Finding[];
}

/** The paths that NAME_FILE variables of known settings name. */
export function filesToRead(sources: Pick<SettingSources, 'variables' | 'envFile'>): string[] {
  return rows.flatMap(([, row]) => lookUp(sources, `${row.variable}_FILE`)?.text ?? []);
}

/** Reads every setting; wrong ones are findings and stand at their default, so that all are seen at once. */
export function readSettings(sources: SettingSources & WithForeign): ReadSettings {
  const findings: Finding[] = [...(sources.envFile?.findings ?? [])];
  const origins = new Map<SettingKey, Origin>();
  const values: Record<string, unknown> = {};
  const request = readWithForeign(table.memoryRequest, sources).given?.value as number | undefined;
  const basis: Basis = { ...basisOf(sources.memory, request), tickTimeMs: tickTime(sources) };
  for (const [key, row] of rows) {
    const outcome = readWithForeign(row, sources);
    if (outcome.finding) findings.push(outcome.finding);
    const { value, origin } = outcome.given ?? fallBack(row, basis);
    values[key] = value;
    origins.set(key, origin);
  }
  findings.push(...nameFindings({ ...sources.envFile?.variables, ...sources.variables }));
  // The loop above has filled every key of the table with a value of its row's kind.
  return { settings: values as unknown as Settings, origins, findings };
}

function tickTime(sources: SettingSources & WithForeign): number {
  const given = readWithForeign(table.tickTimeMs, sources).given?.value;
  return typeof given === 'number' ? given : 2_000;
}

function fallBack({ fallback }: Row<unknown>, basis: Basis): { value: unknown; origin: Origin } {
  if (fallback.kind === 'value')
    return { value: fallback.value, origin: { kind: 'default', words: 'default' } };
  if (fallback.kind === 'unset')
    return { value: undefined, origin: { kind: 'unset', words: fallback.words } };
  return { value: fallback.from(basis), origin: { kind: 'derived', words: fallback.words } };
}

/** ZooKeeper's own variables with the same prefix (bin/zkEnv.sh). */
const ZOOKEEPERS_OWN = new Set(['ZK_SERVER_HEAP', 'ZK_CLIENT_HEAP']);

/** What Kubernetes injects for every Service of the namespace whose name begins with `zk` (service links). */
const SERVICE_VARIABLE =
  /_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)$/;

const KNOWN = new Set(rows.flatMap(([, { variable }]) => [variable, `${variable}_FILE`]));

/** A warning for each ZK_* name that does nothing, with the known name that is nearest to it. */
export function nameFindings(variables: Variables): Finding[] {
  return Object.entries(variables)
    .filter(([name, value]) => name.startsWith('ZK_') && value?.trim() && isUnknown(name, value))
    .map(([name]) => unknownName(name));
}

function isUnknown(name: string, value: string): boolean {
  if (KNOWN.has(name) || ZOOKEEPERS_OWN.has(name) || SERVICE_VARIABLE.test(name)) return false;
  return !(name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(value.trim()));
}

function unknownName(name: string): Finding {
  const near = nearest(name, [...KNOWN]);
  return finding('ZK-SETTING-004', {
    subject: name,
    problem: 'is not a known setting and has no effect',
    remedy:
      near === undefined ? 'remove it; `zk-entrypoint settings` lists every name' : `did you mean ${near}?`,
  });
}
