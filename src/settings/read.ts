import type { Finding } from '../findings/finding.ts';
import { nameFindings } from './names.ts';
import { lookUp, type Origin, readRow, type SettingSources } from './read-row.ts';
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
export function readSettings(sources: SettingSources): ReadSettings {
  const findings: Finding[] = [...(sources.envFile?.findings ?? [])];
  const origins = new Map<SettingKey, Origin>();
  const values: Record<string, unknown> = {};
  const basis: Basis = { ...sources.memory, tickTimeMs: tickTime(sources) };
  for (const [key, row] of rows) {
    const outcome = readRow(row, sources);
    if (outcome.finding) findings.push(outcome.finding);
    const { value, origin } = outcome.given ?? fallBack(row, basis);
    values[key] = value;
    origins.set(key, origin);
  }
  findings.push(...nameFindings({ ...sources.envFile?.variables, ...sources.variables }));
  // The loop above has filled every key of the table with a value of its row's kind.
  return { settings: values as unknown as Settings, origins, findings };
}

function tickTime(sources: SettingSources): number {
  const given = readRow(table.tickTimeMs, sources).given?.value;
  return typeof given === 'number' ? given : 2_000;
}

function fallBack({ fallback }: Row<unknown>, basis: Basis): { value: unknown; origin: Origin } {
  if (fallback.kind === 'value')
    return { value: fallback.value, origin: { kind: 'default', words: 'default' } };
  if (fallback.kind === 'unset')
    return { value: undefined, origin: { kind: 'unset', words: fallback.words } };
  return { value: fallback.from(basis), origin: { kind: 'derived', words: fallback.words } };
}
