import { inColumns } from '../text/columns.ts';
import { codes } from './codes.ts';
import type { Finding } from './finding.ts';
import { canBeSilenced, type FindingCode, findingCodeList } from './known-codes.ts';

/** Everything that is known of a code, for `check --explain`. */
export function explainCode(code: FindingCode): string {
  const { meaning, remedy, link } = codes[code];
  return [`${code} (${codes[code].severity})`, meaning, remedy, silencing(code), link].join('\n');
}

/** All codes with their meaning, a line each. */
export function explainAll(): string {
  return inColumns(findingCodeList.map((code) => [code, codes[code].severity, codes[code].meaning])).join(
    '\n',
  );
}

function silencing(code: FindingCode): string {
  if (canBeSilenced(code))
    return `To silence it, once it is known and meant to be so: ZK_IGNORE_FINDINGS=${code}`;
  return 'Errors cannot be silenced. Fix the cause. Where data is at stake, the message names the consent to give in ZK_CONSENT, if there is one.';
}

/** One finding for machines: the same fields always, in this order. */
export interface ReportedFinding {
  readonly code: FindingCode;
  readonly severity: Finding['severity'];
  readonly subject: string;
  readonly problem: string;
  readonly remedy: string;
  readonly link: string;
}

/** A finding with the link of its code. */
export function reported({ code, severity, subject, problem, remedy }: Finding): ReportedFinding {
  return { code, severity, subject, problem, remedy, link: codes[code].link };
}
