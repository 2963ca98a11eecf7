import type { Finding } from './finding.ts';
import type { FindingCode } from './known-codes.ts';

/** What the one who runs it wants of warnings and notes; an error is beyond both wishes. */
export interface FindingPolicy {
  /** ZK_STRICT: a warning refuses the start as an error does; notes stay notes, and hearsay stays a warning. */
  readonly strict: boolean;
  /** ZK_IGNORE_FINDINGS: known, and meant to be so. */
  readonly ignoredFindings: readonly FindingCode[];
}

/** The findings as they are to be said, and how many are not: silenced first, so that ZK_STRICT leaves those alone. */
export function underPolicy(
  found: readonly Finding[],
  { strict, ignoredFindings }: FindingPolicy,
): { readonly findings: readonly Finding[]; readonly silenced: number } {
  const said = found.filter(({ code, severity }) => severity === 'error' || !ignoredFindings.includes(code));
  const findings = strict ? said.map(strictly) : said;
  return { findings, silenced: found.length - said.length };
}

function strictly(found: Finding): Finding {
  return found.severity === 'warning' && found.hearsay === undefined
    ? { ...found, severity: 'error' }
    : found;
}
