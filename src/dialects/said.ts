import type { Finding } from '../findings/finding.ts';
import type { FindingCode } from '../findings/known-codes.ts';
import type { rows, table } from '../settings/table.ts';

/** A finding without its severity. The caller has the table of severities, so the bundle of the dialects needs none. */
export type Said = Omit<Finding, 'severity'>;

/** Makes a finding about a name or a place of another image. */
export function said(code: FindingCode, words: Pick<Finding, 'subject' | 'problem' | 'remedy'>): Said {
  return { code, ...words };
}

/** Our settings. The caller passes them, because the bundle of the dialects must not load them a second time. */
export interface Ours {
  readonly table: typeof table;
  readonly rows: typeof rows;
  /** The keys and values of a properties file, trimmed. */
  propertiesOf(text: string): readonly (readonly [key: string, value: string])[];
}
