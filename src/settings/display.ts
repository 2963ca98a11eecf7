import { type ExtraConfig, isSecretKey } from './extra-config.ts';
import type { Row } from './row.ts';
import { rows } from './table.ts';

/** What stands in for a secret wherever something is shown. */
export const MASK = '********';

/** The value of a setting as a person may see it: secrets masked, nothing as `(unset)`. */
export function displayValue(row: Row<unknown>, value: unknown): string {
  if (value === undefined) return '(unset)';
  if (row.secret === 'wholly') return MASK;
  if (row.secret === 'partly') return row.kind.format(maskedConfig(value as ExtraConfig));
  return maskFlags(row.kind.format(value));
}

/** The pairs with the values of secret keys replaced. */
export function maskedConfig(pairs: ExtraConfig): ExtraConfig {
  return pairs.map(([key, value]) => [key, isSecretKey(key) ? MASK : value] as const);
}

/** Flags such as -Dkey.password=x with the value replaced; everything else unchanged. */
export function maskFlags(text: string): string {
  return text.replaceAll(/(-D([^\s=]+)=)(\S+)/g, (flag, start: string, key: string) =>
    isSecretKey(key) ? `${start}${MASK}` : flag,
  );
}

/** The names of variables whose values the JVM must not inherit. */
export function secretVariables(): string[] {
  return rows.filter(([, row]) => row.secret !== undefined).map(([, row]) => row.variable);
}
