import { visible } from '../text/visible.ts';
import type { Severity } from './codes/row.ts';
import type { FindingCode } from './known-codes.ts';
import { severities } from './severities.ts';

/** One thing that is wrong or worth knowing, in words a person can act on. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The variable, file or address it is about. */
  readonly subject: string;
  readonly problem: string;
  readonly remedy: string;
  /** True when nothing but another member's word shows it: ZK_STRICT then refuses nothing, since anybody may have said it. */
  readonly hearsay?: true;
}

/** More of a value than anybody reads; the remedy after it must still be seen. */
const LONGEST_WORDS = 2_000;

/** Makes a finding with the severity its code has in the table; whatever was read into its words is made visible. */
export function finding(code: FindingCode, words: Pick<Finding, 'subject' | 'problem' | 'remedy'>): Finding {
  const [subject, problem, remedy] = [words.subject, words.problem, words.remedy].map((text) =>
    visible(text, LONGEST_WORDS),
  ) as [string, string, string];
  return { code, severity: severities[code], subject, problem, remedy };
}

/** The same, for what another member has said and nothing else shows. */
export function hearsay(code: FindingCode, words: Pick<Finding, 'subject' | 'problem' | 'remedy'>): Finding {
  return { ...finding(code, words), hearsay: true };
}

/** One line: `error ZK-SETTING-001 ZK_CLIENT_PORT: "abc" is not …; give …`. */
export function findingLine({ severity, code, subject, problem, remedy }: Finding): string {
  return `${severity} ${code} ${subject}: ${problem}; ${remedy}`;
}

/** True when at least one of the findings refuses the start. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
