import type { Finding } from '../findings/finding.ts';
import type { FindingCode } from '../findings/known-codes.ts';
import type { rows, table } from '../settings/table.ts';

/** A finding without its severity: whoever asked has the table of severities, and a bundle of these tables needs none. */
export type Said = Omit<Finding, 'severity'>;

/** Says something of a name or a place of another image. */
export function said(code: FindingCode, words: Pick<Finding, 'subject' | 'problem' | 'remedy'>): Said {
  return { code, ...words };
}

/** Our settings, handed over by whoever has read them already: a start must not read them a second time. */
export interface Ours {
  readonly table: typeof table;
  readonly rows: typeof rows;
  /** Keys and values of a properties file, trimmed. */
  propertiesOf(text: string): readonly (readonly [key: string, value: string])[];
}
