import { type FindingCode, type Severity, severities } from './severities.ts';

/** One thing that is wrong or worth knowing, in words a person can act on. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** The variable, file or address it is about. */
  readonly subject: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Makes a finding with the severity its code has in the table. */
export function finding(code: FindingCode, words: Pick<Finding, 'subject' | 'problem' | 'remedy'>): Finding {
  return { code, severity: severities[code], ...words };
}

/** One line: `error ZK-SETTING-001 ZK_CLIENT_PORT: "abc" is not …; give …`. */
export function findingLine({ severity, code, subject, problem, remedy }: Finding): string {
  return `${severity} ${code} ${subject}: ${problem}; ${remedy}`;
}

/** True when at least one of the findings refuses the start. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
